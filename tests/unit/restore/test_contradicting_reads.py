"""Test that no restore is decided by a single contradicting read, fault or old message."""

from datetime import timedelta

import pytest

from shared.domain.outcomes import Code, Status
from shared.domain.person import Person
from shared.domain.records.progress import WaitingFor
from shared.domain.requests.request import RestoreRequest
from shared.domain.text import text
from shared.domain.values.json_values import instant
from shared.errors import UnreadableTextError
from shared.restore.cleanup import clean_up_restores
from shared.restore.preflight import check
from tests.builders import NOW, UPN, USER_ID, a_deleted_person, a_person, a_request
from tests.unit.world.people import ASSIGN, DAY, MAILBOX, RESTORE, world_with
from tests.unit.world.world import World, code_of


async def test_a_user_in_both_lists_is_looked_at_again() -> None:
    """In the minute of a deletion both reads may answer; "already active" would be a lie."""
    world = World()
    world.put(a_person())
    real = world.directory.deleted

    async def blurred(user_id: str) -> object:
        await real(user_id)
        return a_deleted_person()

    world.directory.deleted = blurred  # type: ignore[method-assign, assignment]
    record = await world.accept(MAILBOX)
    parked = await world.run(record.id)
    world.directory.deleted = real  # type: ignore[method-assign]
    world.put(a_deleted_person())

    ended = await world.finish(record.id)

    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.DIRECTORY
    assert code_of(ended) is Code.MAILBOX_RESTORED


async def test_a_hit_that_cannot_be_read_is_looked_at_again() -> None:
    """The index knows the user, the read by id not yet: that is no "not found"."""
    world = World()
    world.put(a_deleted_person())
    real = world.directory.deleted

    async def nothing(user_id: str) -> None:
        await real(user_id)

    world.directory.deleted = nothing  # type: ignore[method-assign]
    record = await world.accept(a_request())
    parked = await world.run(record.id)
    world.directory.deleted = real  # type: ignore[method-assign]

    ended = await world.finish(record.id)

    assert parked.status is Status.WAITING
    assert code_of(ended) is Code.MAILBOX_RESTORED


def blank() -> Person:
    """Megan, active, as a read shows her that failed without saying so."""
    return a_person(licenses=(), license_states=(), plans=(), account_enabled=None)


@pytest.mark.parametrize("request_", [MAILBOX, RESTORE, ASSIGN], ids=["mailbox", "user", "license"])
async def test_a_user_without_any_property_is_read_again(request_: RestoreRequest) -> None:
    """Nothing read is not nothing there: no licence is given to somebody who has one."""
    world = world_with(blank())
    record = await world.accept(request_)
    parked = await world.run(record.id)
    world.put(a_person())

    ended = await world.finish(record.id)

    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.DIRECTORY
    assert parked.case is None
    assert code_of(ended) is Code.ALREADY_ACTIVE
    assert world.effects() == []


async def test_a_user_whose_properties_stay_away_ends_as_what_it_is() -> None:
    """A fault of the directory, said so; no refusal, and nothing changed."""
    world = world_with(blank())

    ended = await world.restore(MAILBOX)

    assert code_of(ended) is Code.DIRECTORY_ERROR
    assert (ended.case, ended.window) == (None, None)
    assert world.clock.now() - NOW > timedelta(minutes=15)
    assert world.effects() == []


async def test_a_check_of_a_user_without_any_property_tells_of_the_read() -> None:
    """At once, without a case: nobody knows one."""
    told = await check(MAILBOX, world_with(blank()).deps)

    assert (told.case, told.window, told.is_restorable) == (None, None, False)
    assert [item.code for item in told.findings] == ["directory-error"]


@pytest.mark.parametrize("user", [UPN, USER_ID])
async def test_a_user_in_neither_list_is_looked_for_for_two_minutes(user: str) -> None:
    """People ask in the minute of the slip, when one replica has the deletion and one has not."""
    world = World()
    record = await world.accept(a_request(user=user))
    parked = await world.run(record.id)
    world.clock.advance(timedelta(minutes=2, seconds=-1))
    world.put(a_deleted_person())

    ended = await world.finish(record.id)

    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.DIRECTORY
    assert code_of(ended) is Code.MAILBOX_RESTORED


