"""Prove the trail day by day, hand it out, and take a person out of it."""
