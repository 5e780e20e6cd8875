"""Add, list and remove guards; Graph is not asked.

Removing a guard does not touch restores it has begun: those are cancelled like any other.
"""

import asyncio
from dataclasses import dataclass

from shared import telemetry
from shared.domain.guards.guard import Guard, GuardOrder, is_guard_id, open_guard
from shared.domain.request import RequestedBy
from shared.errors import GuardNotFoundError, StorageUnavailableError, UnreadableTextError
from shared.ports.deps import IntakeDeps

# Someone may remove the guard between our two looks; one that comes and goes this often is not
# a guard but a fault.
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Added:
    """The guard an order stands for, and whether this order was the one that added it."""

    guard: Guard
    is_new: bool


@dataclass(frozen=True, slots=True)
class GuardPage:
    """Some guards, by id, and behind which id the list goes on; None at its end."""

    guards: tuple[Guard, ...]
    next: str | None


async def add_guard(order: GuardOrder, by: RequestedBy, deps: IntakeDeps) -> Added:
    """The guard of this order: a new one, or the equal one that is there, as it is.

    Raises:
        StorageUnavailableError: the guard may be there; the same order again finds it.
    """
    guard = open_guard(order, by, deps.clock.now())
    for _ in range(_ROUNDS):
        if await deps.guards.insert(guard):
            return Added(guard, is_new=True)
        known = await deps.guards.read(guard.id)
        if known is not None:
            return Added(known.guard, is_new=False)
    raise StorageUnavailableError(f"guard {guard.id} comes and goes too fast to be added")


async def list_guards(after: str, top: int, deps: IntakeDeps) -> GuardPage:
    """At most `top` guards behind this id; one that cannot be read is passed over.

    Raises:
        StorageUnavailableError: the guards cannot be reached.
    """
    ids = await deps.guards.page(after, top + 1)
    shown = ids[:top]
    read = await asyncio.gather(*(_guard(guard_id, deps) for guard_id in shown))
    guards = tuple(guard for guard in read if guard is not None)
    return GuardPage(guards, shown[-1] if len(ids) > top else None)


async def remove_guard(guard_id: str, deps: IntakeDeps) -> None:
    """Remove the guard; it starts no more restores.

    Raises:
        GuardNotFoundError: there is none.
        StorageUnavailableError: it may be gone; the same again tells.
    """
    if not is_guard_id(guard_id) or not await deps.guards.remove(guard_id):
        raise GuardNotFoundError


async def _guard(guard_id: str, deps: IntakeDeps) -> Guard | None:
    try:
        stored = await deps.guards.read(guard_id)
    except UnreadableTextError as error:
        telemetry.failed(f"list of guard {guard_id}", error)
        return None
    return stored.guard if stored is not None else None
