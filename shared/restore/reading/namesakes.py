"""Tell whom else a name may mean: an active namesake who lost something too, and near names."""

import asyncio

from shared.domain.evidence.timeline_of import Remembered
from shared.domain.licensing.exchange_plans import MAILBOX_PLANS
from shared.domain.observations.observation import Observation
from shared.domain.person import Person
from shared.domain.snapshot import Nobody
from shared.domain.values.ids import is_guid
from shared.errors import DirectoryError
from shared.ports.deps import Deps
from shared.restore.reading.remembered import remembered_of

# More people of one name than these are not looked for.
_MOST_NAMESAKES = 5

type Loser = tuple[Person, Remembered]


async def who_lost(people: tuple[Person, ...], deps: Deps) -> tuple[Loser, ...]:
    """Those of these active people who were seen to lose their mailbox, and what is remembered.

    Raises:
        StorageUnavailableError: what is remembered could not be read.
    """
    without = [one for one in people if not MAILBOX_PLANS.intersection(one.enabled_plans)]
    remembered = await asyncio.gather(*(remembered_of(one.id, deps) for one in without))
    return tuple(
        (one, known)
        for one, known in zip(without, remembered, strict=True)
        if known.observation is not None and _has_lost(one, known.observation)
    )


def _has_lost(person: Person, seen: Observation) -> bool:
    """Whether somebody without a plan now had one when last seen, or was seen to lose it.

    A mailbox that needs no plan has lost none, and neither has anybody by a read that failed.
    """
    if person.is_blank or seen.is_shared:
        return False
    return seen.lost_at is not None or bool(seen.has_plan)


async def has_purged_namesake(person: Person, deps: Deps) -> bool:
    """Whether somebody was called so whom the directory does not know any more.

    Raises:
        DirectoryError: it could not be asked.
        StorageUnavailableError: the earlier names could not be read.
    """
    called_so = await deps.watch.names.find(person.user_principal_name.lower())
    others = [user_id for user_id in called_so if user_id != person.id][:_MOST_NAMESAKES]
    there = await asyncio.gather(*(_is_there(user_id, deps) for user_id in others))
    return not all(there)


async def _is_there(user_id: str, deps: Deps) -> bool:
    people = deps.people
    return await people.active(user_id) is not None or await people.deleted(user_id) is not None


async def with_near_names(nobody: Nobody, asked: str, deps: Deps) -> Nobody:
    """Nobody, with those who are nearly called so; without them where Graph would not say."""
    if nobody.was_seen or is_guid(asked):
        return nobody
    try:
        near = await deps.people.near(asked)
    except DirectoryError:
        return nobody
    people = (
        Person(one.id, one.user_principal_name, one.display_name, deleted_at=one.deleted_at)
        for one in near
    )
    return Nobody(near=tuple(people))
