"""The operations that are described and have no function yet; empty when all of them are there."""

AWAITED = frozenset(
    {
        "RestoreMailbox",
        "RestoreUser",
        "RestoreLicense",
        "ListDeletedUsers",
        "ListLicenses",
        "StartBatch",
        "GetBatch",
        "AddGuard",
        "ListGuards",
        "RemoveGuard",
        "Subscribe",
        "Unsubscribe",
    }
)
