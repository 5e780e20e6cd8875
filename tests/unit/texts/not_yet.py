"""List the entries that no code uses yet."""

NOT_YET = frozenset(
    {
        "already-active/restored",
        "lost-again",
        "lost-again/license",
        "mailbox-not-verified/off",
        "not-undoable",
        "not-undoable/off",
        "roles-not-checked/groups",
        "undo-refused",
        "undo-refused/gone",
        "undo-refused/license",
        "undo-refused/restore",
        "undone",
        "undone/by-hand",
        "window-closed",
    }
)
