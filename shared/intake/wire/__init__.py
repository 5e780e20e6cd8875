"""From bytes to checked values: decoding, wire models, and every fault with its JSON pointer."""
