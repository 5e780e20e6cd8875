"""The service end to end: one landscape of processes for the whole folder."""
