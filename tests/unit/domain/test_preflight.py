"""The preflight of every row of the decision table: the decision, and what it would bring."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.documents.preflight import preflight_document
from shared.domain.admin_roles import AdminRoles
from shared.domain.decide import decide
from shared.domain.evidence.timeline_of import Remembered
from shared.domain.outcomes import Code, outcome
from shared.domain.person import Person
from shared.domain.preflight import Preflight, preflight_of, unseen_preflight
from shared.domain.requests.request import LicenseChoice, RestoreRequest
from shared.domain.snapshot import Policy, Several, Snapshot
from tests.builders import (
    ENTERPRISEPACK_ID,
    NOW,
    TEAMS_PLAN_ID,
    UPN,
    USER_ID,
    a_person,
    an_observation,
)
from tests.reading import EVERYBODY, said
from tests.unit.domain.rows_of_licenses import LICENSE_ROWS
from tests.unit.domain.rows_of_users import NEW_NAME, USER_ROWS
from tests.unit.domain.table import (
    ADDRESS_TAKEN,
    BY,
    DELETED,
    FLOW_FREE_ID,
    LOST_2_DAYS_AGO,
    NAMED_E3,
    SHARED,
    UNLICENSED,
    UPN_TAKEN,
    Row,
    ask,
    deleted_for,
    seen,
)

ROWS = [*USER_ROWS, *LICENSE_ROWS]
DAY = timedelta(days=1)
SIGN_IN = "groups-come-back not-looked-at sign-in-state password-may-need-reset"
GONE_LICENSE = seen(UNLICENSED, audit=LOST_2_DAYS_AGO)


def preflight(snapshot: Snapshot, request: RestoreRequest, policy: Policy) -> Preflight:
    """The preflight at NOW."""
    return preflight_of(decide(snapshot, request, policy, now=NOW, by=BY), snapshot)


def infos(snapshot: Snapshot, request: RestoreRequest) -> dict[str, str]:
    """What would come of it: code and message of the findings that the decision does not have."""
    decided = len(decide(snapshot, request, Policy(), now=NOW, by=BY).findings)
    found = preflight(snapshot, request, Policy()).findings[decided:]
    return {item.code: said(item).message for item in found}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_row_of_the_table_is_told_as_decided(row: Row) -> None:
    """Case, window, plan and findings are the decision's; what is added is information only."""
    decision = decide(row.snapshot, row.request, row.policy, now=NOW, by=BY)

    told = preflight(row.snapshot, row.request, row.policy)

    assert (row.case, () if row.code else row.plan) == (told.case, told.plan)
    assert told.window == decision.window
    assert told.findings[: len(decision.findings)] == decision.findings
    assert {item.severity for item in told.findings[len(decision.findings) :]} <= {"info", "warn"}
    assert told.is_restorable == (row.code is None)
    blocking = None if row.code is Code.ALREADY_ACTIVE else row.code
    assert blocking == (told.block.code if told.block else None)
    assert all(said(item).message and said(item).fix for item in told.findings)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_row_is_a_document_of_the_contract(row: Row) -> None:
    """The fields of the contract, and no others."""
    document = preflight_document(preflight(row.snapshot, row.request, row.policy), EVERYBODY)

    assert list(document) == ["restorable", "case", "window", "plan", "findings", "candidates"]
    assert document["case"] == row.case.value
    assert isinstance(document["window"], dict)
    assert document["window"]["verdict"] == row.verdict.value
    assert isinstance(document["findings"], list)
    for item in document["findings"]:
        assert list(item) == ["code", "severity", "message", "fix"]


def test_a_user_as_asked_is_not_restorable_and_not_blocked() -> None:
    """A flow must not start a restore for nothing; the finding tells "no need" from "no"."""
    told = preflight(seen(a_person()), ask(), Policy())

    assert (told.is_restorable, told.block) == (False, None)
    assert [(item.code, item.severity) for item in told.findings] == [("already-active", "info")]


def test_every_fault_is_told_at_once() -> None:
    """All blocks, in the order of the run; and no promise about a mailbox that is lost."""
    snapshot = seen(
        replace(deleted_for(31 * DAY), synced=True),
        conflicts=(UPN_TAKEN, ADDRESS_TAKEN),
        roles=AdminRoles(("User Administrator",)),
    )

    told = preflight(snapshot, ask(), Policy())

    assert [(item.code, item.severity) for item in told.findings] == [
        ("window-closed", "block"),
        ("synced-from-on-premises", "block"),
        ("privileged-user", "block"),
        ("upn-conflict", "block"),
        ("address-conflict", "block"),
    ]
    assert UPN_TAKEN.holder_id in said(told.findings[3]).message
    assert ADDRESS_TAKEN.value in said(told.findings[4]).message


