"""Add, list and remove guards.

A guard is looked up at once when it is added: who it is about, whether the person is lost, and what
a restore would be refused with. One that can never work says so then, and not on the day of a loss.

Removing a guard does not touch restores it has begun: those are cancelled like any other.
"""

import asyncio
from dataclasses import dataclass

from shared import telemetry
from shared.domain import graph_errors
from shared.domain.findings.finding import Finding
from shared.domain.guards.guard import Guard, GuardOrder, is_guard_id, open_guard
from shared.domain.guards.guard_state import after_look, second_look_at
from shared.domain.observations.observation import SECOND_LOOK
from shared.domain.person import Person
from shared.domain.requests.request import RequestedBy
from shared.errors import (
    AnsweredError,
    DirectoryError,
    GuardNotFoundError,
    StorageUnavailableError,
    UnreadableTextError,
)
from shared.guards.as_if_lost import findings_if_lost
from shared.guards.cached_reads import CachedReads
from shared.guards.look import Unresolved, look_at
from shared.ports.deps import Deps, IntakeDeps
from shared.restore.reading.read_errors import unavailable, why_not_read
from shared.watch.ask_for_a_round import note_look

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


async def add_guard(order: GuardOrder, by: RequestedBy, deps: Deps) -> Added:
    """The guard of this order after a look at its person: a new one, or the equal one.

    An equal one takes over the reason and the ticket that are given, and is confirmed: where the
    reading of many people is in doubt, and their guards wait for a person's word, this is it.

    Raises:
        DirectoryUnavailableError: Graph could not be asked; nothing was added.
        StorageUnavailableError: the guard may be there; the same order again finds it.
    """
    opened = open_guard(order, by, deps.clock.now())
    for _ in range(_ROUNDS):
        known = await deps.guards.read(opened.id)
        if known is None:
            guard = await _looked_up(opened, deps)
            if await deps.guards.insert(guard):
                await _note_second_look(guard, deps)
                return Added(guard, is_new=True)
            continue
        written = await deps.guards.write(known, await _again(known.guard, order, deps))
        if written is not None:
            await _note_second_look(written.guard, deps)
            return Added(written.guard, is_new=False)
    raise StorageUnavailableError(f"guard {opened.id} comes and goes too fast to be added")


async def _again(guard: Guard, order: GuardOrder, deps: Deps) -> Guard:
    """The guard after its order was given again, with what stands in the way of its own person.

    The name may be somebody else's by now, who is not the one that is guarded.
    """
    now = deps.clock.now()
    confirmed = guard.confirmed(order, now)
    looked = await _looked_up(confirmed, deps)
    return looked if guard.user_id is None else confirmed.checked(looked.findings, now)


async def _note_second_look(guard: Guard, deps: Deps) -> None:
    if second_look_at(guard) is not None:
        await note_look(deps.clock.now() + SECOND_LOOK, deps)


async def _looked_up(guard: Guard, deps: Deps) -> Guard:
    try:
        return await _look(guard, deps)
    except AnsweredError as error:
        if graph_errors.is_unreadable(error):
            raise unavailable(error) from error
        why = await why_not_read(error, deps)
        findings = (Finding("block", why.text),)
        return guard.unresolved().checked(findings, deps.clock.now())
    except DirectoryError as error:
        raise unavailable(error) from error


async def _look(guard: Guard, deps: Deps) -> Guard:
    """The guard after its first look; a person who cannot be read clearly is looked at later."""
    # The log is asked for somebody lost alone: who adds many guards of people who are well costs it
    # nothing.
    reads, now = CachedReads(deps), deps.clock.now()
    seen = await look_at(guard, reads)
    if seen is None:
        return guard
    if isinstance(seen, Unresolved):
        return guard.unresolved().checked(seen.findings, now)
    looked = after_look(guard, seen.look, None)
    if looked.loss is not None or not isinstance(seen.found, Person):
        return looked.checked(seen.findings, now)
    return looked.checked(await findings_if_lost(looked, seen.found, reads.deps), now)


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
