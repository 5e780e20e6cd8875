"""List the entries that no code uses yet."""

NOT_YET = frozenset(
    {
        "already-active/restored",
        "conflicts-not-checked/groups",
        "lost-again",
        "lost-again/license",
        "mailbox-not-verified/off",
        "new-name-needed",
        "new-name-not-allowed",
        "new-name-not-used",
        "not-undoable",
        "not-undoable/off",
        "rehire-blocked",
        "rehire-blocked/marked",
        "removed-in-exchange",
        "removed-in-exchange/unknown",
        "roles-not-checked/groups",
        "similar-names",
        "undo-refused",
        "undo-refused/gone",
        "undo-refused/license",
        "undo-refused/restore",
        "undone",
        "undone/by-hand",
        "upn-conflict/new-name",
        "window-closed",
    }
)
