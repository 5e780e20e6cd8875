"""Declare the HTTP triggers: each parses, calls one use case and translates the answer."""
