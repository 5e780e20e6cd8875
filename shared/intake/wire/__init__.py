"""Decode bytes, check them against the wire models, and point to every fault."""
