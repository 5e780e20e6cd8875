"""What is read of Graph's answers: narrow shapes of our own."""
