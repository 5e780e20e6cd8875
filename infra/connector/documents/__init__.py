"""Define the documents that the service answers and sends, as types, and their schemas."""
