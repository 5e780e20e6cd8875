"""Describe a guard, and decide what one look at its person changes about it."""
