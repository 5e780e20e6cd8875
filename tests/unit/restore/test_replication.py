"""What Graph does not show yet, or not any more: waited for, and bounded."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.outcomes import Code, Status
from shared.domain.person import AssignedLicense, LicenseState
from shared.domain.records.progress import StepStatus, WaitingFor
from shared.errors import AnsweredError, OutcomeUnknownError
from shared.ports.watch import DeltaRound, StoredDeltaRound
from tests.builders import (
    ENTERPRISEPACK_ID,
    NOW,
    USER_ID,
    a_deleted_person,
    a_person,
    a_request,
    a_sku,
    an_observation,
    because,
)
from tests.reading import said
from tests.unit.world.people import ASSIGN, BOTH, DAY, RESTORE, SHARED, UNLICENSED, world_with
from tests.unit.world.world import World, code_of


def answer(status: int, message: str, *details: tuple[str, str]) -> AnsweredError:
    """A definitive "no" of Graph."""
    return AnsweredError(
        status=status, code="Request_BadRequest", message=message, details=details, request_id="r-1"
    )


async def test_a_user_restored_by_somebody_else_in_the_same_moment() -> None:
    """Graph says 404 to our restore; the next look finds the user active."""
    world = world_with(a_deleted_person())
    world.directory.fail_next("restore_user", answer(404, "Resource does not exist."))
    record = await world.accept(RESTORE)
    parked = await world.run(record.id)
    world.put(a_person())

    ended = await world.finish(record.id)

    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.DIRECTORY
    assert code_of(ended) is Code.USER_RESTORED
    assert ended.steps[0].status is StepStatus.SKIPPED
    assert world.directory.restored[USER_ID] == 0


async def test_a_user_in_neither_list_after_a_lost_answer_is_waited_for() -> None:
    """Replication may show the user nowhere for a while: that is no purge."""
    world = world_with(a_deleted_person())
    world.directory.fail_next(
        "restore_user", OutcomeUnknownError(because("lost")), after_effect=True
    )
    record = await world.accept(RESTORE)
    await world.run(record.id)
    restored = world.directory.person(USER_ID)
    world.directory.purge(USER_ID)
    world.clock.advance(timedelta(minutes=2))
    parked = await world.run(record.id)
    world.put(restored)

    ended = await world.finish(record.id)

    assert parked.status is Status.WAITING
    assert code_of(ended) is Code.USER_RESTORED
    assert len(world.effects()) == 1


async def test_the_licence_waits_until_the_restored_user_shows() -> None:
    """A 404 after our own restore is replication, not a failure."""
    world = world_with(SHARED)
    world.directory.replication_delay = timedelta(seconds=45)

    record = await world.restore(BOTH)

    assert code_of(record) is Code.USER_RESTORED
    assert world.effects() == [f"restore_user {USER_ID}", f"assign_licenses {USER_ID}"]


async def test_a_restored_user_that_does_not_show_yet_is_waited_for() -> None:
    """Verifying looks again until the user can be read."""
    world = world_with(a_deleted_person())
    world.directory.replication_delay = timedelta(minutes=4)

    record = await world.restore(RESTORE)

    assert code_of(record) is Code.USER_RESTORED
    assert world.clock.now() - NOW >= timedelta(minutes=4)


async def test_a_group_licence_that_does_not_come_back_is_said_and_not_made_direct() -> None:
    """The group is named; a direct licence in its place would hide the loss."""
    state = LicenseState(ENTERPRISEPACK_ID, "group-1", "Active")
    world = world_with(a_deleted_person(license_states=(state,)))
    world.directory.fail_next(
        "restore_user", OutcomeUnknownError(because("lost")), after_effect=True
    )
    record = await world.accept(RESTORE)
    await world.run(record.id)
    world.put(UNLICENSED)
    world.directory.purposes[USER_ID] = "shared"

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.USER_RESTORED
    assert [item.code for item in ended.warnings] == ["license-left-out", "sign-in-open"]
    assert "group-1" in said(ended.warnings[0]).message
    assert len(world.effects()) == 1


@pytest.mark.parametrize("groups", [{}, {ENTERPRISEPACK_ID: "group-1"}], ids=["direct", "group"])
async def test_how_a_licence_came_may_be_known_from_before_the_deletion(
    groups: dict[str, str],
) -> None:
    """Where the deleted object does not say it, what was observed does."""
    world = world_with(a_deleted_person(license_states=()))
    held = an_observation(USER_ID, AssignedLicense(ENTERPRISEPACK_ID), groups=groups)
    await world.storage.observations.note(held)
    world.directory.fail_next(
        "restore_user", OutcomeUnknownError(because("lost")), after_effect=True
    )
    record = await world.accept(RESTORE)
    await world.run(record.id)
    world.put(UNLICENSED)
    world.directory.purposes[USER_ID] = "shared" if groups else "user"

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.USER_RESTORED
    assert len(world.effects()) == (1 if groups else 2)
    left_out = [item for item in ended.warnings if item.code == "license-left-out"]
    assert [item.text.variant for item in left_out] == (["group"] if groups else [])


@pytest.mark.parametrize("comes_back", [True, False])
@pytest.mark.parametrize("is_shown", [True, False])
async def test_what_a_deleted_user_does_not_show_was_seen_before(
    *, comes_back: bool, is_shown: bool
) -> None:
    """Some tenants show no licence on any deleted user; where they do, it had none any more."""
    world = world_with(replace(SHARED, account_enabled=True))
    world.storage.rounds.stored = StoredDeltaRound(
        DeltaRound(shows_deleted_licenses=is_shown), None
    )
    held = an_observation(USER_ID, AssignedLicense(ENTERPRISEPACK_ID), seen_at=NOW - 3 * DAY)
    await world.storage.observations.note(held)
    record = await world.accept(a_request(user=USER_ID))
    await world.run(record.id)
    if comes_back:
        world.put(a_person())

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.MAILBOX_RESTORED
    assert world.directory.assigned[USER_ID] == (0 if comes_back else 1)
    assert ("assign-license" in ended.plan) is (is_shown or not comes_back)


async def test_an_assigned_licence_that_does_not_show_is_a_warning() -> None:
    """Graph's 200 is the truth; a read that lags for five minutes is only mentioned."""
    world = world_with(UNLICENSED)
    world.directory.replication_delay = timedelta(minutes=30)

    record = await world.restore(ASSIGN)

    assert code_of(record) is Code.LICENSE_RESTORED
    assert [item.code for item in record.warnings] == ["window-declared", "license-left-out"]
    assert len(world.effects()) == 1


