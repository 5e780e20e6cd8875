"""Imitate OData as the directory understands it: filters, sorting, paging and their rules."""
