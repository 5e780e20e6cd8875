"""The rows about how requests are written: understood, not understood, and set aside."""

import json
from dataclasses import replace

from tests.table.row import Expected, Json, Row, ask, row
from tests.table.rows.deleted import MAILBOX_BACK
from tests.table.rows.losses import NAMED
from tests.table.tenant import DELETED

MESSAGE = ask(version=1, requestedBy="HR app")
UNTOUCHED = {"deleted": True}
NOT_UNDERSTOOD = Expected("invalid-request", window=None, after=UNTOUCHED)
EVENT = {
    "specversion": "1.0",
    "id": "e-1",
    "source": "/hr",
    "type": "leaver.returned",
    "data": ask(version=1),
}
BAD: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "not JSON": (b"[restore megan", ("JSON",)),
    "empty": (b"", ("is empty",)),
    "no kind, and a field that is not known": (
        json.dumps({"version": 1, "user": "megan", "urgent": True}).encode(),
        ("/kind", "/urgent"),
    ),
    "an override": (
        json.dumps(ask(version=1, acceptUnknownWindow=True, **NAMED)).encode(),
        ("/acceptUnknownWindow", "Restore.Override"),
    ),
}


def _bytes(body: Json) -> bytes:
    return json.dumps(body).encode()


def by(door: str, name: str, expected: Expected, body: bytes) -> Row:
    """A message about a deleted user."""
    return replace(row(name, DELETED, {}, expected), door=door, body=body)


# Power Automate sends a value that is not there as an empty string (Azure/LogicAppsUX issue 5699).
BLANK = ask(
    licenseRemovedAt="",
    ticket="",
    newUserPrincipalName="",
    callbackUrl="",
    notBefore="",
    reason="",
)

MESSAGE_ROWS: list[Row] = [
    by("http", "every value that is not there is an empty string", MAILBOX_BACK, _bytes(BLANK)),
    by("queue", "a message with empty strings", MAILBOX_BACK, _bytes(BLANK | {"version": 1})),
    by("queue", "a message", MAILBOX_BACK, json.dumps(MESSAGE).encode()),
    by("queue", "an event", MAILBOX_BACK, json.dumps(EVENT).encode()),
    *(
        by("queue", f"a message: {what}", replace(NOT_UNDERSTOOD, says=says), body)
        for what, (body, says) in BAD.items()
    ),
    by(
        "poison",
        "a message that was set aside",
        MAILBOX_BACK,
        json.dumps(MESSAGE).encode(),
    ),
    by("poison", "a message that was set aside and never understood", NOT_UNDERSTOOD, b"{"),
]
