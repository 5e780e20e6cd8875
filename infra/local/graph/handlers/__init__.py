"""What each address of the stand-in does."""
