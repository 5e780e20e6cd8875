"""OData as the directory understands it: filters, selection, sorting, paging and their rules."""
