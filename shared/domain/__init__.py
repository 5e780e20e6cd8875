"""Hold the rules, as pure functions: no I/O, no clock, no randomness, an answer for every input."""
