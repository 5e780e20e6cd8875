"""Delete a throw-away account and bring it back: look, plan, delete, and tell of it."""
