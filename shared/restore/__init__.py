"""Bring one person or mailbox back: everything from accepting the request to its end."""
