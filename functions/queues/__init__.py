"""Declare the queue triggers."""
