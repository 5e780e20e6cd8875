"""Batches: a batch of requests, how its items stand, and how callers see it."""
