"""Bring the list of losses up to date: whoever was deleted, changed or named in the audit log.

    deleted   Graph's list; of a small tenant as a whole, so that whoever came back is noticed, too
    changed   people of whom observing, or the end of a restore, noted that something happened
    signs     records of the audit log that nobody has looked into yet

Each part goes on where it stopped; what is looked at twice comes to the same row.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import batched

from shared import telemetry
from shared.domain.lists.loss_cursor import FEW, OVERLAP, AuditSign, LossCursor
from shared.domain.lists.losses import LossPlace
from shared.domain.person import Person
from shared.errors import DirectoryError
from shared.lists.loss_reads import LossReads
from shared.lists.relist import list_people, relist
from shared.pacing import TimeBudget
from shared.ports.deps import Deps
from shared.restore.reading.license_evidence import EvidenceQuestion, license_records

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_DAY = timedelta(days=1)
_BATCH = 100

# Listing so many takes a second or two; the time that was allowed is looked at after each span.
# Where few are deleted in a day, many days are a span: of many what was observed is found with
# fewer reads for each.
_MOST_IN_A_SPAN = 1_000
_LONGEST_SPAN = timedelta(days=8)
_SHORTEST_SPAN = timedelta(seconds=10)

# Of so many at once the list is looked through by the page, and not for each of them.
_LOOKED_FOR_AT_ONCE = 5_000


async def catch_up(
    deps: Deps, budget: TimeBudget, *, longest_deleted: timedelta | None = None
) -> LossReads:
    """Update the list of losses to the present, or as far as the time allows.

    `longest_deleted`: the time of it that many deleted users may take.

    Raises:
        DirectoryError: Graph could not be asked for the deleted users, or for somebody by id.
        StorageUnavailableError: what was filed stays filed.
    """
    await _read_log(deps)
    reads = await LossReads.of(deps)
    soon = budget if longest_deleted is None else TimeBudget.of(longest_deleted, deps.clock)
    await follow_deleted(reads, soon)
    await _changed(reads, budget)
    await _signs(reads, budget)
    return reads


async def _read_log(deps: Deps) -> None:
    """Read the audit log as far as its quota allows; without it the list is still made."""
    try:
        await license_records("", EvidenceQuestion(deps.clock.now(), can_wait=False), deps)
    except DirectoryError as error:
        telemetry.observing_ended("the audit log for the list of losses", error)


async def is_behind(reads: LossReads) -> bool:
    """Whether deleted users are not listed yet, for want of time."""
    return (await reads.deps.loss_list.cursor()).has_more_deleted


async def follow_deleted(reads: LossReads, budget: TimeBudget) -> None:
    """List the deleted users, longest deleted first, as far as the time allows.

    Raises:
        DirectoryError: Graph could not be asked.
        StorageUnavailableError: what was filed stays filed.
    """
    deps, now = reads.deps, reads.deps.clock.now()
    cursor = await deps.loss_list.cursor()
    begin = now - deps.policy.retention
    if not cursor.has_many_deleted:
        few = await _first_of(deps.bin.deleted_between(begin, now + _DAY), FEW + 1)
        if len(few) <= FEW:
            await _all_deleted(few, reads)
            await deps.loss_list.note_cursor(replace(cursor, deleted_until=now))
            return
        await deps.loss_list.note_cursor(
            replace(cursor, has_many_deleted=True, has_more_deleted=True)
        )
    until = cursor.deleted_until
    if until is not None and cursor.may_come_late:
        await _came_late(max(begin, until - OVERLAP), until, reads)
    await _deleted_since(max(begin, until or begin), reads, budget)


async def _came_late(since: datetime, until: datetime, reads: LossReads) -> None:
    """List those whom Graph did not show yet when this time was followed."""
    async for some in _in_lots(reads.deps.bin.deleted_between(since, until), _LOOKED_FOR_AT_ONCE):
        await list_people(await _news(some, reads), reads)


async def _deleted_since(since: datetime, reads: LossReads, budget: TimeBudget) -> None:
    """List those deleted from then on as new, a span at a time: the list goes on behind the last.

    A span with too many is cut, so that the time allowed is kept on a day on which ten thousand
    were deleted, too. One span is listed in any case.
    """
    now, span = reads.deps.clock.now(), _DAY
    while since < now:
        # Clocks differ: the last span reaches beyond the present.
        until = since + span if since + span < now else now + _DAY
        count = await _list_span(since, until, reads, is_shortest=span <= _SHORTEST_SPAN)
        if count is None:
            span = min(span, now - since) / 4
            continue
        await _note_followed(until, reads, now)
        if budget.is_spent:
            return
        since = until
        if count < _MOST_IN_A_SPAN // 2:
            span = min(span * 2, _LONGEST_SPAN)


async def _list_span(
    since: datetime, until: datetime, reads: LossReads, *, is_shortest: bool
) -> int | None:
    """List those deleted within the span, and count them; None: nobody, for they are too many."""
    people = reads.deps.bin.deleted_between(since, until)
    if not is_shortest:
        some = await _first_of(people, _MOST_IN_A_SPAN + 1)
        if len(some) > _MOST_IN_A_SPAN:
            return None
        await list_people(some, reads, are_new=True)
        return len(some)
    count = 0
    async for lot in _in_lots(people, _MOST_IN_A_SPAN):
        await list_people(lot, reads, are_new=True)
        count += len(lot)
    return count


async def _note_followed(until: datetime, reads: LossReads, now: datetime) -> None:
    loss_list = reads.deps.loss_list
    cursor = await loss_list.cursor()
    upto = min(until, now)
    await loss_list.note_cursor(
        replace(cursor, deleted_until=upto, has_more_deleted=upto < now, followed_at=now)
    )


async def _all_deleted(people: list[Person], reads: LossReads) -> None:
    """Relist people in the list who are not among all the deleted users: they came back."""
    await list_people(await _news(people, reads), reads)
    there = {person.id for person in people}
    place = LossPlace.ending_at(reads.deps.clock.now())
    gone: list[str] = []
    while rows := await reads.deps.loss_list.after(place, FEW):
        gone += [row.id for row in rows if row.deleted_at is not None and row.id not in there]
        place = rows[-1].place
        if len(rows) < FEW:
            break
    await relist(gone, reads)


async def _news(people: list[Person], reads: LossReads) -> list[Person]:
    """The deleted users who are not yet in the list with this instant of deletion."""
    listed = await reads.deps.loss_list.glance(person.id for person in people)
    return [
        person
        for person in people
        if person.id not in listed or listed[person.id].deleted_at != person.deleted_at
    ]


async def _changed(reads: LossReads, budget: TimeBudget) -> None:
    index, until = reads.deps.watch.changed, reads.deps.clock.now() + _DAY
    filed = [one async for one in index.between(_BEGINNING, until)]
    for some in batched(filed, _BATCH, strict=False):
        if budget.is_spent:
            return
        await relist((user_id for user_id, _ in some), reads)
        for one in some:
            await index.forget(*one)


async def _signs(reads: LossReads, budget: TimeBudget) -> None:
    if reads.log.covers_from is None:
        return
    cursor = await reads.deps.loss_list.cursor()
    for some in batched(await _unseen_signs(reads, cursor), _BATCH, strict=False):
        if budget.is_spent:
            return
        await relist((sign.user_id for sign in some), reads)
        cursor = cursor.looked_at(some)
        await reads.deps.loss_list.note_cursor(cursor)


async def _unseen_signs(reads: LossReads, cursor: LossCursor) -> list[AuditSign]:
    """The audit records not looked into yet, oldest first; of a long log only the new ones."""
    found: list[AuditSign] = []
    count = 0
    async for page in reads.deps.audit_cursors.signs(reads.log.generation):
        reads.named.learn(page)
        found += page
        count += len(page)
        if count > FEW:
            found = cursor.left_of(found, are_few=False)
    return cursor.left_of(found, are_few=count <= FEW)


async def _first_of(people: AsyncIterator[Person], most: int) -> list[Person]:
    found: list[Person] = []
    async for person in people:
        found.append(person)
        if len(found) == most:
            break
    return found


async def _in_lots(people: AsyncIterator[Person], size: int) -> AsyncIterator[list[Person]]:
    lot: list[Person] = []
    async for person in people:
        lot.append(person)
        if len(lot) == size:
            yield lot
            lot = []
    if lot:
        yield lot
