"""Begin a drill when its time has come, and tell how the last one went."""
