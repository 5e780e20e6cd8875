"""Serve what belongs to one restore: start, read, list, cancel, retry, journal, undo."""
