"""The weekly report: the numbers of the week, and the same seats as the capacity."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.evidence.audit_records import Activity, AuditRecord, LicenseContent
from shared.domain.requests.request import RestoreKind
from shared.lists.capacity import Capacity, read_capacity
from shared.texts.reader import Audience, Language, Reader
from shared.texts.render import words
from shared.upkeep.weekly_report import send_weekly_report, sentences
from tests.builders import NOW, a_request, a_sku
from tests.unit.world.watched import DAY, Watched, somebody, the_data, unlicensed

CROWD = [somebody(number, proxy_addresses=()) for number in range(10)]


def deleted(world: Watched, number: int, days_ago: float) -> None:
    """Somebody was deleted that long ago."""
    world.put(replace(CROWD[number], deleted_at=NOW - days_ago * DAY))


async def test_lost_saved_closing_and_seats() -> None:
    """Of the last seven days, and of the next; the seats are those of the capacity."""
    world = Watched()
    world.directory.put_sku(a_sku(free_seats=2))
    for number, days_ago in enumerate((1, 2, 8, 25, 29)):
        deleted(world, number, days_ago)
    deleted(world, 9, 3)
    await world.restore(a_request(kind=RestoreKind.USER, user=CROWD[9].id))
    world.directory.put_sku(a_sku(free_seats=2))

    await send_weekly_report(world.deps)

    [alert] = world.alerts("weekly-report")
    data = the_data(alert)
    capacity = await read_capacity(world.deps)
    assert (alert["type"], alert["id"]) == (
        "restore.weekly-report.v1",
        f"weekly-report-{world.clock.now():%Y-%m-%d}",
    )
    assert (data["lost"], data["saved"], data["closing"], data["people"]) == (2, 1, 2, 5)
    [seats] = data["seats"]
    assert (seats["needed"], seats["short"]) == (5, 3)
    assert [(one.needed, one.short) for one in capacity.seats] == [(5, 3)]
    assert data["message"] == (
        "To bring all 5 people back you need 3 more Office 365 E3;"
        " the first mailbox can come back until 2026-11-23 12:00 UTC."
    )


@pytest.mark.parametrize(
    ("count", "free", "language", "message"),
    [
        (0, 5, "en", "Nobody has lost a mailbox that could still come back."),
        (
            1,
            0,
            "en",
            "To bring the one person back you need 1 more Office 365 E3; the first mailbox",
        ),
        (1, 5, "en", "To bring the one person back you have enough licences; the first mailbox"),
        (2, 0, "da", "2 personer tilbage mangler du 2 flere Office 365 E3;"),
    ],
)
async def test_the_seats_in_words(count: int, free: int, language: str, message: str) -> None:
    """In the language of the deployment."""
    world = Watched(audience=Audience(Language(language)))
    world.directory.put_sku(a_sku(free_seats=free))
    for number in range(count):
        deleted(world, number, 1)

    await send_weekly_report(world.deps)

    [alert] = world.alerts("weekly-report")
    assert message in str(the_data(alert)["message"])


_ENOUGH_FOR_TWO = (
    "To bring all 2 people back you have enough licences; the first mailbox can come back until"
    " 2026-12-17 12:00 UTC. Of 2 more people it is not known yet which licence went: no licence is"
    " counted for them."
)
_NOTHING_KNOWN = (
    "Of one person it is not known yet which licence went: no licence is counted for this person."
    " The first mailbox can come back until 2026-12-17 12:00 UTC."
)


@pytest.mark.parametrize(
    ("people", "unknown", "message"), [(4, 2, _ENOUGH_FOR_TWO), (1, 1, _NOTHING_KNOWN)]
)
def test_nobody_is_said_to_have_licences_enough_whose_licence_is_not_known(
    people: int, unknown: int, message: str
) -> None:
    """What is not counted is said, and is no promise."""
    first = datetime(2026, 12, 17, 12, tzinfo=UTC)
    capacity = Capacity(people, (), first, license_unknown=unknown)

    assert " ".join(words(one, Reader()).message for one in sentences(capacity)) == message


async def test_the_report_counts_those_whose_licence_is_not_known() -> None:
    """As the capacity does, and only where there are any."""
    world = Watched()
    world.directory.put_sku(a_sku(free_seats=9))
    at = NOW - 4 * DAY
    for person in CROWD[:4]:
        world.put(unlicensed(person))
        world.directory.license_hints[person.id] = [at]
        had, has = LicenseContent(person.licenses), LicenseContent(())
        record = AuditRecord(person.id, at, Activity.UPDATE_USER, before=had, after=has)
        world.directory.audit_records.append(record)

    await send_weekly_report(world.deps)

    [alert] = world.alerts("weekly-report")
    data = the_data(alert)
    assert (data["people"], data["licenseUnknown"]) == (4, 2)
    assert "Of 2 more people it is not known yet" in data["message"]


async def test_a_report_of_the_same_day_has_the_same_id() -> None:
    """A timer may run twice; the next week's is another."""
    world = Watched()
    await send_weekly_report(world.deps)
    await send_weekly_report(world.deps)
    world.clock.advance(timedelta(days=7))
    await send_weekly_report(world.deps)

    ids = [alert["id"] for alert in world.alerts("weekly-report")]
    assert (ids[0] == ids[1], ids[1] == ids[2]) == (True, False)


async def test_saved_are_people_who_are_back_and_stayed() -> None:
    """Whoever was lost again, or whose restore was undone, was not saved."""
    world = Watched()
    for number in range(4):
        deleted(world, number, 2)
        undone = (await world.restore(a_request(kind=RestoreKind.USER, user=CROWD[number].id))).id
    deleted(world, 2, 1)
    stored = await world.storage.ledger.read(undone)
    assert stored is not None
    await world.storage.ledger.write(stored, stored.record.undone("another", world.clock.now()))

    await send_weekly_report(world.deps)

    [alert] = world.alerts("weekly-report")
    assert the_data(alert)["saved"] == 2
