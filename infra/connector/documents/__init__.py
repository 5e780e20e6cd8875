"""The documents that the service answers with and sends, as types, and their JSON schemas."""
