"""Check plain values: object ids, and what JSON can hold."""
