"""Alerts: when something is worth waking somebody for."""
