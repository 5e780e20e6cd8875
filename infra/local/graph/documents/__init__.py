"""The tenant document: read into a tenant, and written out of one again."""
