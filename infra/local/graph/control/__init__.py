"""Let people and tests change and inspect the stand-in; none of this is part of Graph."""
