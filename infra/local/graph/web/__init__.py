"""Serve HTTP: who may call, what a call costs, and how it is answered."""
