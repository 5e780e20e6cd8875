"""Declare the timer triggers."""
