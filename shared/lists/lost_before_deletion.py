"""Deleted users whose window closes by a loss before the deletion, as far as it was observed.

Why they are looked for apart: Graph can tell who was deleted in a span of time, and these were
deleted after it. The service has filed their losses by day, so the cost follows the losses of the
days asked for; only who is noted as deleted costs a read of Graph.
"""

import asyncio
from itertools import batched

from shared.domain.lists.deleted_users import SoftDeletedUser, Span
from shared.domain.person import Person
from shared.ports.deps import Deps

_AT_ONCE = 30


async def lost_before_deletion(span: Span, deps: Deps) -> tuple[SoftDeletedUser, ...]:
    """The users whose licence went within the span, and who were deleted after it.

    Raises:
        DirectoryError: Graph could not be asked, or will not tell.
        StorageUnavailableError: what was observed could not be read.
    """
    filed = [user_id async for user_id, _ in deps.watch.losses.between(span.earliest, span.latest)]
    found: list[SoftDeletedUser] = []
    for ids in batched(dict.fromkeys(filed), _AT_ONCE, strict=False):
        kept = await deps.watch.observations.many(ids)
        gone = [item for item in ids if item in kept and kept[item].observation.gone_at is not None]
        people = await asyncio.gather(*(deps.people.deleted(user_id) for user_id in gone))
        found += [_shown(person) for person in people if person is not None]
    return tuple(user for user in found if not span.holds(user.deleted_at))


def _shown(person: Person) -> SoftDeletedUser:
    return SoftDeletedUser(
        id=person.id,
        user_principal_name=person.user_principal_name,
        display_name=person.display_name,
        mail=person.mail,
        addresses=person.proxy_addresses,
        synced=person.synced,
        deleted_at=person.deleted_at,
        licenses=person.licenses,
    )
