"""What FakeDirectory adds to Graph's behaviour: a log of calls, faults on order, and time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.admin_roles import AdminRoles, RoleSource
from shared.domain.evidence.audit_records import LogRefusal
from shared.domain.person import AssignedLicense, HolderKind
from shared.errors import NotSentError, OutcomeUnknownError
from tests.builders import (
    ENTERPRISEPACK_ID,
    NOW,
    USER_ID,
    a_deleted_person,
    a_person,
    a_sku,
    because,
)
from tests.fakes.clock import ManualClock
from tests.fakes.directory import FakeDirectory

DELAY = timedelta(seconds=30)


@pytest.fixture
def clock() -> ManualClock:
    """Give a clock that stands at NOW."""
    return ManualClock(NOW)


@pytest.fixture
def directory(clock: ManualClock) -> FakeDirectory:
    """Give a tenant with one deleted user and one subscription."""
    fake = FakeDirectory(clock)
    fake.put(a_deleted_person())
    fake.put_sku(a_sku())
    return fake


async def _restore(directory: FakeDirectory) -> None:
    await directory.restore_user(USER_ID, new_upn=None, drop_addresses=False)


async def test_a_fault_before_the_effect_leaves_the_world_alone(directory: FakeDirectory) -> None:
    """And strikes once; the call is in the log either way."""
    directory.fail_next("restore_user", NotSentError(because("no connection")))

    with pytest.raises(NotSentError):
        await _restore(directory)
    assert directory.restored[USER_ID] == 0
    await _restore(directory)
    assert directory.restored[USER_ID] == 1
    assert directory.calls == [f"restore_user {USER_ID}"] * 2


async def test_a_fault_after_the_effect_hides_that_it_happened(directory: FakeDirectory) -> None:
    """The answer is lost, the user is back."""
    directory.fail_next("restore_user", OutcomeUnknownError(because("lost")), after_effect=True)

    with pytest.raises(OutcomeUnknownError):
        await _restore(directory)
    assert directory.restored[USER_ID] == 1
    assert not directory.person(USER_ID).is_deleted


async def test_replication_shows_the_old_state_for_a_while(
    directory: FakeDirectory, clock: ManualClock
) -> None:
    """A read just after a write may not show it."""
    directory.replication_delay = DELAY
    await _restore(directory)

    assert await directory.active(USER_ID) is None
    assert await directory.deleted(USER_ID) is not None
    clock.advance(DELAY)
    assert await directory.active(USER_ID) is not None
    assert await directory.deleted(USER_ID) is None


async def test_a_mailbox_comes_back_later(directory: FakeDirectory, clock: ManualClock) -> None:
    """Some time after the user."""
    directory.mailbox_delay = DELAY
    await _restore(directory)

    assert not (await directory.mailbox(USER_ID)).is_there
    clock.advance(DELAY)
    assert (await directory.mailbox(USER_ID)).is_there


async def test_seats_may_fall_below_zero_by_restoring_only(directory: FakeDirectory) -> None:
    """A restored user keeps the licence, whatever the count says; an assignment is refused."""
    directory.put_sku(a_sku(free_seats=0))
    await _restore(directory)

    assert (await directory.skus())[0].free_seats == -1
    other = a_person(id=USER_ID.replace("8d", "9d"), licenses=(), license_states=())
    directory.put(other)
    with pytest.raises(Exception, match="does not have any available licenses"):
        await directory.assign_licenses(other.id, (AssignedLicense(ENTERPRISEPACK_ID),))
    assert directory.assigned.total() == 0


async def test_the_fake_can_refuse_what_graph_can_refuse(directory: FakeDirectory) -> None:
    """Roles, clashes and the audit log can be closed; a purged user is nowhere."""
    directory.roles[USER_ID] = None
    directory.shows_audit = False
    directory.tells_conflicts = False

    roles = await directory.roles_held(USER_ID, is_deleted=False)
    assert roles == AdminRoles(not_looked=frozenset({RoleSource.ACTIVE}))
    assert await directory.changes_since(NOW) is LogRefusal.PERMISSION
    found = await directory.conflicts(a_deleted_person(), also_upn=None)
    assert found.not_looked == {HolderKind.USER}
    directory.purge(USER_ID)
    assert await directory.deleted(USER_ID) is None


async def test_a_person_put_again_takes_the_place(directory: FakeDirectory) -> None:
    """One user for each id."""
    directory.put(replace(a_person(), display_name="Megan B."))

    assert directory.person(USER_ID).display_name == "Megan B."
