"""Read a tenant document into a tenant, and write a tenant as such a document."""
