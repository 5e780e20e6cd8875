"""Decide what a change in the directory means, and how far the audit log was read."""
