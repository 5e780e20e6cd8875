"""What people and tests do to the stand-in: no part of Graph."""
