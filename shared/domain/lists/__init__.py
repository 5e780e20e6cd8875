"""Lists: what is asked for in a list, and where in it one stands."""
