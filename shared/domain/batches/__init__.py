"""Describe a batch of restore requests and the state of its items."""
