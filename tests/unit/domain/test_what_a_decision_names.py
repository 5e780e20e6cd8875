"""What a decision carries beside its plan: the names and instants that its texts and waits need."""

from dataclasses import replace

import pytest

from shared.domain.decide import decide
from shared.domain.decision import Decision, StepName
from shared.domain.evidence.audit_records import AuditEvidence
from shared.domain.evidence.timeline_of import Remembered
from shared.domain.licensing.groups import Group, GroupSeat, GroupStanding
from shared.domain.observations.observation import Observation
from shared.domain.person import AssignedLicense, LicenseState
from shared.domain.requests.request import RestoreRequest
from shared.domain.snapshot import Nobody, Policy, Several, Snapshot
from shared.domain.text import text
from shared.domain.values.json_values import instant
from shared.domain.window import WindowVerdict
from shared.domain.window.timeline import changed
from tests.builders import ENTERPRISEPACK_ID, NOW, UPN, a_sku, an_observation
from tests.unit.domain.table import (
    BY,
    DAY,
    DELETED,
    E3,
    GROUP_ID,
    LOST_2_DAYS_AGO,
    NAMED_E3,
    OBSERVED_E3,
    RESTORE,
    SHARED,
    UNLICENSED,
    USER,
    ask,
    seen,
)


def _decided(snapshot: Snapshot, request: RestoreRequest) -> Decision:
    return decide(snapshot, request, Policy(), now=NOW, by=BY)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Several((DELETED, SHARED)), text("ambiguous-user", asked=UPN, count=2)),
        (Nobody(), text("user-not-found", asked=UPN)),
        (Nobody(was_seen=True), text("user-purged", asked=UPN)),
    ],
    ids=["several", "nobody", "purged"],
)
def test_who_is_not_found_is_named_as_asked_for(found: Several | Nobody, told: object) -> None:
    """The caller has no other word for the person."""
    assert [one.text for one in _decided(Snapshot(found), ask()).findings] == [told]


def test_a_loss_before_the_deletion_names_both_instants() -> None:
    """Once deleted, a leaver and a converted shared mailbox look alike; the caller tells them."""
    lost_at = NOW - 5 * DAY
    gone = AuditEvidence(changed(lost_at, before=True, after=False))

    decision = _decided(seen(SHARED, audit=gone), ask())

    [unknown] = [one for one in decision.findings if one.code == "license-unknown"]
    assert SHARED.deleted_at is not None
    assert unknown.text.variant == "then-deleted"
    assert unknown.text.param("changed") == instant(lost_at)
    assert unknown.text.param("deleted") == instant(SHARED.deleted_at)


def test_a_guest_comes_back_without_a_mailbox_in_plan_or_text() -> None:
    """It is of another tenant."""
    guest = replace(SHARED, user_principal_name="ann_fabrikam.com#EXT#@contoso.com", mail=UPN)

    decision = _decided(seen(guest), ask())

    assert decision.is_outsider
    assert decision.plan == (RESTORE, USER)
    assert not _decided(seen(SHARED), ask()).is_outsider


@pytest.mark.parametrize("was_seen", [True, False])
def test_whose_mailbox_was_there_once_is_looked_for(*, was_seen: bool) -> None:
    """Though no address of it is left, and no licence: Exchange has deleted it, or it was seen."""
    bare = replace(SHARED, mail=None, proxy_addresses=())
    removed = replace(bare, user_principal_name="ExRemoved-1@contoso.com")
    renamed = replace(ask("user"), on_upn_conflict="rename", new_user_principal_name=UPN)
    remembered = Remembered(Observation(bare.id, purpose="shared" if was_seen else None))

    assert StepName.VERIFY_MAILBOX in _decided(seen(removed), renamed).plan
    plan = _decided(seen(bare, remembered=remembered), ask("user")).plan
    assert (StepName.VERIFY_MAILBOX in plan) is was_seen


def test_of_a_window_that_nobody_knows_nothing_is_promised() -> None:
    """The person was last seen with a licence, and has one now that nobody can judge."""
    perhaps = replace(UNLICENSED, licenses=(AssignedLicense("unlisted"),))
    remembered = Remembered(an_observation(perhaps.id, seen_at=NOW - 3 * DAY))
    asked = replace(ask(license=NAMED_E3), accept_unknown_window=True)

    decision = _decided(seen(perhaps, remembered=remembered), asked)

    assert decision.ending is None
    assert decision.window.verdict is WindowVerdict.UNKNOWN
    assert not decision.may_promise


def test_the_group_that_lacks_a_seat_is_named_with_its_licence() -> None:
    """A restore waits for it by these names, and whoever waits reads them."""
    state = LicenseState(ENTERPRISEPACK_ID, GROUP_ID, "Error", "CountViolation")
    full = replace(UNLICENSED, license_states=(state,))
    sales = Group(GROUP_ID, "Sales", GroupStanding.ACTIVE)
    named = f"Sales ({GROUP_ID})"

    decision = _decided(seen(full, audit=LOST_2_DAYS_AGO, groups=(sales,)), ask("license"))

    assert decision.group_seat == GroupSeat(GROUP_ID, named, ENTERPRISEPACK_ID, E3.label)
    assert decision.license_names == (E3.label,)
    assert [one.text for one in decision.findings] == [
        text("no-free-seat", "group", group=named, licenses=(E3.label,))
    ]


def test_a_group_whose_subscription_is_unpaid_is_told_what_else_has_seats() -> None:
    """A seat more would not help."""
    state = LicenseState(ENTERPRISEPACK_ID, GROUP_ID, "Error", "CountViolation")
    full = replace(UNLICENSED, license_states=(state,))
    unpaid = replace(E3, capability_status="Suspended", free_seats=0)
    other = a_sku(sku_id="other", part_number="OTHER")

    decision = _decided(seen(full, audit=LOST_2_DAYS_AGO, skus=(unpaid, other)), ask("license"))

    assert [one.text for one in decision.findings] == [
        text("subscription-suspended", licenses=(E3.label,), others=(other.label,)),
        text("no-free-seat", "group", group=GROUP_ID, licenses=(E3.label,)),
    ]


def test_with_an_unknown_window_it_waits_until_the_deletion_is_over() -> None:
    """Then the mailbox is gone, whenever its licence went."""
    request = ask(license=NAMED_E3, accept_unknown_window=True)
    last_seen = Remembered(an_observation(seen_at=NOW - 40 * DAY))

    decision = _decided(seen(SHARED, remembered=last_seen, known=(OBSERVED_E3,)), request)

    assert decision.window.verdict is WindowVerdict.UNKNOWN
    assert decision.deadline == NOW + 28 * DAY
    assert _decided(seen(UNLICENSED), request).deadline is None
