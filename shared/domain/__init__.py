"""The rules, pure: no I/O, no clock, no randomness. Every function here is total."""
