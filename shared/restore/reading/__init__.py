"""Read what a decision depends on: the person, what surrounds it, and what the sources know."""
