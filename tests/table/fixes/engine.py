"""Walk a fix: bring a tenant to an ending, do what its fix says, and see that it leads on.

Nothing is known here of how the endings come about, nor of what the fixes say: see `cases_*`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from shared.domain.records.record import Record
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import RestoreRequest
from shared.domain.requests.roles import Role
from shared.domain.text import Text
from shared.restore.accept import accept
from shared.restore.retry import retry_restore
from shared.texts.entry import Entry
from shared.texts.reader import Language, Reader
from shared.texts.render import catalogue, words
from shared.undo.start import start_undo
from tests.builders import a_request
from tests.table.fixes.callers import CALLERS, EVERYBODY, Caller
from tests.unit.world.world import World

type Change = Callable[[World], None]
type Ending = Callable[[World, RestoreRequest, Caller], Awaitable[Record]]


# The fields that are for Restore.Override alone; `always` is left to the rules themselves.
_OVERRIDES = frozenset(
    {
        *("accept_unknown_window", "allow_synced", "on_address_conflict", "license_removed_at"),
        "accept_rehire",
    }
)


def nothing(world: World) -> None:
    """Change nothing: only time passes, or somebody looks."""
    del world


@dataclass(frozen=True)
class Way:
    """One thing that a fix says to do.

    `says` is how it says so, word for word. `change` is what is done in the tenant or the settings;
    then the request is sent again with the fields of `asks` changed, by the same caller or by the
    one named in `by`, or the restore is retried, or, with `undoes_other`, the restore that the
    ending names is taken back. It ends in `ends`.
    """

    says: str
    ends: str
    change: Change = nothing
    asks: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""
    retries: bool = False
    undoes_other: bool = False


@dataclass(frozen=True)
class Case:
    """An ending, and the ways that its fixes name, by the field of the entry.

    With `hand` nothing can be asked for any more: the fix is for people, for the reason given.
    """

    key: str
    begin: Change = nothing
    asks: Mapping[str, Any] = field(default_factory=dict)
    ways: Mapping[str, tuple[Way, ...]] = field(default_factory=dict)
    callers: tuple[str, ...] = EVERYBODY
    ending: Ending | None = None
    hand: str = ""


def field_read(entry: Entry, reader: Reader) -> str:
    """The field of the entry that this reader's fix stands in."""
    by_right = (
        ("fix_keys", reader.by_keys),
        ("fix_override", Role.OVERRIDE in reader.roles),
        ("fix_admin", Role.ADMIN in reader.roles),
        ("fix_read", reader.sees_others),
    )
    found = (name for name, has in by_right if has and getattr(entry, name) is not None)
    return next(found, "fix")


def entry_of(key: str) -> Entry:
    """The English words of an ending."""
    return catalogue(Language.ENGLISH)[key]


def key_of(text: Text) -> str:
    """The key of a text's entry."""
    return f"{text.code}/{text.variant}" if text.variant else text.code


async def ended(case: Case, caller: Caller, key: str | None) -> tuple[World, Record]:
    """A new world in which the case has come about, for this caller."""
    world = World()
    case.begin(world)
    request = a_request(idempotency_key=key, **case.asks)
    end = case.ending or _to_its_end
    record = await end(world, request, caller)
    assert record.outcome is not None, record
    assert key_of(record.outcome.text) == case.key, record.outcome
    return world, record


async def walk(case: Case, way: Way, caller: Caller, key: str | None) -> Record:
    """Do one thing that the fix says, as it is read by this caller, and see where it ends."""
    world, record = await ended(case, caller, key)
    assert way.says in fix_of(record, caller), fix_of(record, caller)
    # Nobody does anything within the same instant.
    world.clock.advance(timedelta(minutes=1))
    world.directory.clear_faults()
    way.change(world)
    if way.undoes_other:
        return await _undo_of_the_other(record, caller, world)
    if way.retries:
        assert Role.ADMIN in caller.by.roles
        await retry_restore(record.id, caller.by, world.deps)
        return await world.finish(record.id)
    sender = CALLERS[way.by] if way.by else caller
    assert not _OVERRIDES.intersection(way.asks) or Role.OVERRIDE in sender.by.roles
    request = a_request(idempotency_key="new" if key else None, **{**case.asks, **way.asks})
    return await _to_its_end(world, request, sender)


async def _undo_of_the_other(record: Record, caller: Caller, world: World) -> Record:
    assert record.outcome is not None
    other = str(record.outcome.text.param("other_restore_id"))
    undo = await start_undo(other, None, caller.by, world.deps, is_allowed=True)
    return await world.finish(undo.id)


def fix_of(record: Record, caller: Caller) -> str:
    """The fix as this caller reads it."""
    assert record.outcome is not None
    return words(record.outcome.text, caller.reader).fix


async def _to_its_end(world: World, request: RestoreRequest, caller: Caller) -> Record:
    return await world.finish((await begun(world, request, caller)).id)


async def begun(world: World, request: RestoreRequest, caller: Caller) -> Record:
    """The restore of this request; a message without a key has its own id for one."""
    if caller.by.door == "queue" and request.idempotency_key is None:
        request = replace(request, idempotency_key=f"message-{len(world.storage.ledger.records)}")
    return (await accept(order_of(request, caller.by), world.deps)).record
