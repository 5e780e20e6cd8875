"""The decision table, every row: a tenant's state and a request, and what is decided."""

from dataclasses import replace

import pytest

from shared.domain.admin_roles import AdminRoles, RoleSource
from shared.domain.decide import decide
from shared.domain.decision import Case, StepName
from shared.domain.licensing.known import LicenseSource
from shared.domain.person import AssignedLicense, HolderKind
from shared.domain.requests.request import LicenseChoice
from shared.domain.snapshot import Policy, Several, Snapshot
from tests.builders import ENTERPRISEPACK_ID, NOW, TEAMS_PLAN_ID, a_sku
from tests.reading import said, shown, unsaid
from tests.unit.domain.rows_of_licenses import LICENSE_ROWS
from tests.unit.domain.rows_of_users import USER_ROWS
from tests.unit.domain.table import (
    ADDRESS_TAKEN,
    BY,
    DAY,
    DELETED,
    LOST_2_DAYS_AGO,
    OFF_BY_HAND,
    SHARED,
    UNLICENSED,
    UPN_TAKEN,
    Row,
    ask,
    deleted_for,
    seen,
)


@pytest.mark.parametrize("row", [*USER_ROWS, *LICENSE_ROWS], ids=lambda row: row.name)
def test_every_row_of_the_table(row: Row) -> None:
    """The same state and request always end in this plan or outcome."""
    decision = decide(row.snapshot, row.request, row.policy, now=NOW, by=BY)

    assert row.code == (decision.ending.code if decision.ending else None)
    assert row.plan == decision.plan
    assert row.verdict is decision.window.verdict
    assert row.case is decision.case
    assert row.warnings == tuple(item.code for item in decision.warnings)
    assert [item for item in decision.findings if unsaid(item)] == []
    if decision.ending is not None:
        assert said(decision.ending).message
        assert said(decision.ending).fix


def test_every_fault_is_found_at_once() -> None:
    """A closed window does not hide the clash, the role, or the synchronisation."""
    snapshot = seen(
        replace(deleted_for(31 * DAY), synced=True),
        conflicts=(UPN_TAKEN, ADDRESS_TAKEN),
        roles=AdminRoles(("User Administrator",)),
    )

    decision = decide(snapshot, ask(), Policy(), now=NOW, by=BY)

    assert [item.code for item in decision.findings if item.severity == "block"] == [
        "window-closed",
        "synced-from-on-premises",
        "privileged-user",
        "upn-conflict",
        "address-conflict",
    ]


@pytest.mark.parametrize("kind", ["user", "mailbox"])
def test_when_it_is_too_late_nothing_is_said_of_a_return(kind: str) -> None:
    """Neither what was not looked at before it, nor what else would be in its way."""
    snapshot = seen(
        deleted_for(31 * DAY),
        conflicts=(UPN_TAKEN, ADDRESS_TAKEN),
        holders_not_seen=frozenset({HolderKind.GROUP}),
        roles=AdminRoles(not_looked=frozenset({RoleSource.ACTIVE})),
    )
    request = ask(kind, on_upn_conflict="rename", new_user_principal_name="new@contoso.com")

    decision = decide(snapshot, request, Policy(verify_mailbox=False), now=NOW, by=BY)

    assert decision.warnings == ()
    assert {item.severity for item in decision.findings} == {"block"}


def test_what_a_closed_window_rests_on_is_still_said() -> None:
    """Whoever doubts that it is over has to know."""
    declared = ask(license_removed_at=NOW - DAY)

    decision = decide(seen(deleted_for(31 * DAY)), declared, Policy(), now=NOW, by=BY)

    assert decision.ending is not None
    assert decision.ending.code == "window-closed"
    assert [item.code for item in decision.warnings] == ["declared-not-used"]


def test_the_plan_switched_off_is_switched_on_and_the_others_stay_off() -> None:
    """The licence is sent again without the Exchange plan among the disabled ones."""
    snapshot = seen(OFF_BY_HAND, audit=LOST_2_DAYS_AGO)

    decision = decide(snapshot, ask("license"), Policy(), now=NOW, by=BY)

    assert decision.licenses is not None
    assert decision.licenses.source is LicenseSource.PRESENT
    assert decision.licenses.licenses == (AssignedLicense(ENTERPRISEPACK_ID, (TEAMS_PLAN_ID,)),)


def test_an_ambiguous_name_lists_the_candidates_with_their_ends() -> None:
    """Each candidate comes with its id, its name, when it was deleted and when it ends."""
    decision = decide(Snapshot(Several((DELETED, SHARED))), ask(), Policy(), now=NOW, by=BY)

    assert [(one.id, one.user_principal_name, one.case) for one in decision.candidates] == [
        (person.id, person.user_principal_name, Case.DELETED_USER) for person in (DELETED, SHARED)
    ]
    ends = [one.window and one.window.ends_at for one in decision.candidates]
    assert ends == [NOW + 28 * DAY] * 2
    assert "fits 2 people" in said(decision.ending).message


def test_what_is_found_behind_the_first_block_is_a_warning() -> None:
    """The caller puts everything right at once, not one fault a try."""
    snapshot = seen(replace(DELETED, synced=True), conflicts=(UPN_TAKEN, ADDRESS_TAKEN))

    decision = decide(snapshot, ask(), Policy(), now=NOW, by=BY)

    assert decision.ending is not None
    assert decision.ending.code == "synced-from-on-premises"
    assert [item.code for item in decision.warnings] == ["upn-conflict", "address-conflict"]


def test_an_inferred_licence_says_how_it_is_known() -> None:
    """Never guessed in silence: the step names the SKU and where it comes from."""
    policy = Policy(default_sku_ids=(ENTERPRISEPACK_ID,))

    decision = decide(
        seen(UNLICENSED, audit=LOST_2_DAYS_AGO), ask("license"), policy, now=NOW, by=BY
    )

    detail = decision.detail(StepName.ASSIGN_LICENSE)
    assert shown(detail) == "Office 365 E3 (ENTERPRISEPACK) (the setting DEFAULT_SKU_IDS)"


def test_odd_wishes_and_missing_seats_are_said() -> None:
    """A plan that is in no SKU is not dropped in silence, and a full SKU is known beforehand."""
    choice = LicenseChoice(sku_ids=(ENTERPRISEPACK_ID,), disabled_plans=("no-such-plan",))
    full = Snapshot(UNLICENSED, skus=(a_sku(free_seats=0),), audit=LOST_2_DAYS_AGO)

    decision = decide(full, ask("license", license=choice), Policy(), now=NOW, by=BY)

    assert [item.code for item in decision.warnings] == ["plan-not-in-sku", "no-free-seat"]
