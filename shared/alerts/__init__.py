"""Alerts: closing windows, mass deletion and stuck restores, each told of once."""
