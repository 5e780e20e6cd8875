"""The use cases: accept, advance (the story of one restore), sweep, cleanup, drain."""
