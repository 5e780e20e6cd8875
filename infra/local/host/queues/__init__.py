"""Queue triggers and queue output bindings."""
