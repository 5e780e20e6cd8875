"""Imitate what Microsoft does to the tenant when something happens in it."""