async def test_who_waits_is_told_until_when_and_of_near_names_already() -> None:
    """A typing error is seen at once; the near names are read once, however often it looks."""
    world = world_with(a_deleted_person())
    record = await world.accept(a_request(user=UPN.replace("bowen", "bowan")))
    looks = []
    while not (seen := await world.run(record.id)).status.is_final:
        assert seen.waiting is not None
        looks.append((seen.waiting.text, [one.id for one in seen.candidates]))
        world.clock.advance(seen.waiting.until - world.clock.now())

    told = text("wait", "nobody-similar", count=1, until=instant(NOW + timedelta(minutes=2)))
    assert looks == [(told, [USER_ID])] * 4
    assert code_of(seen) is Code.USER_NOT_FOUND
    assert [one.id for one in seen.candidates] == [USER_ID]
    assert len([call for call in world.directory.calls if call.startswith("near ")]) == 2


@pytest.mark.parametrize(
    ("user", "variant"),
    [("nobody@contoso.com", "nobody"), ("11111111-2222-4333-8444-555555555555", "nobody-by-id")],
)
async def test_who_waits_for_nobody_is_told_what_to_do_about_a_slip(
    user: str, variant: str
) -> None:
    """A name has typing errors, an id is another one."""
    world = world_with(a_deleted_person())
    parked = await world.run((await world.accept(a_request(user=user))).id)

    assert parked.waiting is not None
    assert parked.waiting.text.variant == variant
    assert parked.candidates == ()


async def test_a_name_that_nobody_has_is_answered_within_some_minutes() -> None:
    """A slip of the pen is not waited for longer than reads lag."""
    world = World()

    assert code_of(await world.restore(a_request(user="nobody@contoso.com"))) is Code.USER_NOT_FOUND
    assert timedelta(minutes=2) <= world.clock.now() - NOW < timedelta(minutes=3)


@pytest.mark.parametrize("user", ["nobody", "nobody@other.example", "%", "x@contoso.com') or ('"])
async def test_a_name_that_cannot_be_of_the_tenant_is_answered_at_once(user: str) -> None:
    """No replica will ever show somebody of a domain that the tenant does not have."""
    world = World()
    world.directory.domains = frozenset({"contoso.com"})

    assert code_of(await world.restore(a_request(user=user))) is Code.USER_NOT_FOUND
    assert world.clock.now() == NOW


async def test_nobody_to_restore_later_is_told_at_once() -> None:
    """There is time to send another request."""
    world = World()
    later = a_request(user=UPN, not_before=NOW + DAY)

    assert code_of(await world.restore(later)) is Code.USER_NOT_FOUND
    assert world.clock.now() == NOW


async def test_a_fault_of_ours_gives_the_lease_back() -> None:
    """The message's next tries find a restore to claim, and nobody died over it."""
    world = World()
    world.put(a_deleted_person())
    record = await world.accept(RESTORE)
    for _ in range(3):
        world.directory.fail_next("skus", ZeroDivisionError())
        with pytest.raises(ZeroDivisionError):
            await world.run(record.id)

    failed = await world.record(record.id)
    assert not failed.is_leased(world.clock.now())
    assert failed.died_claims == 0


async def test_a_record_of_another_release_holds_up_nobody() -> None:
    """The sweep and the cleanup pass it by; the others are looked after."""
    world = World()
    world.put(a_deleted_person())
    await world.accept(RESTORE)
    await world.accept(a_request(user="b@contoso.com"))
    world.storage.outbox.work.clear()
    world.clock.advance(timedelta(minutes=2))
    world.storage.ledger.fail_next("read", UnreadableTextError("v2"))

    assert await world.sweep() == 1
    world.clock.advance(99 * DAY)
    world.storage.ledger.fail_next("read", UnreadableTextError("v2"))
    assert await clean_up_restores(world.deps) == 0
