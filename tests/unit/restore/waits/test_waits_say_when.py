"""What a wait tells: when the next look is, until when in all, and what the other restore needs."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shared.documents.waiting import waiting_document
from shared.domain.records.progress import Waiting
from shared.domain.records.record import Record
from shared.domain.requests.request import RestoreKind
from shared.domain.requests.roles import Role
from shared.texts.reader import Language, Reader
from tests.builders import NOW, USER_ID, a_deleted_person, a_request, a_sku
from tests.reading import EVERYBODY, shown
from tests.unit.approvals import asking
from tests.unit.world.people import DAY, NAMED, UNLICENSED, ask, world_with
from tests.unit.world.world import World

STRANGER = Reader(roles=frozenset({Role.REQUEST}), id="somebody")


async def in_line_for_a_seat() -> tuple[World, Record]:
    """A restore that waits for a seat, and its world."""
    world = world_with(UNLICENSED)
    world.directory.license_changes[USER_ID] = [NOW - DAY]
    world.directory.put_sku(a_sku(free_seats=0))
    record = await world.accept(ask(RestoreKind.LICENSE, license=NAMED))
    return world, await world.finish(record.id, until=NOW)


def wait_of(record: Record) -> Waiting:
    """What the restore waits for."""
    assert record.waiting is not None
    return record.waiting


def told(record: Record, reader: Reader = EVERYBODY) -> dict[str, object]:
    """The wait as the reader is shown it."""
    return dict(waiting_document(record, reader) or {})


def day_and_time(at: datetime | None) -> str:
    """An instant as texts show it."""
    assert at is not None
    return f"{at:%Y-%m-%d %H:%M} UTC"


async def test_a_wait_for_a_seat_says_when_it_looks_and_when_it_ends() -> None:
    """The two are days apart, and `until` is the first of them."""
    _, parked = await in_line_for_a_seat()

    message = str(told(parked)["message"])
    assert f"The next look is at {day_and_time(wait_of(parked).until)};" in message
    assert f"waits until {day_and_time(parked.deadline)} at the longest" in message
    assert wait_of(parked).gives_up_at == parked.deadline


async def test_a_wait_for_the_mailbox_says_until_when_it_is_waited_for() -> None:
    """Its own day, and not the window's."""
    world = world_with(a_deleted_person())
    world.directory.mailbox_delay = timedelta(hours=3)

    parked = await world.run((await world.accept(ask(RestoreKind.MAILBOX))).id)

    assert wait_of(parked).gives_up_at == NOW + world.policy.mailbox_deadline
    assert "at the longest" in str(told(parked)["message"])


async def test_a_wait_for_an_approval_says_when_it_is_too_late() -> None:
    """The hourly look at the plan is nothing that whoever decides has to know."""
    world = asking.a_world()

    parked = await asking.waiting(world)

    until = asking.asked(parked).until
    assert f"Without a decision, the restore ends at {day_and_time(until)}." in str(
        told(parked)["message"]
    )


@pytest.mark.parametrize("language", list(Language))
async def test_a_wait_for_an_approval_says_where_to_decide(language: Language) -> None:
    """By a call and on the page, and how to call it off."""
    parked = await asking.waiting(asking.a_world())

    fix = str(told(parked, replace(EVERYBODY, language=language))["fix"])
    assert f"POST /api/restores/{parked.id}/approve" in fix
    assert "/reject" in fix
    assert f"POST /api/restores/{parked.id}/cancel" in fix
    assert fix.count("/api/desk") == 2
    assert "/api/batches" not in fix


async def test_one_of_a_batch_says_where_to_decide_about_all_of_it() -> None:
    """Beside the way to decide about it alone."""
    parked = replace(await asking.waiting(asking.a_world()), batch_id="b4")

    fix = str(told(parked)["fix"])
    assert f"POST /api/restores/{parked.id}/approve" in fix
    assert "POST /api/batches/b4/approve" in fix


async def test_a_wait_says_how_to_call_it_off_as_long_as_nothing_was_changed() -> None:
    """With a function key there is no page to sign in to, and no role."""
    _, parked = await in_line_for_a_seat()
    by_keys = Reader(roles=frozenset({Role.REQUEST}), id="keys", by_keys=True)
    changed = world_with(a_deleted_person())
    changed.directory.mailbox_delay = timedelta(hours=3)
    too_late = await changed.run((await changed.accept(ask(RestoreKind.MAILBOX))).id)

    assert f"POST /api/restores/{parked.id}/cancel" in str(told(parked)["fix"])
    assert str(told(parked, by_keys)["fix"]).endswith(f"POST /api/restores/{parked.id}/cancel.")
    assert "/approve" not in str(told(parked)["fix"])
    assert "cancel" not in str(told(too_late)["fix"])


async def test_a_schedule_has_one_time_and_says_it_once() -> None:
    """It begins then."""
    world = world_with(a_deleted_person())

    parked = await world.run((await world.accept(ask(RestoreKind.USER, not_before=NOW + DAY))).id)

    assert str(told(parked)["message"]).count("2026-") == 1


async def test_the_journal_says_that_it_looks_again_and_not_that_it_ends() -> None:
    """Its line is read after the wait as well."""
    world, parked = await in_line_for_a_seat()

    entries = await world.storage.ledger.journal(parked.id)

    lines = [shown(entry.detail) for entry in entries if entry.event == "parked"]
    assert lines != []
    assert all(line.startswith("the next look is at ") for line in lines)


async def test_the_second_restore_of_a_person_says_what_the_first_one_waits_for() -> None:
    """To whoever may know of it; to a stranger not even which it is."""
    world = world_with(a_deleted_person(licenses=(), license_states=(), plans=()))
    world.directory.license_changes[USER_ID] = [NOW - 3 * DAY]
    world.directory.put_sku(a_sku(free_seats=0))
    asked = await world.accept(ask(RestoreKind.MAILBOX, license=NAMED))
    first = await world.finish(asked.id, until=NOW)

    second = await world.accept(a_request(user=USER_ID, idempotency_key="again"))
    parked = await world.run(second.id)

    to_all, to_stranger = told(parked), told(parked, STRANGER)
    assert to_all["restoreId"] == first.id
    assert f"{first.id}, waits itself: No licence of this kind is free" in str(to_all["message"])
    assert f"/api/restores/{first.id}" in str(to_all["fix"])
    assert first.id not in str(to_stranger)
    assert "No licence" not in str(to_stranger)
    assert "Restore.Read" in str(to_stranger["fix"])
