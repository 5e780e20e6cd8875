"""Run queue triggers and queue output bindings."""
