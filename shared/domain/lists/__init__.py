"""Describe lists: the query, the place reached in a list, and the rows."""
