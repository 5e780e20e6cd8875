"""Define what is read of Graph's answers, in small classes of our own."""
