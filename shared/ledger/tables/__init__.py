"""Read and write table storage: rows, documents, and how values are encoded in them."""
