"""Ports: what the use cases need from the world, one file for each matter."""
