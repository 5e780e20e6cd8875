"""Guards: the standing order, and what one look at its person means for it."""
