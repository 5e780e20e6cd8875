"""Check that nobody has rewritten the trail: an export offline, or the tables and blobs."""
