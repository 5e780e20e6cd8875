"""Describe what was asked for, by whom with which roles, and under which key."""
