"""Licensing: which licence carries a mailbox, and which one to put back."""
