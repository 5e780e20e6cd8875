"""Send alerts about closing windows, mass deletion and stuck restores, each of them once."""
