"""Run timer triggers."""
