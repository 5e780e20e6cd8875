"""Guards: standing orders to bring a person back, and the rounds that keep them."""
