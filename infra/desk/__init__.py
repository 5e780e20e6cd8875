"""What the desk takes from others: libraries from npm, copied beside our files, never committed."""
