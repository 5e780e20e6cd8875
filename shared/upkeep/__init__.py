"""Keep the service itself in order: sweep, cleanup, health, and messages set aside."""
