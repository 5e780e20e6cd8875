"""Keep the trail: the entries of all journals in tables, and what proves them in blobs."""
