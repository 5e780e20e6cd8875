"""Send events to other people's URLs: check the address, sign, send once, follow no redirect."""
