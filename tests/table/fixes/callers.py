"""List who can ask for a restore, with their rights, and as whom they read its outcome."""

from dataclasses import dataclass

from shared.domain.requests.request import QUEUE_ROLES, TIMER_ROLES, Door, RequestedBy
from shared.domain.requests.roles import Role
from shared.texts.reader import Reader


@dataclass(frozen=True)
class Caller:
    """A caller with its rights, and the reader that it is."""

    name: str
    by: RequestedBy
    reader: Reader


def _signed_in(name: str, *roles: Role) -> Caller:
    held = (Role.REQUEST, *roles)
    by = RequestedBy(Door.HTTP, name, f"{name}-id", tuple(sorted(held)))
    return Caller(name, by, Reader(roles=frozenset(held)))


_READERS = frozenset({Role.READ, Role.REQUEST})

CALLERS = {
    one.name: one
    for one in (
        _signed_in("request"),
        _signed_in("read", Role.READ),
        _signed_in("override", Role.OVERRIDE),
        _signed_in("admin", Role.ADMIN),
        Caller(
            "keys",
            RequestedBy(Door.HTTP, roles=tuple(sorted(_READERS))),
            Reader(roles=_READERS, by_keys=True),
        ),
        # What comes by queue is read from restore-results, as with Restore.Read.
        Caller(
            "queue",
            RequestedBy(Door.QUEUE, "an app", "an app", QUEUE_ROLES),
            Reader(roles=frozenset({Role.READ})),
        ),
        Caller(
            "guard",
            RequestedBy(Door.TIMER, "a guard", "guard-id", TIMER_ROLES),
            Reader(roles=frozenset({Role.READ})),
        ),
    )
}

EVERYBODY = ("request", "read", "override", "admin", "keys", "queue")
"""All who ask of their own accord."""
WITHOUT_OVERRIDE = ("request", "read", "admin", "keys", "queue")
"""The callers who are stopped where Restore.Override is asked for."""
