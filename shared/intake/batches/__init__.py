"""Parse a batch of restores: in JSON or CSV, one item after the other."""
