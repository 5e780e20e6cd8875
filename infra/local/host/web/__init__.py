"""Serve HTTP triggers and the admin routes of the host."""