@pytest.mark.parametrize(
    ("snapshot", "request_", "codes"),
    [
        (
            seen(DELETED),
            ask(),
            f"licenses-come-back {SIGN_IN} mailbox-comes-back",
        ),
        (seen(SHARED), ask(), "groups-come-back not-looked-at sign-in-state"),
        (
            seen(replace(SHARED, account_enabled=None, mail=None)),
            ask("user"),
            "groups-come-back not-looked-at",
        ),
        (
            seen(SHARED, audit=LOST_2_DAYS_AGO),
            ask(license=NAMED_E3),
            (
                "groups-come-back not-looked-at sign-in-state license-chosen seats-free"
                " mailbox-comes-back"
            ),
        ),
        (GONE_LICENSE, ask(license=NAMED_E3), "license-chosen seats-free mailbox-comes-back"),
        (
            replace(GONE_LICENSE, skus=tuple(replace(x, free_seats=0) for x in GONE_LICENSE.skus)),
            ask(license=NAMED_E3),
            "license-chosen mailbox-comes-back",
        ),
        (
            seen(UNLICENSED),
            ask(license=NAMED_E3, accept_unknown_window=True),
            "license-chosen seats-free",
        ),
    ],
    ids=["deleted", "shared", "no mail", "both", "licence", "no seat", "unknown"],
)
def test_what_comes_back_is_told(snapshot: Snapshot, request_: RestoreRequest, codes: str) -> None:
    """Licences, groups, sign-in and mailbox of a deleted user; the licence, and its seats."""
    assert codes.split() == list(infos(snapshot, request_))


def test_a_mailbox_that_was_seen_as_a_shared_one_is_called_so() -> None:
    """And that it needs no licence: whoever reads this would look for a seat."""
    known = Remembered(an_observation(lost_at=NOW - 40 * DAY, purpose="shared"))

    told = infos(replace(seen(SHARED), remembered=known), ask())

    assert "shared, room or equipment mailbox" in told["mailbox-comes-back"]
    assert "needs no licence" in told["mailbox-comes-back"]
    assert "shared" not in infos(seen(DELETED), ask())["mailbox-comes-back"]


def test_the_licence_is_named_with_where_it_is_known_from() -> None:
    """Never guessed in silence."""
    told = infos(GONE_LICENSE, ask(license=NAMED_E3))

    assert told["license-chosen"] == (
        "To be assigned: Office 365 E3 (ENTERPRISEPACK) (named in the request)."
    )
    assert told["seats-free"] == "Free licences: Office 365 E3 (ENTERPRISEPACK): 5."
    assert "ENTERPRISEPACK" in infos(seen(DELETED), ask())["licenses-come-back"]


@pytest.mark.parametrize(("person", "shown"), [(DELETED, "allowed"), (SHARED, "blocked")])
def test_the_sign_in_state_is_shown_and_not_promised(person: Person, shown: str) -> None:
    """Nobody documents whether a restore keeps it, so the caller is told to look."""
    told = infos(seen(person), ask())["sign-in-state"]

    assert shown in told
    assert "may change" in told


def test_a_rename_is_told_with_the_holder_of_the_name() -> None:
    """No block, but the caller should know whose name it is now."""
    told = infos(seen(DELETED, conflicts=(UPN_TAKEN,)), ask(**NEW_NAME))

    assert UPN_TAKEN.holder_id in told["user-renamed"]


def test_a_rename_in_vain_is_not_told() -> None:
    """The new name is taken, too: the user comes back under neither."""
    taken = replace(UPN_TAKEN, value="Megan2@contoso.com")

    assert "user-renamed" not in infos(seen(DELETED, conflicts=(UPN_TAKEN, taken)), ask(**NEW_NAME))


def test_plans_that_are_in_no_sku_are_told() -> None:
    """A warning, with what to do about it."""
    named = LicenseChoice((ENTERPRISEPACK_ID,), (), (TEAMS_PLAN_ID, FLOW_FREE_ID))

    told = preflight(GONE_LICENSE, ask("license", license=named), Policy())

    [warning] = [item for item in told.findings if item.severity == "warn"]
    assert warning.code == "plan-not-in-sku"
    assert said(warning).fix
    assert told.is_restorable


def test_candidates_are_listed_with_their_ends() -> None:
    """Newest first, each with what it takes to choose one; an active one has no end."""
    snapshot = Snapshot(Several((DELETED, UNLICENSED)))

    document = preflight_document(preflight(snapshot, ask(), Policy()), EVERYBODY)

    assert document["candidates"] == [
        {
            "id": USER_ID,
            "userPrincipalName": UPN,
            "displayName": "Megan Bowen",
            "case": "deleted-user",
            "window": {
                "verdict": "open",
                "startedAt": "2026-11-20T12:00:00Z",
                "endsAt": "2026-12-20T12:00:00Z",
                "daysLeft": 28.0,
                "evidence": "deletedDateTime",
            },
            "deletedDateTime": "2026-11-20T12:00:00Z",
        },
        {
            "id": USER_ID,
            "userPrincipalName": UPN,
            "displayName": "Megan Bowen",
            "case": None,
            "window": None,
            "deletedDateTime": None,
        },
    ]


def test_a_preflight_of_what_nobody_could_see_names_no_case() -> None:
    """Graph refused to show the user: "not-found" would be a lie."""
    told = unseen_preflight(outcome(Code.PERMISSION_MISSING, permission="p", said="no"))

    document = preflight_document(told, EVERYBODY)

    assert (document["restorable"], document["case"], document["window"]) == (False, None, None)
    assert told.block is not None
    assert told.block.code == "permission-missing"
