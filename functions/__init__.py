"""Declare the triggers: each parses its input, calls one use case and translates the answer."""
