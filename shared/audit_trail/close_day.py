"""Close a day of the trail: write down the last hash of every restore that has changed.

Which ones have changed costs no look through the ledger: those that were accepted since the last
day was closed, those that had not ended then, and those that were noted since as changed after
their end. Each is read as it stands now, so no clock but ours has a part in it: what is written
meanwhile is in the next day's heads. A head that is written twice says the same twice.

    notes ── heads ── blob ── notes taken back        a crash in between repeats, and loses nothing

A note is written before its change, by a host that may be slow: it is taken back once a head has
the change, and not before.

A record that this release cannot read, of another one or damaged, puts off no day: the end of its
journal stands beside it, and is proven like any other. Where that is damaged as well, the end that
the day before has stands again, and the log names the restore; entries that no day's head has are
named by the check of the trail.

A day whose blob is damaged, or of another release, is passed over, and the log names it: the next
one follows on the last that can be read. The check of the trail stops there.

A day is closed once, whoever comes first: a blob is never written over. After days on which nobody
came, the next one has what changed in all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import batched

from shared import telemetry
from shared.domain.audit_trail.days import (
    DAYS,
    Day,
    RestoreHead,
    closed_day,
    day_blob,
    day_name,
    decode_day,
    encode_day,
)
from shared.errors import UnreadableTextError
from shared.pacing import AT_ONCE, some_at_once
from shared.ports.deps import IntakeDeps
from shared.ports.trail import ChangeNote, Proofs

# A restore is written within seconds of the instant that it was accepted at.
_OVERLAP = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Damaged:
    """A restore of whose journal nobody can tell the end."""

    restore_id: str


async def close_day(deps: IntakeDeps) -> Day | None:
    """The day that was closed now; None if today's was closed already.

    Raises:
        StorageUnavailableError: it may be closed; the next try is fine.
    """
    now = deps.clock.now()
    before = await last_day(deps.proofs)
    if before is not None and before.name >= day_name(now):
        return None
    notes = [note async for note in deps.trail.changed()]
    changed = await _changed(before, [one.restore_id for one in notes], deps)
    heads, damaged = await _heads(changed, before, deps)
    day = closed_day(before, now, deps.keep // timedelta(days=1), heads)
    if not await deps.proofs.keep(day_blob(day.name), encode_day(day)):
        return None
    told = [one for one in notes if one.restore_id not in damaged]
    for some in batched(_proven(told, heads), AT_ONCE, strict=False):
        await some_at_once(map(deps.trail.settle, some))
    return day


async def last_day(proofs: Proofs) -> Day | None:
    """The last day that was closed, of those that can be read."""
    for name in reversed([name async for name in proofs.names(DAYS)]):
        try:
            return decode_day(await proofs.read(name) or b"")
        except UnreadableTextError as error:
            telemetry.failed(f"closing the day, {name}", error)
    return None


def _proven(notes: Sequence[ChangeNote], heads: Sequence[RestoreHead]) -> list[ChangeNote]:
    """The notes whose change these heads have; and those of restores that are gone."""
    reached = {one.restore_id: one.head.number for one in heads}
    return [one for one in notes if one.number <= reached.get(one.restore_id, one.number)]


async def _changed(before: Day | None, noted: list[str], deps: IntakeDeps) -> list[str]:
    since = None if before is None else before.at - _OVERLAP
    still_open = () if before is None else [one.restore_id for one in before.heads if one.is_open]
    accepted = [restore_id async for restore_id in deps.trail.created_since(since)]
    return list(dict.fromkeys([*still_open, *noted, *accepted]))


async def _heads(
    restore_ids: list[str], before: Day | None, deps: IntakeDeps
) -> tuple[list[RestoreHead], frozenset[str]]:
    """The heads of these restores, and those of them whose own is damaged.

    Of one that is gone, or never came to be, there is none.
    """
    found: list[RestoreHead | _Damaged | None] = []
    for some in batched(restore_ids, AT_ONCE, strict=False):
        found += await some_at_once(_head(restore_id, deps) for restore_id in some)
    damaged = frozenset(one.restore_id for one in found if isinstance(one, _Damaged))
    last = () if before is None else before.heads
    heads = [one for one in last if one.restore_id in damaged]
    return heads + [one for one in found if isinstance(one, RestoreHead)], damaged


async def _head(restore_id: str, deps: IntakeDeps) -> RestoreHead | _Damaged | None:
    try:
        return await deps.trail.head(restore_id)
    except UnreadableTextError as error:
        telemetry.failed(f"closing the day, restore {restore_id}", error)
        return _Damaged(restore_id)
