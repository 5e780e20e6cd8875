"""Batches: up to a thousand restore requests at once, each a restore of its own."""
