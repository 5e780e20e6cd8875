"""Read people again from Graph, and update their rows in the list of losses.

Several hosts do so at once: the timer's, and those whose callers ask for the list. Nobody is taken
out on the strength of a look that is older than the one by which another host has filed the person.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import batched

from shared.domain.lists.losses import ListedLoss
from shared.domain.person import Person
from shared.lists.judged_loss import judged_at_once, judged_loss
from shared.lists.loss_reads import LossReads
from shared.pacing import some_at_once
from shared.ports.watch import StoredObservation

_BATCH = 100
# What was observed of so many is held at once: of many it is found with fewer reads for each.
_MANY = 1_000


async def relist(user_ids: Iterable[str], reads: LossReads) -> None:
    """Read each person by id, and file or drop the row; of a read that failed nothing changes.

    Raises:
        DirectoryError, StorageUnavailableError: some were looked at; again does no harm.
    """
    for some in batched(dict.fromkeys(user_ids), _BATCH, strict=False):
        asked_at = reads.deps.clock.now()
        before = await reads.observed(some)
        found = await some_at_once(_look(one, before.get(one), reads) for one in some)
        await _file([one for one in found if one is not None], reads, asked_at)


async def list_people(people: Sequence[Person], reads: LossReads, *, are_new: bool = False) -> None:
    """File or drop the rows of people who were just read.

    `are_new`: nobody of them is thought to be listed, which spares a look for each.

    Raises:
        DirectoryError, StorageUnavailableError: some were filed; again does no harm.
    """
    asked_at = reads.deps.clock.now()
    for many in batched(people, _MANY, strict=False):
        before = await reads.observed(person.id for person in many)
        await reads.expect(sum(not person.licenses for person in many))
        found = judged_at_once((one for one in many if one.id not in before), reads)
        await _file(found.items(), reads, asked_at, are_new=are_new)
        left = [one for one in many if one.id not in found]
        for some in batched(left, _BATCH, strict=False):
            seen = await some_at_once(_judge(one, before.get(one.id), reads) for one in some)
            await _file(seen, reads, asked_at, are_new=are_new)


type _Seen = tuple[str, ListedLoss | None]


async def _look(user_id: str, before: StoredObservation | None, reads: LossReads) -> _Seen | None:
    """What the person shows; None: Graph showed nothing that can be believed."""
    people = reads.deps.people
    person = await people.active(user_id) or await people.deleted(user_id)
    if person is None:
        return user_id, None
    return None if person.is_blank else await _judge(person, before, reads)


async def _judge(person: Person, before: StoredObservation | None, reads: LossReads) -> _Seen:
    observation = before.observation if before is not None else None
    return person.id, await judged_loss(person, observation, reads)


async def _file(
    found: Collection[_Seen], reads: LossReads, asked_at: datetime, *, are_new: bool = False
) -> None:
    rows = [row for _, row in found if row is not None]
    await reads.deps.loss_list.put(rows, are_new=are_new)
    gone = [user_id for user_id, row in found if row is None]
    if gone:
        listed = await reads.deps.loss_list.glance(gone)
        old = [user_id for user_id, glance in listed.items() if glance.looked_at <= asked_at]
        await reads.deps.loss_list.drop(old)
