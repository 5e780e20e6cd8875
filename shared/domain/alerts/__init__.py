"""Decide when an alert is due."""
