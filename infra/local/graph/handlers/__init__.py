"""Answer each address of the stand-in."""
