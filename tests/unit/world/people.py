"""List the people and requests that the tests of use cases share."""

from datetime import timedelta

from shared.domain.requests.request import LicenseChoice, RestoreKind, RestoreRequest
from tests.builders import ENTERPRISEPACK_ID, NOW, USER_ID, a_deleted_person, a_person, a_request
from tests.unit.world.world import World

DAY = timedelta(days=1)
NAMED = LicenseChoice(sku_ids=(ENTERPRISEPACK_ID,))

UNLICENSED = a_person(licenses=(), license_states=(), plans=())
SHARED = a_deleted_person(licenses=(), license_states=(), plans=(), account_enabled=False)

RESTORE = a_request(kind=RestoreKind.USER, user=USER_ID)
MAILBOX = a_request(kind=RestoreKind.MAILBOX, user=USER_ID)
ASSIGN = a_request(
    kind=RestoreKind.LICENSE, user=USER_ID, license=NAMED, license_removed_at=NOW - 2 * DAY
)
BOTH = a_request(
    kind=RestoreKind.MAILBOX, user=USER_ID, license=NAMED, license_removed_at=NOW - 9 * DAY
)


def ask(kind: RestoreKind, **fields: object) -> RestoreRequest:
    """A request by object id, which costs no search."""
    return a_request(kind=kind, user=USER_ID, **fields)


def world_with(*people: object, **fields: object) -> World:
    """A world with these people in it."""
    world = World(**fields)  # type: ignore[arg-type]
    world.put(*people)  # type: ignore[arg-type]
    return world
