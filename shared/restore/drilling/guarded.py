"""Tell whether a guard watches over somebody: whoever ordered it wants that person kept."""

import asyncio

from shared.domain.guards.guard import Guard
from shared.domain.person import Person, smtp_addresses
from shared.ports.deps import Deps

# Read at a time: a drill is rare, and guards may be many.
_PAGE = 100


async def is_guarded(person: Person, deps: Deps) -> bool:
    """Whether a guard is about this person, by its object id or by any name that it has now.

    Raises:
        StorageUnavailableError: the guards could not be read.
    """
    names = _names_of(person)
    after = ""
    while page := await deps.guards.page(after, _PAGE):
        kept = await asyncio.gather(*(deps.guards.read(guard_id) for guard_id in page))
        if any(one is not None and _is_about(one.guard, person, names) for one in kept):
            return True
        after = page[-1]
    return False


def _is_about(guard: Guard, person: Person, names: frozenset[str]) -> bool:
    if guard.user_id is not None:
        return guard.user_id.lower() == person.id.lower()
    return guard.order.user.lower() in names


def _names_of(person: Person) -> frozenset[str]:
    addresses = smtp_addresses(person.proxy_addresses)
    names = (person.id, person.user_principal_name, person.mail, *addresses)
    return frozenset(name.lower() for name in names if name)
