"""What is said of an active person who is given nothing: each text whole, with what it names."""

from dataclasses import replace

import pytest

from shared.domain.findings.codes import FindingCode
from shared.domain.observations.observation import PlanRun
from shared.domain.observations.rounds import RoundLog, RoundStretch
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense, Person, UserPlan
from shared.domain.preflight import Preflight
from shared.domain.requests.request import RestoreKind
from shared.domain.text import Text, text
from shared.domain.values.json_values import instant
from shared.ports.watch import DeltaRound, StoredDeltaRound
from shared.restore.preflight import check
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    UPN,
    USER_ID,
    a_person,
    a_sku,
    an_observation,
)
from tests.fakes.refusals import denied
from tests.unit.world.people import DAY, UNLICENSED, ask, world_with
from tests.unit.world.world import World

_E3 = "Office 365 E3 (ENTERPRISEPACK)"
_SUSPENDED = a_person(plans=(UserPlan(EXCHANGE_PLAN_ID, "Suspended"),))
_OTHER = a_sku(sku_id="4b9405b0-7788-4568-add1-99614e613b69", part_number="OTHER", free_seats=3)
_LOST = an_observation(USER_ID, AssignedLicense(ENTERPRISEPACK_ID), lost_at=NOW - 5 * DAY)


def _world(person: Person = a_person(), *, silent: bool = False) -> World:  # noqa: B008 - frozen
    world = world_with(person)
    if silent:
        world.directory._mailbox_at[USER_ID] = NOW + 99 * DAY
    return world


async def _told(world: World, kind: RestoreKind = RestoreKind.MAILBOX) -> Preflight:
    return await check(ask(kind), world.deps)


def _texts(told: Preflight) -> list[Text]:
    return [item.text for item in told.findings]


@pytest.mark.parametrize(
    ("kind", "variant"),
    [
        (RestoreKind.USER, "user"),
        (RestoreKind.LICENSE, "license"),
        (RestoreKind.MAILBOX, "answers"),
    ],
)
async def test_who_has_it_all_is_told_what_was_looked_at(kind: RestoreKind, variant: str) -> None:
    """And no more than that: only the kind `mailbox` asks the mailbox."""
    assert [
        (one.code, one.text.variant, one.text.params)
        for one in (await _told(_world(), kind)).findings
    ] == [(Code.ALREADY_ACTIVE, variant, (("user", UPN),))]


async def test_a_mailbox_that_may_not_be_asked_is_not_said_to_answer() -> None:
    """The licence is what was seen; a missing permission is named."""
    world = _world()
    world.directory.fail_next("mailbox", denied())

    assert _texts(await _told(world)) == [
        text("mailbox-not-verified", "unseen", permission="MailboxSettings.Read"),
        text("already-active", user=UPN),
    ]


async def test_a_silent_mailbox_is_said_to_be_silent() -> None:
    """A check looks once."""
    told = _texts(await _told(_world(silent=True)))

    assert told[-1] == text("already-active", "silent", user=UPN)
    assert FindingCode.MAILBOX_NOT_ANSWERING in [one.code for one in told]
    ended = await _world(silent=True).restore(ask(RestoreKind.MAILBOX))
    assert ended.outcome is not None
    assert ended.outcome.text == text("mailbox-not-seen", "licensed", user=UPN)


@pytest.mark.parametrize("silent", [True, False])
async def test_who_cannot_sign_in_is_named(silent: bool) -> None:  # noqa: FBT001 - a column
    """Nobody would look for it there; of a shared mailbox it is as it should be."""
    world = _world(a_person(account_enabled=False), silent=silent)
    blocked = text("sign-in-blocked", "active", user=UPN)

    assert blocked in _texts(await _told(world))
    assert blocked not in _texts(await _told(world, RestoreKind.LICENSE))
    world.directory.purposes[USER_ID] = "shared"
    assert silent or blocked not in _texts(await _told(world))


async def test_an_unpaid_licence_that_the_tenant_lists_no_more_is_named_by_its_id() -> None:
    """What went from a shared mailbox beside it is told as well."""
    unlisted = replace(_SUSPENDED, licenses=(AssignedLicense("gone"),))
    world = _world(unlisted)
    world.directory.purposes[USER_ID] = "shared"
    await world.storage.observations.note(replace(_LOST, purpose="shared"))

    suspended, shared, idle = _texts(await _told(world))

    assert suspended == text("subscription-suspended", licenses=("gone",), others=(_E3,))
    assert (shared.code, shared.param("licenses")) == ("shared-unlicensed", (_E3,))
    assert idle == text("already-active", "suspended", user=UPN, licenses=("gone",), others=(_E3,))


async def test_of_a_shared_mailbox_the_licence_that_went_is_named() -> None:
    """With the instants between which it went, and the end of what hangs on it."""
    world = _world(UNLICENSED)
    world.directory.purposes[USER_ID] = "shared"
    await world.storage.observations.note(replace(_LOST, purpose="shared"))
    [gone] = _LOST.lost

    assert _texts(await _told(world)) == [
        text(
            "shared-unlicensed",
            licenses=(_E3,),
            at=instant(gone.by),
            until=instant(gone.after + 30 * DAY),
        ),
        text("already-active", "shared", user=UPN),
    ]


