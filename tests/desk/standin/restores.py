"""Make restores in every state; a new one moves on a step each time it is read."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from tests.desk.standin.people import Json, Loss, instant
from tests.desk.standin.texts import say

ME = {"id": "0a11ce00-0000-4000-8000-000000000001", "name": "astrid@contoso.example"}
OTHER = {"id": "0b0b0000-0000-4000-8000-000000000002", "name": "henrik@contoso.example"}
_REQUEST_ID = "7d1c3f0e-52a4-4c0e-9a3e-2f4a8d1b77aa"


@dataclass(slots=True)
class Restore:
    """One restore; texts are made when it is shown."""

    id: str
    user: Json | str
    status: str
    created_at: datetime
    by: Json
    kind: str = "mailbox"
    outcome: str | None = None
    waiting: str | None = None
    window: Json | None = None
    plan: tuple[str, ...] = ("assign-license", "verify-user", "verify-mailbox")
    done: int = 0
    warnings: tuple[str, ...] = ()
    approval: Json | None = None
    batch_id: str | None = None
    reason: str | None = None
    ticket: str | None = None
    attempts: int = 1
    received: str | None = None
    undoes: str | None = None
    undone_by: str | None = None
    candidates: tuple[Json, ...] = ()
    door: str = "http"
    is_live: bool = field(default=False)

    def advance(self) -> None:
        """Two steps further, for a restore that was asked for while somebody looks on."""
        if not self.is_live or self.is_over:
            return
        if self.done < len(self.plan):
            self.status, self.done = "running", min(self.done + 2, len(self.plan))
            return
        self.status = "succeeded"
        self.outcome = {"mailbox": "mailbox-restored", "undo": "undone"}.get(
            self.kind, "user-restored"
        )

    @property
    def is_over(self) -> bool:
        """Whether it has come to its end."""
        return self.status in {"succeeded", "refused", "failed", "cancelled"}

    def document(self, base: str, *, danish: bool) -> Json:
        """The restore as the API shows it."""
        ended = self.created_at + timedelta(minutes=4)
        return {
            "id": self.id,
            "kind": self.kind,
            "status": self.status,
            "user": self.user,
            "outcome": None if self.outcome is None else _text(self.outcome, danish),
            "window": self.window,
            "plan": list(self.plan),
            "steps": self._steps(),
            "waiting": self._waiting(danish=danish),
            "warnings": [_text(code, danish) for code in self.warnings],
            "approval": self.approval,
            "undoes": self.undoes,
            "undoneBy": self.undone_by,
            "candidates": list(self.candidates),
            "requestedBy": {"door": self.door, **self.by},
            "batchId": self.batch_id,
            "reason": self.reason,
            "ticket": self.ticket,
            "attempts": self.attempts,
            "createdAt": instant(self.created_at),
            "updatedAt": instant(ended),
            "finishedAt": instant(ended) if self.is_over else None,
            "links": {"self": f"{base}/restores/{self.id}"},
            **({"received": self.received} if self.received else {}),
        }

    def _steps(self) -> list[Json]:
        begun = self.plan[: self.done + (1 if self.status == "running" else 0)]
        return [self._step(name, at) for at, name in enumerate(begun)]

    def _step(self, name: str, at: int) -> Json:
        is_done = at < self.done
        start = self.created_at + timedelta(seconds=20 + 40 * at)
        return {
            "name": name,
            "status": "done" if is_done else "attempting",
            "startedAt": instant(start),
            "endedAt": instant(start + timedelta(seconds=31)) if is_done else None,
            "graphRequestId": _REQUEST_ID if name in {"restore-user", "assign-license"} else None,
            "detail": "Office 365 E3" if name == "assign-license" else None,
        }

    def _waiting(self, *, danish: bool) -> Json | None:
        if self.waiting is None:
            return None
        key = f"waiting-{self.waiting}"
        return {
            "for": self.waiting,
            "until": None
            if self.waiting == "approval"
            else instant(self.created_at + timedelta(hours=5)),
            "message": say(f"{key}-override" if self._sets_aside else key, danish),
            "fix": say(f"{key}/fix", danish),
            "restoreId": None,
        }

    @property
    def _sets_aside(self) -> bool:
        return "override" in (self.approval or {}).get("wantedFor", ())

    def journal(self) -> list[Json]:
        """Its entries, oldest first, each with the hash of the one before."""
        lines: list[tuple[str, str | None, str | None]] = [
            ("accepted", None, None),
            ("planned", None, None),
        ]
        for name in self.plan[: self.done]:
            lines += [("attempting", name, None), ("done", name, _REQUEST_ID)]
        if self.is_over:
            lines.append(("settled", None, None))
        entries, before = [], "0" * 64
        for at, (what, step, request) in enumerate(lines):
            digest = sha256(f"{self.id} {at} {before}".encode()).hexdigest()
            entries.append(
                {
                    "at": instant(self.created_at + timedelta(seconds=1 + 19 * at)),
                    "attempt": 1,
                    "what": what,
                    "step": step,
                    "by": {"door": self.door, **self.by} if what == "accepted" else None,
                    "evidence": (self.window or {}).get("evidence") if what == "planned" else None,
                    "graphRequestId": request,
                    "detail": "Office 365 E3"
                    if step == "assign-license" and what == "attempting"
                    else None,
                    "hash": digest,
                    "previousHash": before,
                }
            )
            before = digest
        return entries


def an_id(number: int) -> str:
    """An id that is the same in every run."""
    return str(UUID(int=0x6F0C_0000_0000_4000_8000_0000_0000_0000 + number))


def the_past(losses: list[Loss], now: datetime) -> list[Restore]:
    """What has happened before anybody opens the page, newest first."""
    if not losses:
        return []
    rows = [loss.row for loss in losses]
    found = [
        Restore(
            an_id(number),
            _user(rows[at % len(rows)]),
            status,
            now - timedelta(hours=hours),
            **{"by": OTHER, "window": rows[at % len(rows)]["window"], **more},
        )
        for number, (at, status, hours, more) in enumerate(_PAST)
    ]
    unreadable = Restore(an_id(400), "?", "refused", now - timedelta(hours=9), **_UNREADABLE)
    return [*found, unreadable, *(_long_ago(rows[at % len(rows)], at, now) for at in range(60))]


def _asked() -> Json:
    return {
        "wantedFor": ["reuse"],
        "planHash": "b3f1c9",
        "decision": None,
        "decidedBy": None,
        "at": None,
        "reason": None,
    }


BATCH = "ba7c4000-0000-4000-8000-000000000001"

_BACK = ("restore-user", "verify-user", "verify-mailbox")
_MESSAGE = '{"kind": "mailbox",\n "user": "anna.berg@contoso.example"\n "reason": "back"}'
_UNREADABLE: Json = {
    "by": {"id": None, "name": None},
    "outcome": "invalid-request",
    "door": "queue",
    "plan": (),
    "received": _MESSAGE,
}
# Who of the cast, how it stands, how many hours ago, and what else is known.
_PAST: tuple[tuple[int, str, float, Json], ...] = (
    (10, "queued", 0.01, {}),
    (4, "running", 0.05, {"done": 1}),
    (
        1,
        "waiting",
        0.4,
        {"waiting": "approval", "approval": _asked(), "batch_id": BATCH, "reason": "Merger"},
    ),
    (
        2,
        "waiting",
        0.4,
        {"waiting": "approval", "approval": _asked(), "batch_id": BATCH, "reason": "Merger"},
    ),
    (
        3,
        "waiting",
        0.6,
        {
            "waiting": "approval",
            "approval": _asked(),
            "reason": "Rehired on Monday",
            "ticket": "INC-20418",
            "plan": _BACK,
            "warnings": ("sign-in-blocked",),
        },
    ),
    (
        7,
        "waiting",
        0.7,
        {"waiting": "approval", "approval": _asked(), "by": ME, "reason": "Asked for by HR"},
    ),
    (5, "waiting", 1.2, {"waiting": "seat", "reason": "Back from leave", "ticket": "INC-20411"}),
    (6, "waiting", 3.0, {"waiting": "mailbox", "done": 2}),
    (8, "failed", 6.0, {"outcome": "mailbox-not-seen", "done": 2}),
    (9, "failed", 20.0, {"outcome": "permission-missing", "plan": ("restore-user", "verify-user")}),
    (12, "refused", 26.0, {"outcome": "window-closed", "plan": ()}),
    (
        0,
        "succeeded",
        28.0,
        {
            "outcome": "mailbox-restored",
            "done": 3,
            "reason": "Licence removed by mistake",
            "ticket": "INC-20377",
            "by": ME,
        },
    ),
    (11, "failed", 31.0, {"outcome": "no-seat", "attempts": 3}),
    (
        13,
        "succeeded",
        50.0,
        {"outcome": "license-restored", "done": 3, "warnings": ("window-not-proven",)},
    ),
    (5, "cancelled", 70.0, {"outcome": "cancelled"}),
)


def _long_ago(row: Json, at: int, now: datetime) -> Restore:
    when = now - timedelta(hours=80 + at * 7)
    return Restore(
        an_id(500 + at),
        _user(row),
        "succeeded",
        when,
        OTHER if at % 3 else ME,
        outcome="user-restored",
        window=row["window"],
        done=2,
        plan=("restore-user", "verify-user"),
    )


def _user(row: Json) -> Json:
    return {name: row[name] for name in ("id", "userPrincipalName", "displayName")}


def _text(code: str, danish: bool) -> Json:  # noqa: FBT001 - a language is one of two here
    return {"code": code, "message": say(code, danish), "fix": say(f"{code}/fix", danish)}
