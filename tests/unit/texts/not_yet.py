"""List the entries that no code uses yet."""

NOT_YET = frozenset(
    {
        "lost-again",
        "lost-again/license",
    }
)
