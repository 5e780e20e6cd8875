"""Store what the rounds of watching saw: licences, losses, names, and how far they got."""