async def test_of_a_shared_mailbox_a_licence_that_went_long_ago_is_named_with_its_end() -> None:
    """The same instants; the words say that it is over."""
    world = _world(UNLICENSED)
    world.directory.purposes[USER_ID] = "shared"
    await world.storage.observations.note(replace(_LOST, purpose="shared"))
    [gone] = _LOST.lost
    over = gone.after + 30 * DAY
    world.clock.advance(over - NOW)

    told = [one for one in _texts(await _told(world)) if one.code == "shared-unlicensed"]

    assert told == [
        text(
            "shared-unlicensed",
            "over",
            licenses=(_E3,),
            at=instant(gone.by),
            until=instant(over),
        )
    ]


async def test_of_a_shared_mailbox_a_change_in_the_log_is_told_with_the_end_it_may_have() -> None:
    """The log says that licences were changed, and not which."""
    world = _world(UNLICENSED)
    world.directory.purposes[USER_ID] = "shared"
    changed = NOW - 3 * DAY
    world.directory.license_hints[USER_ID] = [changed]

    told = [one for one in _texts(await _told(world)) if one.code == "shared-unlicensed"]

    assert told == [
        text(
            "shared-unlicensed",
            "perhaps",
            at=instant(changed),
            until=instant(changed + 30 * DAY),
        )
    ]


async def test_a_guest_is_not_said_to_lack_a_licence() -> None:
    """Kind `user` looks at the account alone, and a guest has none."""
    guest = "m#EXT#@contoso.com"
    world = _world(replace(UNLICENSED, user_principal_name=guest))

    told = _texts(await _told(world, RestoreKind.USER))

    assert told == [text("already-active", "user", user=guest)]


async def test_a_shared_mailbox_is_not_said_to_lack_a_licence() -> None:
    """It was seen as one, and kind `user` does not ask what it is now."""
    world = _world(UNLICENSED)
    await world.storage.observations.note(replace(_LOST, purpose="shared"))

    told = _texts(await _told(world, RestoreKind.USER))

    assert text("already-active", "user", user=UPN) in told


async def test_a_mailbox_that_answers_without_saying_what_it_is_was_a_shared_one() -> None:
    """The last purpose that was read counts, and is not said to have been read now."""
    world = _world(UNLICENSED)
    world.directory.lingering.add(USER_ID)
    world.directory.purposes[USER_ID] = None
    await world.storage.observations.note(replace(_LOST, purpose="shared"))

    assert text("already-active", "shared-unsaid", user=UPN) in _texts(await _told(world))


_GUEST = replace(UNLICENSED, user_principal_name="ann_fabrikam.com#EXT#@contoso.com", mail=None)


async def test_a_guest_whom_no_source_saw_with_a_mailbox_has_none_in_the_text() -> None:
    """Nobody is told that a mailbox was lost which never was in this tenant."""
    assert _texts(await _told(_world(_GUEST))) == [
        text("already-active", "without-mailbox", user=_GUEST.user_principal_name)
    ]


async def test_a_guests_mailbox_that_was_last_seen_to_be_shared_is_a_shared_one() -> None:
    """The last purpose that was read counts, of a guest as well."""
    world = _world(_GUEST)
    never_licensed = an_observation(USER_ID, lost_at=NOW - 5 * DAY)
    await world.storage.observations.note(
        replace(never_licensed, runs=never_licensed.runs[1:], purpose="shared")
    )

    assert _texts(await _told(world)) == [
        text("already-active", "shared-seen", user=_GUEST.user_principal_name)
    ]


async def test_kind_user_names_who_lost_a_licence() -> None:
    """It is not this kind's business, and is told all the same."""
    world = _world(UNLICENSED)
    await world.storage.observations.note(_LOST)

    assert _texts(await _told(world, RestoreKind.USER)) == [
        text("license-missing", user=UPN),
        text("already-active", "user-unlicensed", user=UPN),
    ]


async def test_a_shared_mailbox_that_is_silent_is_not_said_to_answer() -> None:
    """It was last seen as a shared one, which no licence is given to; more was not seen."""
    world = _world(UNLICENSED, silent=True)
    await world.storage.observations.note(replace(_LOST, purpose="shared"))

    assert text("already-active", "shared-seen", user=UPN) in _texts(await _told(world))


@pytest.mark.parametrize(("is_remembered", "is_new"), [(True, True), (False, False)])
async def test_a_mailbox_began_anew_only_for_whom_was_remembered_without(
    *, is_remembered: bool, is_new: bool
) -> None:
    """Of somebody who is not remembered, as after an erasure, the rounds say nothing."""
    world = _world()
    looks = RoundStretch(NOW - 60 * DAY, NOW - DAY / 24)
    world.storage.rounds.stored = StoredDeltaRound(DeltaRound(log=RoundLog((looks,))), None)
    if is_remembered:
        runs = (PlanRun(False, NOW - 50 * DAY, NOW - 3 * DAY), PlanRun(True, NOW - 2 * DAY, NOW))  # noqa: FBT003
        await world.storage.observations.note(replace(_LOST, runs=runs, lost=()))

    told = {item.text.code for item in (await _told(world)).findings}

    assert ("mailbox-is-new" in told) is is_new
