"""Make the people of the state machine: every way to lose a mailbox, several times."""

from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.person import AssignedLicense, Person
from tests.builders import ENTERPRISEPACK_ID, NOW, a_deleted_person, a_person, a_sku, an_observation
from tests.unit.world.world import World


@dataclass(frozen=True, slots=True)
class Losses:
    """How often each user was lost, and so may be restored or licensed."""

    deletions: dict[str, int]
    removals: dict[str, int]


def user_id(number: int) -> str:
    """The object id of one of the people."""
    return f"8d1f6f0e-4c5b-4a37-9f0a-{number:012x}"


def named(person: Person, number: int) -> Person:
    """The person with the id, name and address of this number."""
    name = f"user{number}@contoso.example"
    return replace(
        person,
        id=user_id(number),
        user_principal_name=name,
        display_name=f"User {number}",
        mail=name,
        proxy_addresses=(f"SMTP:{name}",),
    )


def people_the_world_lost(world: World) -> Losses:
    """Two deleted users, one without licence, one deleted after its licence was lost; 3 seats."""
    licensed = named(a_deleted_person(), 1)
    other = named(a_deleted_person(deleted_at=NOW - timedelta(days=29, hours=12)), 2)
    bare = named(a_person(licenses=(), license_states=(), plans=()), 3)
    both = named(a_deleted_person(licenses=(), license_states=(), plans=()), 4)
    world.put(licensed, other, bare, both)
    world.directory.put_sku(a_sku(free_seats=3))
    e3 = AssignedLicense(ENTERPRISEPACK_ID)
    for person in (bare, both):
        lost_at = NOW - timedelta(days=5)
        seen = an_observation(person.id, e3, lost_at=lost_at)
        world.storage.observations.kept[person.id] = seen
    return Losses(
        deletions={licensed.id: 1, other.id: 1, both.id: 1, bare.id: 0},
        removals={bare.id: 1, both.id: 1, licensed.id: 0, other.id: 0},
    )
