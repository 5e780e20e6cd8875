"""List the entries that no code uses yet."""

NOT_YET = frozenset(
    {
        "already-active/restored",
        "cross-site",
        "lost-again",
        "lost-again/license",
        "mailbox-not-verified/off",
        "method-not-allowed",
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
        "route-not-found",
        "route-not-found/meant",
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
