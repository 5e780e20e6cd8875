"""An archive whose own licence went has 30 days of its own, whatever becomes of the mailbox."""

from dataclasses import replace

import pytest

from shared.domain.licensing.held import HeldLicense, LostLicense, Origin
from shared.domain.observations.observation import Observation, PlanRun
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense, UserPlan
from shared.domain.requests.request import RestoreKind
from shared.domain.text import Text, text
from shared.domain.values.json_values import instant
from shared.restore.preflight import check
from tests.builders import (
    ENTERPRISEPACK_ID,
    NOW,
    USER_ID,
    a_deleted_person,
    a_sku,
    an_observation,
)
from tests.unit.world.people import DAY, SHARED, UNLICENSED, ask, world_with
from tests.unit.world.world import World, code_of

_P1_PLAN = "9aaf7827-d63c-4b61-89c3-182f06f82e5c"
_P1 = a_sku(sku_id="p1", part_number="P1", plan_ids=(_P1_PLAN,))
_ARCHIVE = a_sku(
    sku_id="archive", part_number="ARCHIVE", plan_ids=("176a09a6-7ec5-4039-ac02-b2791c6ba793",)
)
_BOTH = (AssignedLicense("p1"), AssignedLicense("archive"))
_LOST_AT = NOW - 2 * DAY


def _world(*people: object) -> World:
    world = world_with(*people)
    world.directory.put_sku(_P1)
    world.directory.put_sku(_ARCHIVE)
    return world


def _told(variant: str = "") -> Text:
    at, until = instant(_LOST_AT), instant(_LOST_AT + 30 * DAY)
    return text("archive-lost", variant, licenses=(_ARCHIVE.label,), at=at, until=until)


async def _archives(world: World) -> list[Text]:
    findings = (await check(ask(RestoreKind.MAILBOX), world.deps)).findings
    return [item.text for item in findings if item.code == "archive-lost"]


@pytest.mark.parametrize("groups", [{"p1": "group"}, {"p1": "group", "archive": "group"}])
async def test_it_is_told_where_no_licence_is_given(groups: dict[str, str]) -> None:
    """The group has to give the mailbox back, and nobody the archive that was given by hand."""
    world = _world(UNLICENSED)
    lost = an_observation(USER_ID, *_BOTH, lost_at=_LOST_AT, groups=groups)
    await world.storage.observations.note(lost)

    assert await _archives(world) == [_told()]


async def test_one_that_the_mailbox_licence_brings_along_is_not_lost() -> None:
    """Plan 2 has an archive, also where a group is to give it."""
    world = _world(UNLICENSED)
    both = (AssignedLicense(ENTERPRISEPACK_ID), AssignedLicense("archive"))
    groups = {ENTERPRISEPACK_ID: "group"}
    lost = an_observation(USER_ID, *both, lost_at=_LOST_AT, groups=groups)
    await world.storage.observations.note(lost)

    assert await _archives(world) == []


def _without_archive() -> Observation:
    archive = HeldLicense("archive", (), Origin.DIRECT)
    runs = (PlanRun(True, NOW - 9 * DAY, NOW - DAY),)  # noqa: FBT003 - a run
    lost = (LostLicense(archive, _LOST_AT, _LOST_AT),)
    return Observation(USER_ID, runs, (HeldLicense("p1", (), Origin.DIRECT),), lost)


async def test_it_is_told_of_whom_comes_back_with_the_mailbox_licence_alone() -> None:
    """The archive's licence went before the deletion; the restore brings the mailbox."""
    licensed = (AssignedLicense("p1"),)
    gone = a_deleted_person(
        licenses=licensed, license_states=(), plans=(UserPlan(_P1_PLAN),), deleted_at=NOW - DAY
    )
    world = _world(gone)
    await world.storage.observations.note(_without_archive())

    assert await _archives(world) == [_told("deleted")]
    record = await world.restore(ask(RestoreKind.MAILBOX))
    assert code_of(record) is Code.MAILBOX_RESTORED
    assert _told("deleted") in [item.text for item in record.warnings]


@pytest.mark.parametrize("is_shown", [True, False])
async def test_what_no_deleted_user_shows_is_not_called_gone(*, is_shown: bool) -> None:
    """Some tenants show no licence on any deleted user; what was seen to go before has gone."""
    world = _world(SHARED)
    held = an_observation(USER_ID, *_BOTH, seen_at=_LOST_AT, purpose="shared")
    if is_shown:
        went = LostLicense(HeldLicense("archive"), _LOST_AT, _LOST_AT)
        held = replace(held, held=held.held[1:], lost=(went,))
    await world.storage.observations.note(held)

    findings = (await check(ask(RestoreKind.MAILBOX), world.deps)).findings

    told = [item.text.param("licenses") for item in findings if item.code == "shared-unlicensed"]
    assert told == ([(_ARCHIVE.label,)] if is_shown else [])
