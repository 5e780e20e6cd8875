"""Describe a restore request once it has been parsed and checked."""

import hashlib
import json
import re
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal

from shared.domain.requests.roles import Role

_RESTORE_ID = re.compile(r"[0-9a-f]{32}")


class RestoreKind(StrEnum):
    """What is to come back."""

    MAILBOX = "mailbox"
    """Find out what is wrong and do what is needed."""
    USER = "user"
    """A deleted user object; shared, room and equipment mailboxes included."""
    LICENSE = "license"
    """The Exchange licence of an active user."""
    UNDO = "undo"
    """Nothing: what an earlier restore has done is taken back."""
    DRILL = "drill"
    """A throw-away user that the service deletes itself, to try out the way back."""

    @property
    def way_back(self) -> "RestoreKind":
        """The kind by whose rules it comes back: a drill is as ordinary a restore as can be."""
        return RestoreKind.MAILBOX if self is RestoreKind.DRILL else self


class AskedKind(StrEnum):
    """What callers may ask to come back; the service begins the other kinds itself."""

    MAILBOX = "mailbox"
    """Find out what is wrong and do what is needed."""
    USER = "user"
    """A deleted user object; shared, room and equipment mailboxes included."""
    LICENSE = "license"
    """The Exchange licence of an active user."""


class Door(StrEnum):
    """The way a request came in."""

    HTTP = "http"
    QUEUE = "queue"
    TIMER = "timer"
    BATCH = "batch"


# Nobody behind a queue is known, and a timer has nobody behind it.
QUEUE_ROLES = (Role.REQUEST,)
TIMER_ROLES = (Role.REQUEST,)


@dataclass(frozen=True, slots=True)
class RequestedBy:
    """The requester, and the way it came; `name` and `id` are None for a nameless caller.

    `roles` are those at the time of asking, sorted: whatever comes of the request later on, batch
    items and retries included, goes by them.
    """

    door: Door
    name: str | None = None
    id: str | None = None
    roles: tuple[Role, ...] = ()


# Who asks with no rights but those of every request.
ANYBODY = RequestedBy(Door.HTTP)


@dataclass(frozen=True, slots=True)
class LicenseChoice:
    """The licences a caller names: SKUs by id or name, and plans to leave off; or all that went."""

    sku_ids: tuple[str, ...] = ()
    sku_part_numbers: tuple[str, ...] = ()
    disabled_plans: tuple[str, ...] = ()
    all_lost: bool = False
    """Every direct licence that went in the same loss; then nothing else is named."""


@dataclass(frozen=True, slots=True)
class RestoreRequest:
    """One restore request, the same from every door. All instants are aware UTC."""

    kind: RestoreKind
    user: str
    idempotency_key: str | None = None
    license: LicenseChoice | None = None
    license_removed_at: datetime | None = None
    on_upn_conflict: Literal["fail", "rename", "always"] = "fail"
    new_user_principal_name: str | None = None
    on_address_conflict: Literal["fail", "drop"] = "fail"
    accept_unknown_window: bool = False
    accept_rehire: bool = False
    allow_synced: bool = False
    dry_run: bool = False
    not_before: datetime | None = None
    reason: str | None = None
    ticket: str | None = None
    callback_url: str | None = field(default=None, repr=False)

    @property
    def overrides_used(self) -> tuple[str, ...]:
        """The fields of this request that set a protection aside, as a caller writes them."""
        used = {
            "acceptUnknownWindow": self.accept_unknown_window,
            "acceptRehire": self.accept_rehire,
            "allowSynced": self.allow_synced,
            'onAddressConflict "drop"': self.on_address_conflict == "drop",
        }
        return tuple(name for name, is_used in used.items() if is_used)


def fingerprint(request: RestoreRequest) -> str:
    """The same 64 hex digits for equal requests, whatever the order of their fields or lists.

    The idempotency key is left out: two requests are equal by what they ask for. Names compare
    without regard to case, as the directory compares them.
    """
    content = {
        item.name: _canonical(item.name, getattr(request, item.name))
        for item in fields(request)
        if item.name != "idempotency_key"
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(name: str, value: object) -> object:
    match value:
        case LicenseChoice():
            named = (value.sku_ids, value.sku_part_numbers, value.disabled_plans)
            lists = [sorted({entry.lower() for entry in entries}) for entries in named]
            return [*lists, value.all_lost]
        case datetime():
            return value.astimezone(UTC).isoformat()
        case str() if name in {"user", "new_user_principal_name"}:
            return value.lower()
        case _:
            return value


def is_restore_id(text: str) -> bool:
    """Whether this text could be the id of a restore at all."""
    return _RESTORE_ID.fullmatch(text) is not None
