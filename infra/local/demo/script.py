"""Define what the demo plays: six requests about five made-up people, and the results expected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

# Far enough ahead to be seen waiting, near enough not to bore.
SCHEDULED_IN = timedelta(seconds=12)

type Json = dict[str, Any]


@dataclass
class Line:
    """One request of the demo: what must come of it, and what did.

    Attributes:
        person: who it is about.
        story: what has happened to them, and what is asked.
        door: `http` or `queue`, through which it is sent.
        code: the outcome it must have.
        changes: how many changes of the tenant there must be for this person.
        answers: what the caller was told, in order.
        counted: the changes that the tenant counted.

    """

    person: str
    story: str
    door: str
    request: Mapping[str, object]
    code: str
    changes: int
    answers: list[str] = field(default_factory=list)
    restore: Json = field(default_factory=dict)
    counted: int = 0

    @property
    def outcome(self) -> str:
        """The outcome code the restore ended in, or its status."""
        outcome = self.restore.get("outcome")
        return str(outcome["code"]) if isinstance(outcome, dict) else str(self.restore["status"])

    @property
    def is_right(self) -> bool:
        """Whether it ended as it must, with exactly the changes it must."""
        return (self.outcome, self.counted) == (self.code, self.changes)


def script(now: datetime) -> list[Line]:
    """The six requests, on people of the stand-in's own tenant."""
    emma: Json = {"kind": "user", "user": "emma.jansen@contoso.example", "idempotencyKey": "demo-1"}
    bram: Json = {
        "kind": "license",
        "user": "bram.dekker@contoso.example",
        "license": {"skuPartNumbers": ["ENTERPRISEPACK"]},
        "idempotencyKey": "demo-2",
    }
    sales: Json = {"kind": "mailbox", "user": "sales@contoso.example"}
    fleur: Json = {"kind": "user", "user": "fleur.hendriks@contoso.example"}
    daan: Json = {
        "kind": "mailbox",
        "user": "daan.peters@contoso.example",
        "notBefore": (now + SCHEDULED_IN).isoformat(timespec="seconds"),
    }
    return [
        Line("Emma Jansen", "deleted 5 days ago", "http", emma, "user-restored", 1),
        Line("Bram Dekker", "lost the licence", "queue", bram, "license-restored", 1),
        Line("Sales mailbox", "shared mailbox, deleted", "http", sales, "user-restored", 1),
        Line("Fleur Hendriks", "deleted 31 days ago: too late", "http", fleur, "window-closed", 0),
        Line("Daan Peters", "deleted; scheduled for later", "http", daan, "mailbox-restored", 1),
        Line("Emma Jansen", "the same request once more", "http", emma, "user-restored", 1),
    ]
