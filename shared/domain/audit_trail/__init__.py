"""Describe the trail: the journals of all restores, and what proves them."""