async def test_a_user_listed_but_not_to_be_restored_any_more_is_purged() -> None:
    """Graph answers 404 again and again while the list still shows the user: no endless tries."""
    world = world_with(a_deleted_person())
    for _ in range(9):
        world.directory.fail_next("restore_user", answer(404, "Resource does not exist."))

    record = await world.restore(RESTORE)

    assert code_of(record) is Code.USER_PURGED
    assert len(world.effects()) == 5


async def test_a_user_purged_before_anybody_asked_is_known_from_the_observation() -> None:
    """The service saw the user once; now it is neither active nor deleted."""
    world = World()
    await world.storage.observations.note(an_observation())

    assert code_of(await world.restore(RESTORE)) is Code.USER_PURGED


async def test_a_user_deleted_while_a_seat_was_waited_for() -> None:
    """The licence has nobody to go to any more; the fix says how to get both back."""
    world = world_with(UNLICENSED)
    world.directory.put_sku(a_sku(free_seats=0))
    record = await world.accept(ASSIGN)
    await world.run(record.id)
    world.put(replace(UNLICENSED, deleted_at=NOW))

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.USER_IS_DELETED
    assert ended.outcome is not None
    assert "mailbox" in said(ended.outcome).fix
    assert world.directory.assigned[USER_ID] == 0


async def test_a_user_purged_while_a_seat_was_waited_for() -> None:
    """Gone for good, and said so after some looks."""
    world = world_with(UNLICENSED)
    world.directory.put_sku(a_sku(free_seats=0))
    record = await world.accept(ASSIGN)
    await world.run(record.id)
    world.directory.purge(USER_ID)

    assert code_of(await world.finish(record.id)) is Code.USER_PURGED


async def test_a_restored_user_that_never_shows_is_not_waited_for_for_ever() -> None:
    """Graph said 200 and shows nothing for a day: a person has to look."""
    world = world_with(a_deleted_person())
    world.directory.replication_delay = timedelta(days=9)

    record = await world.restore(RESTORE)

    assert code_of(record) is Code.DIRECTORY_ERROR
    assert len(world.effects()) == 1
    # It may have changed the user, so the next one is to know of it.
    assert world.storage.locks.holders == {USER_ID: record.id}


async def test_an_effect_in_doubt_is_looked_at_before_the_window_is() -> None:
    """Sent just before the end and its answer lost: it is not called too late while it may show."""
    world = world_with(a_deleted_person(deleted_at=NOW - timedelta(days=30, seconds=-5)))
    world.directory.replication_delay = timedelta(seconds=40)
    world.directory.fail_next(
        "restore_user", OutcomeUnknownError(because("lost")), after_effect=True
    )

    record = await world.restore(RESTORE)

    assert code_of(record) is Code.USER_RESTORED
