"""Decide which licences carry a mailbox, and which ones to put back."""
