"""The queue triggers."""
