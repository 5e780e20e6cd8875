"""A drill deletes nobody who is not plainly the account of drills, or might not come back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.admin_roles import RoleSource
from shared.domain.marks.do_not_restore import MarkRule
from shared.domain.outcomes import Code
from shared.domain.person import LicenseState
from tests.builders import ENTERPRISEPACK_ID, UPN, USER_ID, a_person
from tests.fakes import refusals
from tests.unit.drill.drilled import NEEDED, Drilled, admin
from tests.unit.world.world import code_of

HOUR = timedelta(hours=1)


def no_plan(world: Drilled) -> None:
    """The account without a licence."""
    world.put(a_person(licenses=(), license_states=(), plans=()))


def by_group(world: Drilled) -> None:
    """A licence that a group gives."""
    world.put(a_person(license_states=(LicenseState(ENTERPRISEPACK_ID, "a-group", "Active"),)))


def of_nobody_knows(world: Drilled) -> None:
    """A licence of which nothing says how it came."""
    world.put(a_person(license_states=()))


def synced(world: Drilled) -> None:
    """An account of Active Directory."""
    world.put(a_person(synced=True))


def numbered(world: Drilled) -> None:
    """Somebody whom the employer knows by a number."""
    world.put(a_person(employee_id="4711"))


def gone(world: Drilled) -> None:
    """An account that somebody has deleted."""
    world.put(a_person(deleted_at=world.clock.now() - HOUR))


def two(world: Drilled) -> None:
    """Two of one address."""
    other = "22222222-2222-4222-8222-222222222222"
    world.put(a_person(id=other, user_principal_name="b@x.com", mail=UPN))


def shared(world: Drilled) -> None:
    """A mailbox of many."""
    world.directory.purposes[USER_ID] = "shared"


def unseen(world: Drilled) -> None:
    """A mailbox that the service may not look at."""
    world.directory.fail_next("mailbox", refusals.denied())


def hidden(world: Drilled) -> None:
    """Nobody tells whether it is an administrator."""
    world.directory.hidden_roles = frozenset({RoleSource.ACTIVE})


def few_rights(world: Drilled) -> None:
    """A service that could not bring it back."""
    world.grants.permissions = NEEDED - {"User.DeleteRestore.All"}


def another(world: Drilled) -> None:
    """A setting that names another account by now."""
    world.policy = replace(world.policy, drill_user="another@contoso.com")


@pytest.mark.parametrize(
    ("prepare", "code", "variant"),
    [
        (no_plan, Code.LICENSE_WITHOUT_MAILBOX, "drill"),
        (by_group, Code.LICENSE_FROM_GROUP, "drill"),
        (of_nobody_knows, Code.LICENSE_FROM_GROUP, "drill"),
        (synced, Code.SYNCED, "drill"),
        (numbered, Code.REHIRE_BLOCKED, "drill"),
        (admin, Code.PRIVILEGED_USER, "drill"),
        (gone, Code.USER_IS_DELETED, "drill"),
        (two, Code.ADDRESS_CONFLICT, ""),
        (shared, Code.MAILBOX_NOT_SEEN, "drill"),
        (unseen, Code.MAILBOX_NOT_SEEN, "drill"),
        (hidden, Code.PERMISSION_MISSING, "drill"),
        (few_rights, Code.PERMISSION_MISSING, "drill"),
        (another, Code.CANCELLED, "drill-off"),
    ],
)
async def test_nothing_is_deleted_that_is_not_plainly_the_account_of_drills(
    prepare: Callable[[Drilled], None], code: Code, variant: str
) -> None:
    """Whatever speaks for a person, or against the way back, ends the drill before it changes."""
    world = Drilled()
    prepare(world)
    before = world.directory.person(USER_ID)

    record = await world.drill()

    assert record.outcome is not None
    assert (record.outcome.code, record.outcome.text.variant) == (code, variant)
    assert world.changes() == []
    assert world.directory.person(USER_ID) == before
    assert record.outcome.before is not None
    assert record.outcome.before.variant in {"drill-untouched", "drill-would"}


async def test_an_admin_is_spared_whatever_the_settings_say() -> None:
    """PROTECT_PRIVILEGED is about restoring: nobody with a role is ever deleted."""
    world = Drilled(protect_privileged=False)
    admin(world)

    assert code_of(await world.drill()) is Code.PRIVILEGED_USER
    assert world.changes() == []


async def test_a_marked_account_is_spared() -> None:
    """Nobody may bring it back, so nobody deletes it."""
    rule = MarkRule(None, "department", "left")
    world = Drilled(do_not_restore=rule)
    world.directory.marks.values[USER_ID] = "left"

    record = await world.drill()

    assert code_of(record) is Code.REHIRE_BLOCKED
    assert world.changes() == []
