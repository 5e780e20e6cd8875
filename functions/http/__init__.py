"""The HTTP triggers: each file parses, calls one use case and translates the answer."""
