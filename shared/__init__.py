"""Hold the product's own code in layers; shared/README.md draws how a request travels."""

__version__ = "1.0.0"
