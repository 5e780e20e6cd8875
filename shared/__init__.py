"""Reprieve's own code, layered: see README.md, "How a request travels"."""

__version__ = "0.1.0"
