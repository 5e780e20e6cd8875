"""List the entries that no code uses yet."""

NOT_YET = frozenset(
    {
        "already-active/restored",
        "lost-again",
        "lost-again/license",
        "mailbox-not-verified/off",
        "not-approved",
        "not-approved/no-reason",
        "not-approved/too-late",
        "not-undoable",
        "not-undoable/off",
        "not-waiting-for-approval",
        "own-request",
        "plan-changed",
        "rehire-blocked",
        "rehire-blocked/marked",
        "roles-not-checked/groups",
        "similar-names",
        "undo-refused",
        "undo-refused/gone",
        "undo-refused/license",
        "undo-refused/restore",
        "undone",
        "undone/by-hand",
        "wait/approval",
        "window-closed",
    }
)
