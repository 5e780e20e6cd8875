"""Whoever asks learns of the approval before the restore waits for it, and by which rule."""

from typing import Any

import pytest

from shared.domain.approval_rules import ApprovalRules
from shared.domain.findings.finding import Finding
from shared.domain.preflight import Preflight
from shared.domain.requests.request import RestoreKind, RestoreRequest
from shared.restore.preflight import check
from tests.builders import UPN, USER_ID, a_person, a_request
from tests.reading import said, shown
from tests.unit.approvals.asking import ALL_KINDS, a_world
from tests.unit.world.world import World

OVERRIDES = ApprovalRules(overrides=True)
REUSE = ApprovalRules(reuse=True)
DROPS = "onAddressConflict: addresses that somebody else has, if any, are left off"


def with_taken_address(rules: ApprovalRules, **person: Any) -> World:
    """A world in which an address of the deleted user is somebody else's."""
    world = a_world(rules, proxy_addresses=("SMTP:taken@contoso.com",), **person)
    world.put(
        a_person(
            id="5eed0004-0000-4000-8000-000000000004",
            user_principal_name="jan@contoso.com",
            mail="taken@contoso.com",
            proxy_addresses=("SMTP:taken@contoso.com",),
        )
    )
    return world


def ask(**fields: Any) -> RestoreRequest:
    """A request for the user, by id."""
    return a_request(kind=RestoreKind.USER, user=USER_ID, **fields)


def approval_in(told: Preflight) -> Finding | None:
    """What the check says of an approval."""
    found = [item for item in told.findings if item.code == "not-approved"]
    assert len(found) <= 1
    return found[0] if found else None


async def test_a_check_says_that_the_restore_would_wait_for_an_approval() -> None:
    """As an info: it is in the way of nothing, and the role is named."""
    told = await check(ask(), a_world().deps)

    finding = approval_in(told)
    assert finding is not None
    assert (finding.severity, told.is_restorable) == ("info", True)
    assert "restores of this kind are approved first" in said(finding).message
    assert "Restore.Approve" in said(finding).fix


async def test_so_does_a_trial_run() -> None:
    """It stops before the wait, and would say nothing of it."""
    world = a_world()

    record = await world.restore(ask(dry_run=True))

    assert [item.code for item in record.warnings] == ["not-approved"]


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        (OVERRIDES, DROPS),
        (REUSE, "a name or an address of the person is in use"),
        (ALL_KINDS, "restores of this kind"),
    ],
    ids=["override", "reuse", "kind"],
)
async def test_a_refusal_says_that_its_way_on_wants_an_approval(
    rules: ApprovalRules, reason: str
) -> None:
    """In the check and on the restore, before somebody sends the request again."""
    world = with_taken_address(rules)

    finding = approval_in(await check(ask(), world.deps))
    record = await world.restore(ask(idempotency_key="k"))

    assert finding is not None
    assert finding.severity == "warn"
    assert reason in said(finding).message
    assert [reason in said(item).message for item in record.warnings] == [True]


async def test_an_approval_for_what_stands_behind_the_first_refusal_is_told_at_once() -> None:
    """Who puts name and address right in one request learns at once who has to decide about it."""
    world = a_world(OVERRIDES)
    world.put(a_person(id="5eed0004-0000-4000-8000-000000000004", user_principal_name=UPN))

    told = await check(ask(), world.deps)
    record = await world.restore(ask(idempotency_key="k"))

    blocks = [item.code for item in told.findings if item.severity == "block"]
    finding = approval_in(told)
    assert blocks == ["upn-conflict", "address-conflict"]
    assert finding is not None
    assert DROPS in said(finding).message
    assert [item.code for item in record.warnings] == ["address-conflict", "not-approved"]


async def test_each_protection_that_is_in_the_way_is_named() -> None:
    """Whoever sets both aside in the next request asks for an approval of both."""
    world = with_taken_address(OVERRIDES, synced=True)

    told = await check(ask(), world.deps)

    finding = approval_in(told)
    assert finding is not None
    assert "allowSynced" in said(finding).message
    assert DROPS in said(finding).message


async def test_the_wait_names_the_protection_that_is_set_aside() -> None:
    """Whoever decides has to know which it is."""
    world = with_taken_address(OVERRIDES)
    record = await world.accept(ask(on_address_conflict="drop"))

    parked = await world.run(record.id)

    assert parked.waiting is not None
    assert DROPS in shown(parked.waiting.text)
    assert "comes back without" in shown(parked.waiting.text)


async def test_the_wait_names_the_new_name() -> None:
    """Of the plan it is the part that the person will notice first."""
    world = a_world()
    renamed = ask(on_upn_conflict="always", new_user_principal_name="adele2@contoso.com")
    record = await world.accept(renamed)

    parked = await world.run(record.id)

    assert parked.waiting is not None
    assert "comes back as adele2@contoso.com" in shown(parked.waiting.text)


@pytest.mark.parametrize("rules", [ApprovalRules(), ApprovalRules(batch_over=1)])
async def test_without_a_rule_that_is_met_nothing_is_said(rules: ApprovalRules) -> None:
    """Neither of a plan nor of a refusal."""
    for world in (a_world(rules), with_taken_address(rules)):
        assert approval_in(await check(ask(), world.deps)) is None
