"""Reprieve's own code, layered: see shared/README.md, "How a request travels"."""

__version__ = "0.1.0"
