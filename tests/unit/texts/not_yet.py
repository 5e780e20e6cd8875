"""List the entries that no code uses yet."""

NOT_YET: frozenset[str] = frozenset()
