"""Table storage: rows, documents, and how values lie in them."""
