"""Seats: first come, first served, whoever wakes first and whatever crashes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.outcomes import Code, Status
from shared.domain.records.progress import WaitingFor
from shared.domain.records.record import Record
from shared.domain.requests.request import LicenseChoice, RestoreKind
from shared.errors import LeaseLostError, StorageUnavailableError
from shared.ports.seats import SeatPlace
from shared.restore.cancel import cancel_restore
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    a_deleted_person,
    a_person,
    a_request,
    a_sku,
)
from tests.unit.world.people import DAY, NAMED
from tests.unit.world.world import ASKED_BY, World, code_of

ADD_ON_ID = "ee02fd1b-340e-4a4b-b355-4a514e4c8943"
ARCHIVE_PLAN_ID = "176a09a6-7ec5-4039-ac02-b2791c6ba793"
P1_ID = "4b9405b0-7788-4568-add1-99614e613b69"
MINUTE = timedelta(minutes=1)
BARE: dict[str, object] = {"licenses": (), "license_states": (), "plans": ()}


def user_id(number: int) -> str:
    """The id of one of those who lost the licence."""
    return f"{number:08x}-aaaa-4bbb-8ccc-0123456789ab"


class Office:
    """A tenant without a free seat, and restores that want one, accepted a second apart."""

    def __init__(self) -> None:
        self.world = World()
        self.seats(0)
        self.restores: list[str] = []
        self.world.directory.license_changes = {
            user_id(number): [NOW - 2 * DAY] for number in range(1, 20)
        }

    def seats(self, free: int, sku_id: str = ENTERPRISEPACK_ID) -> None:
        """So many seats are free now."""
        self.world.directory.put_sku(a_sku(sku_id=sku_id, part_number=sku_id, free_seats=free))

    async def ask(self, license_: LicenseChoice = NAMED, *, is_run: bool = True) -> Record:
        """One more person asks, and a worker takes it up."""
        number = len(self.restores) + 1
        upn = f"user{number}@contoso.com"
        person = a_person(id=user_id(number), user_principal_name=upn, mail=upn, **BARE)
        self.world.put(replace(person, proxy_addresses=()))
        request = a_request(kind=RestoreKind.LICENSE, user=person.id, license=license_)
        record = await self.world.accept(request)
        self.restores.append(record.id)
        self.world.clock.advance(timedelta(seconds=1))
        return await self.world.run(record.id) if is_run else record

    async def minutes(self, count: int = 1) -> None:
        """Let time pass; in each minute every worker runs, those who came last first."""
        for _ in range(count):
            self.world.clock.advance(MINUTE)
            for restore_id in reversed(self.restores):
                await self.world.run(restore_id)

    async def served(self) -> list[int]:
        """Who has the licence, by the number in which they asked."""
        records = [await self.world.record(restore_id) for restore_id in self.restores]
        ended = (Status.SUCCEEDED, Status.WAITING)
        return [
            number
            for number, record in enumerate(records, 1)
            if record.status in ended and self.world.directory.assigned[user_id(number)]
        ]

    def queue(self, sku_id: str = ENTERPRISEPACK_ID) -> list[str]:
        """Who stands in the queue, in order."""
        return [item.restore_id for item in sorted(self.world.storage.seats.queues[sku_id])]

    def assignments(self) -> list[str]:
        """Every request for a seat, in order."""
        return [call for call in self.world.directory.calls if call.startswith("assign_licenses")]


@pytest.fixture
def office() -> Office:
    """Give a tenant in which all seats are taken."""
    return Office()


async def test_seats_go_to_those_who_asked_first(office: Office) -> None:
    """One seat, then two, then five: in the order of acceptance, though the last wakes first."""
    for _ in range(5):
        parked = await office.ask()
        assert parked.waiting is not None
        assert parked.waiting.reason is WaitingFor.SEAT
    assert office.queue() == office.restores

    served = []
    for free in (1, 2, 5):
        office.seats(free)
        await office.minutes(3)
        served.append(await office.served())

    assert served == [[1], [1, 2, 3], [1, 2, 3, 4, 5]]
    assert office.queue() == []
    assert all(office.world.directory.assigned[user_id(number)] == 1 for number in range(1, 6))


async def test_a_newcomer_stands_behind_those_who_wait(office: Office) -> None:
    """Even if it comes in the minute in which a seat is free, and wakes first."""
    await office.ask()
    await office.ask()
    office.seats(2)

    newcomer = await office.ask()
    await office.minutes(3)

    assert newcomer.waiting is not None
    assert newcomer.waiting.reason is WaitingFor.SEAT
    assert await office.served() == [1, 2]
    assert f"assign_licenses {user_id(3)}" not in office.assignments()


async def test_all_waiters_share_one_count_of_the_seats(office: Office) -> None:
    """One count of the seats a minute for all, and nothing else is asked of Graph."""
    for _ in range(10):
        await office.ask()
    before = len(office.world.directory.calls)

    await office.minutes(10)

    # The first wakes of all are within the life of one count.
    assert office.world.directory.calls[before:] == ["skus"] * 10


async def test_a_seat_that_was_not_there_costs_nobody_the_place(office: Office) -> None:
    """The count shows a seat, Graph says no: the head asks, and keeps its place."""
    await office.ask()
    await office.ask()
    office.seats(1)
    full = office.world.directory.seat_refusals = {ENTERPRISEPACK_ID}
    await office.minutes(2)
    assert office.queue() == office.restores
    assert set(office.assignments()) == {f"assign_licenses {user_id(1)}"}

    full.clear()
    await office.minutes(2)
    assert await office.served() == [1]


async def test_a_head_that_was_cancelled_is_no_head(office: Office) -> None:
    """The next one in line has its turn."""
    for _ in range(3):
        await office.ask()
    await cancel_restore(office.restores[0], ASKED_BY, office.world.deps)
    assert office.queue() == office.restores[1:]
    office.seats(1)

    await office.minutes(2)

    assert await office.served() == [2]


async def test_places_of_restores_that_are_no_more_are_taken_away(office: Office) -> None:
    """One that has ended, one that is gone, one of another attempt: whoever counts sees it."""
    await office.ask()
    ended = await office.world.record(office.restores[0])
    await cancel_restore(ended.id, ASKED_BY, office.world.deps)
    seats = office.world.storage.seats
    for place in (SeatPlace(ended.created_at, ended.id), SeatPlace(NOW, "0" * 32)):
        await seats.join(ENTERPRISEPACK_ID, place)
    waiting = await office.ask()
    await seats.join(ENTERPRISEPACK_ID, SeatPlace(NOW - DAY, waiting.id))
    office.seats(1)

    await office.minutes(5)

    assert office.queue() == []
    assert await office.served() == [2]


async def test_a_head_that_crashed_keeps_its_place(office: Office) -> None:
    """Its seat is kept for it, and it takes it when it comes to life again."""
    await office.ask()
    await office.ask()
    office.seats(1)
    office.world.clock.advance(MINUTE)
    office.world.storage.ledger.fail_next("write", StorageUnavailableError("gone"))
    with pytest.raises(StorageUnavailableError):
        await office.world.run(office.restores[0])

    await office.world.run(office.restores[1])
    assert await office.served() == []
    await office.minutes(3)
    assert await office.served() == [1]


@pytest.mark.parametrize("method", ["join", "first", "last_count", "note", "leave"])
@pytest.mark.parametrize("after_effect", [False, True])
async def test_a_crash_at_the_queue_heals(
    office: Office, method: str, *, after_effect: bool
) -> None:
    """Whatever was lost, all are served in the end, once each, and the queue is empty."""
    for _ in range(2):
        await office.ask()
    office.world.storage.seats.fail_next(
        method, StorageUnavailableError("gone"), after_effect=after_effect
    )
    number = len(office.restores) + 1
    for step in (office.ask, lambda: office.minutes(3)):
        try:
            await step()
        except StorageUnavailableError:
            assert len(office.restores) <= number
    office.seats(3)
    for _ in range(8):
        try:
            await office.minutes()
        except StorageUnavailableError:
            continue

    assert await office.served() == [1, 2, 3]
    assert office.queue() == []
    assert all(office.world.directory.assigned[user_id(at)] == 1 for at in (1, 2, 3))


async def test_no_mailbox_waits_for_a_second_licence(office: Office) -> None:
    """Of two that carry the mailbox the one with a seat is given, and the other one left out."""
    both = LicenseChoice(sku_ids=(ENTERPRISEPACK_ID, P1_ID))
    office.seats(1)
    office.seats(0, P1_ID)

    await office.ask(both)
    await office.ask(LicenseChoice(sku_ids=(P1_ID,)))

    assert await office.served() == [1]
    assert (office.queue(), office.queue(P1_ID)) == ([], office.restores[1:])
    given = await office.world.record(office.restores[0])
    assert [item.sku_id for item in given.licenses] == [ENTERPRISEPACK_ID]
    left_out = [item.text for item in given.warnings if item.code == "license-left-out"]
    assert [item.variant for item in left_out] == ["no-seat"]


async def test_an_add_on_is_given_with_the_mailbox_where_both_have_seats(office: Office) -> None:
    """Whoever is refused for the add-on alone is given the mailbox at once."""
    archive = a_sku(sku_id=ADD_ON_ID, part_number="ARCHIVE", plan_ids=(ARCHIVE_PLAN_ID,))
    with_archive = LicenseChoice(sku_ids=(ENTERPRISEPACK_ID, ADD_ON_ID))
    office.seats(5)
    office.world.directory.put_sku(replace(archive, free_seats=1))

    await office.ask(with_archive)
    await office.ask(with_archive)

    assert await office.served() == [1, 2]
    records = [await office.world.record(restore_id) for restore_id in office.restores]
    assert [len(record.licenses) for record in records] == [2, 1]
    assert office.queue(ADD_ON_ID) == []


async def test_an_add_on_with_a_seat_gives_no_mailbox(office: Office) -> None:
    """Who waits for the mailbox waits for that alone, and gets both when its seat is there."""
    archive = a_sku(sku_id=ADD_ON_ID, part_number="ARCHIVE", plan_ids=(ARCHIVE_PLAN_ID,))
    office.world.directory.put_sku(replace(archive, free_seats=3))

    await office.ask(LicenseChoice(sku_ids=(ENTERPRISEPACK_ID, ADD_ON_ID)))
    assert (office.queue(), office.queue(ADD_ON_ID)) == (office.restores, [])

    office.seats(1)
    await office.minutes(2)
    assert await office.served() == [1]
    [given] = [await office.world.record(restore_id) for restore_id in office.restores]
    assert len(given.licenses) == 2


async def test_the_end_of_the_window_ends_the_wait(office: Office) -> None:
    """As no-seat, and the place is free for the next."""
    await office.ask()
    office.world.clock.advance(28 * DAY)

    ended = await office.world.finish(office.restores[0])

    assert code_of(ended) is Code.NO_SEAT
    assert office.queue() == []


async def test_a_licence_given_by_hand_is_noticed(office: Office) -> None:
    """Within a quarter of an hour, and the place is given up."""
    await office.ask()
    await office.ask()
    second = office.world.directory.person(user_id(2))
    held = a_person(id=second.id, user_principal_name=second.user_principal_name)
    office.world.put(held)

    await office.minutes(16)

    record = await office.world.record(office.restores[1])
    assert record.status is Status.SUCCEEDED
    assert office.queue() == office.restores[:1]


async def test_a_worker_that_lost_its_hold_serves_nobody(office: Office) -> None:
    """The claim of another worker stands."""
    await office.ask()
    office.seats(1)
    office.world.clock.advance(MINUTE)
    office.world.storage.ledger.fail_next("write", LeaseLostError("another"))

    await office.world.run(office.restores[0])

    assert office.assignments() == [f"assign_licenses {user_id(1)}"]
    assert EXCHANGE_PLAN_ID not in office.world.directory.person(user_id(1)).enabled_plans


async def test_a_restored_user_keeps_its_licence_beyond_the_seats(office: Office) -> None:
    """The restore is not held up for it; that the tenant has one too few is said."""
    office.world.put(a_deleted_person(id=user_id(1)))

    record = await office.world.restore(a_request(kind=RestoreKind.USER, user=user_id(1)))

    assert code_of(record) is Code.USER_RESTORED
    assert [item.code for item in record.warnings] == ["seats-overdrawn"]
    assert ENTERPRISEPACK_ID in office.world.directory.person(user_id(1)).licenses[0].sku_id
