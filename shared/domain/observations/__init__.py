"""Describe what the service itself saw of people, in order to date a later loss and undo it."""
