"""Upkeep: the sweep, the cleanup, the health, and messages that nobody understood."""
