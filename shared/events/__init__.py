"""Events: who is told of what, by callback or subscription, and every delivery's way to its end."""
