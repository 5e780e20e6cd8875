"""The timer triggers."""
