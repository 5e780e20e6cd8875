"""List the entries that no code uses yet."""

NOT_YET = frozenset(
    {
        "not-undoable",
        "not-undoable/off",
        "undo-refused",
        "undo-refused/gone",
        "undo-refused/license",
        "undo-refused/restore",
        "undone",
        "undone/by-hand",
    }
)
