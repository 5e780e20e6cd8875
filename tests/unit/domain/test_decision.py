"""The decision table, every row: a tenant's state and a request, and what is decided."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from shared.domain.decision import Case, StepName, decide
from shared.domain.licensing import KnownLicenses, LicenseSource
from shared.domain.outcomes import Code
from shared.domain.person import (
    AssignedLicense,
    Conflict,
    ConflictProperty,
    LicenseState,
    Person,
)
from shared.domain.request import LicenseChoice, RestoreKind, RestoreRequest
from shared.domain.snapshot import Nobody, Policy, Several, Snapshot
from shared.domain.window import Evidence, Loss, WindowVerdict
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    TEAMS_PLAN_ID,
    UPN,
    a_deleted_person,
    a_person,
    a_request,
    a_sku,
)

DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
FLOW_FREE_ID = "f30db892-07e9-47e9-837c-80727f46fd3d"
FOUNDATION_PLAN_ID = "113feb6c-3fe4-4440-bddc-54d774bf0318"
GROUP_ID = "0f0f0f0f-0000-4000-8000-00000000000f"

RESTORE, ASSIGN = StepName.RESTORE_USER, StepName.ASSIGN_LICENSE
USER, MAILBOX = StepName.VERIFY_USER, StepName.VERIFY_MAILBOX

E3 = a_sku()
FLOW = a_sku(sku_id=FLOW_FREE_ID, part_number="FLOW_FREE", plan_ids=(FOUNDATION_PLAN_ID,))
SKUS = (E3, FLOW)
E3_LICENSE = AssignedLicense(ENTERPRISEPACK_ID)
OBSERVED_E3 = KnownLicenses((E3_LICENSE,), LicenseSource.OBSERVED)
NAMED_E3 = LicenseChoice(sku_ids=(ENTERPRISEPACK_ID,))

UNLICENSED = a_person(licenses=(), license_states=(), enabled_plans=())
DELETED = a_deleted_person()
SHARED = a_deleted_person(licenses=(), license_states=(), enabled_plans=(), account_enabled=False)
LOST_2_DAYS_AGO = Loss(Evidence.AUDIT, NOW - 2 * DAY)
UPN_TAKEN = Conflict(ConflictProperty.UPN, UPN, "1234", "other@contoso.com")
ADDRESS_TAKEN = Conflict(ConflictProperty.ADDRESS, "megan@contoso.com", "1234", "other@contoso.com")


@dataclass(frozen=True)
class Row:
    """One row: what is seen and asked, and what must come out."""

    name: str
    snapshot: Snapshot
    request: RestoreRequest
    code: Code | None
    """The outcome that ends it here; None if there is a plan."""
    plan: tuple[StepName, ...] = ()
    verdict: WindowVerdict = WindowVerdict.NOT_APPLICABLE
    case: Case = Case.NOT_FOUND
    warnings: tuple[str, ...] = ()
    policy: Policy = field(default_factory=Policy)


def seen(person: Person, **around: object) -> Snapshot:
    """The person in a tenant with two SKUs."""
    return replace(Snapshot(person, skus=SKUS), **around)  # type: ignore[arg-type]


def ask(kind: str = "mailbox", **fields: object) -> RestoreRequest:
    """A request of this kind."""
    return a_request(kind=RestoreKind(kind), **fields)


def deleted_for(age: timedelta) -> Person:
    """A licensed user deleted this long ago."""
    return a_deleted_person(deleted_at=NOW - age)


OPEN, CLOSING, CLOSED = WindowVerdict.OPEN, WindowVerdict.CLOSING, WindowVerdict.CLOSED
UNKNOWN = WindowVerdict.UNKNOWN
FROM_GROUP = KnownLicenses((E3_LICENSE,), LicenseSource.OBSERVED, ((ENTERPRISEPACK_ID, "Sales"),))
SWITCHED_OFF = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID, TEAMS_PLAN_ID))

ROWS = [
    # Who is it?
    Row("nobody", Snapshot(Nobody()), ask(), Code.USER_NOT_FOUND),
    Row("seen before, gone now", Snapshot(Nobody(was_seen=True)), ask(), Code.USER_PURGED),
    Row("two of one name", Snapshot(Several((DELETED, SHARED))), ask(), Code.AMBIGUOUS_USER),
    # Already as asked.
    Row("active, user", seen(a_person()), ask("user"), Code.ALREADY_ACTIVE, case=Case.ACTIVE),
    Row("active, mailbox", seen(a_person()), ask(), Code.ALREADY_ACTIVE, case=Case.ACTIVE),
    Row("active, licence", seen(a_person()), ask("license"), Code.ALREADY_ACTIVE, case=Case.ACTIVE),
    Row(
        "active, the named licence is there",
        seen(a_person()),
        ask("license", license=NAMED_E3),
        Code.ALREADY_ACTIVE,
        case=Case.ACTIVE,
    ),
    Row(
        "active without a licence, user",
        seen(UNLICENSED),
        ask("user"),
        Code.ALREADY_ACTIVE,
        case=Case.LICENSE_REMOVED,
    ),
    # A deleted user: its own licences come back with it.
    *(
        Row(
            f"deleted, {kind}",
            seen(DELETED),
            ask(kind),
            None,
            (RESTORE, USER, MAILBOX),
            OPEN,
            Case.DELETED_USER,
        )
        for kind in ("user", "mailbox")
    ),
    Row(
        "deleted, licence asked",
        seen(DELETED),
        ask("license"),
        Code.USER_NOT_FOUND,
        case=Case.DELETED_USER,
    ),
    Row(
        "deleted and nothing to verify by setting",
        seen(DELETED),
        ask(),
        None,
        (RESTORE, USER),
        OPEN,
        Case.DELETED_USER,
        policy=Policy(verify_mailbox=False),
    ),
    # A shared mailbox: no licence, whatever is known.
    *(
        Row(
            f"deleted shared mailbox, {kind}",
            seen(SHARED),
            ask(kind),
            None,
            (RESTORE, USER, MAILBOX),
            OPEN,
            Case.DELETED_USER,
        )
        for kind in ("user", "mailbox")
    ),
    Row(
        "deleted shared mailbox, default SKU set",
        seen(SHARED),
        ask(),
        None,
        (RESTORE, USER, MAILBOX),
        OPEN,
        Case.DELETED_USER,
        policy=Policy(default_sku_ids=(ENTERPRISEPACK_ID,)),
    ),
    Row(
        "deleted user that never had a mailbox",
        seen(replace(SHARED, mail=None)),
        ask("user"),
        None,
        (RESTORE, USER),
        OPEN,
        Case.DELETED_USER,
    ),
    # The window of a deleted user.
    Row(
        "closing",
        seen(deleted_for(28 * DAY)),
        ask(),
        None,
        (RESTORE, USER, MAILBOX),
        CLOSING,
        Case.DELETED_USER,
    ),
    Row(
        "one tick before the end",
        seen(deleted_for(30 * DAY - TICK)),
        ask(),
        None,
        (RESTORE, USER, MAILBOX),
        CLOSING,
        Case.DELETED_USER,
    ),
    Row(
        "at the end",
        seen(deleted_for(30 * DAY)),
        ask(),
        Code.WINDOW_CLOSED,
        (RESTORE, USER, MAILBOX),
        CLOSED,
        Case.DELETED_USER,
    ),
    Row(
        "still listed after the end",
        seen(deleted_for(33 * DAY)),
        ask("user", accept_unknown_window=True),
        Code.WINDOW_CLOSED,
        (RESTORE, USER, MAILBOX),
        CLOSED,
        Case.DELETED_USER,
    ),
    # The licence went first, the user later.
    Row(
        "licence first by observation, within the earlier window",
        seen(SHARED, losses=(Loss(Evidence.OBSERVED, NOW - 9 * DAY),), known=(OBSERVED_E3,)),
        ask(),
        None,
        (RESTORE, ASSIGN, USER, MAILBOX),
        OPEN,
        Case.DELETED_AND_UNLICENSED,
    ),
    Row(
        "licence first, the earlier window is over",
        seen(SHARED, losses=(Loss(Evidence.OBSERVED, NOW - 31 * DAY),), known=(OBSERVED_E3,)),
        ask(),
        Code.WINDOW_CLOSED,
        (RESTORE, ASSIGN, USER, MAILBOX),
        CLOSED,
        Case.DELETED_AND_UNLICENSED,
    ),
    Row(
        "licence first by the caller's word",
        seen(SHARED),
        ask(license=NAMED_E3, license_removed_at=NOW - 5 * DAY),
        None,
        (RESTORE, ASSIGN, USER, MAILBOX),
        OPEN,
        Case.DELETED_AND_UNLICENSED,
    ),
    Row(
        "licence named, nobody knows when it went",
        seen(SHARED),
        ask(license=NAMED_E3),
        Code.WINDOW_UNKNOWN,
        (RESTORE, ASSIGN, USER, MAILBOX),
        UNKNOWN,
        Case.DELETED_AND_UNLICENSED,
        ("window-not-proven",),
    ),
    Row(
        "licence named, unknown when it went, and the deletion is too old anyway",
        seen(replace(SHARED, deleted_at=NOW - 30 * DAY)),
        ask(license=NAMED_E3, accept_unknown_window=True),
        Code.WINDOW_CLOSED,
        (RESTORE, ASSIGN, USER, MAILBOX),
        CLOSED,
        Case.DELETED_AND_UNLICENSED,
    ),
    # The licence of an active user.
    *(
        Row(
            f"licence gone, {source}",
            seen(UNLICENSED, losses=(Loss(source, NOW - 2 * DAY),), known=(OBSERVED_E3,)),
            ask("license"),
            None,
            (ASSIGN, USER, MAILBOX),
            OPEN,
            Case.LICENSE_REMOVED,
        )
        for source in (Evidence.OBSERVED, Evidence.AUDIT)
    ),
    Row(
        "licence gone, declared",
        seen(UNLICENSED, known=(OBSERVED_E3,)),
        ask("license", license_removed_at=NOW - 2 * DAY),
        None,
        (ASSIGN, USER, MAILBOX),
        OPEN,
        Case.LICENSE_REMOVED,
    ),
    Row(
        "licence gone too long ago",
        seen(UNLICENSED, losses=(Loss(Evidence.AUDIT, NOW - 30 * DAY),), known=(OBSERVED_E3,)),
        ask("license"),
        Code.WINDOW_CLOSED,
        (ASSIGN, USER, MAILBOX),
        CLOSED,
        Case.LICENSE_REMOVED,
    ),
    Row(
        "sources disagree, the earlier one is over",
        seen(UNLICENSED, losses=(LOST_2_DAYS_AGO,), known=(OBSERVED_E3,)),
        ask("license", license_removed_at=NOW - 31 * DAY),
        Code.WINDOW_CLOSED,
        (ASSIGN, USER, MAILBOX),
        CLOSED,
        Case.LICENSE_REMOVED,
        ("evidence-disagrees",),
    ),
    Row(
        "nobody knows when",
        seen(UNLICENSED, known=(OBSERVED_E3,)),
        ask("license"),
        Code.WINDOW_UNKNOWN,
        (ASSIGN, USER, MAILBOX),
        UNKNOWN,
        Case.LICENSE_REMOVED,
        ("window-not-proven",),
    ),
    Row(
        "nobody knows when, the caller goes on",
        seen(UNLICENSED, known=(OBSERVED_E3,)),
        ask("license", accept_unknown_window=True),
        None,
        (ASSIGN, USER, MAILBOX),
        UNKNOWN,
        Case.LICENSE_REMOVED,
        ("window-not-proven",),
    ),
    Row(
        "nobody knows when, the setting goes on",
        seen(UNLICENSED, known=(OBSERVED_E3,)),
        ask("license"),
        None,
        (ASSIGN, USER, MAILBOX),
        UNKNOWN,
        Case.LICENSE_REMOVED,
        ("window-not-proven",),
        Policy(unknown_window="attempt"),
    ),
    Row(
        "declared in the future proves nothing",
        seen(UNLICENSED, known=(OBSERVED_E3,)),
        ask("license", license_removed_at=NOW + DAY),
        Code.WINDOW_UNKNOWN,
        (ASSIGN, USER, MAILBOX),
        UNKNOWN,
        Case.LICENSE_REMOVED,
        ("declared-in-future", "window-not-proven"),
    ),
    # Which licence.
    *(
        Row(
            f"licence: {name}",
            seen(person, losses=(LOST_2_DAYS_AGO,), known=known),
            ask("license", license=choice),
            code,
            (ASSIGN, USER, MAILBOX),
            OPEN,
            Case.LICENSE_REMOVED,
            policy=policy,
        )
        for name, person, known, choice, policy, code in [
            ("nothing known", UNLICENSED, (), None, Policy(), Code.LICENSE_UNKNOWN),
            (
                "default SKU",
                UNLICENSED,
                (),
                None,
                Policy(default_sku_ids=(ENTERPRISEPACK_ID,)),
                None,
            ),
            ("named by id", UNLICENSED, (), NAMED_E3, Policy(), None),
            (
                "named by part number",
                UNLICENSED,
                (),
                LicenseChoice(sku_part_numbers=("EnterprisePack",)),
                Policy(),
                None,
            ),
            (
                "named, not in the tenant",
                UNLICENSED,
                (),
                LicenseChoice(sku_part_numbers=("SPE_E5",)),
                Policy(),
                Code.LICENSE_NOT_IN_TENANT,
            ),
            (
                "named, no mailbox in it",
                UNLICENSED,
                (),
                LicenseChoice(sku_ids=(FLOW_FREE_ID,)),
                Policy(),
                Code.LICENSE_WITHOUT_MAILBOX,
            ),
            (
                "named, its mailbox plan disabled",
                UNLICENSED,
                (),
                LicenseChoice(sku_ids=(ENTERPRISEPACK_ID,), disabled_plans=(EXCHANGE_PLAN_ID,)),
                Policy(),
                Code.LICENSE_WITHOUT_MAILBOX,
            ),
            (
                "known, gone from the tenant",
                UNLICENSED,
                (KnownLicenses((AssignedLicense("gone"),), LicenseSource.OBSERVED),),
                None,
                Policy(),
                Code.LICENSE_NOT_IN_TENANT,
            ),
            ("from a group", UNLICENSED, (FROM_GROUP,), None, Policy(), Code.LICENSE_FROM_GROUP),
            ("from a group, named", UNLICENSED, (FROM_GROUP,), NAMED_E3, Policy(), None),
            (
                "Exchange switched off in a group licence",
                replace(
                    UNLICENSED,
                    licenses=(SWITCHED_OFF,),
                    license_states=(LicenseState(ENTERPRISEPACK_ID, GROUP_ID, "Active"),),
                ),
                (),
                None,
                Policy(),
                Code.LICENSE_FROM_GROUP,
            ),
            (
                "no usage location",
                replace(UNLICENSED, usage_location=None),
                (),
                NAMED_E3,
                Policy(),
                Code.USAGE_LOCATION_MISSING,
            ),
        ]
    ),
    # Clashes.
    Row(
        "the name is taken",
        seen(DELETED, conflicts=(UPN_TAKEN,)),
        ask(),
        Code.UPN_CONFLICT,
        (RESTORE, USER, MAILBOX),
        OPEN,
        Case.DELETED_USER,
    ),
    Row(
        "the name is taken, renamed",
        seen(DELETED, conflicts=(UPN_TAKEN,)),
        ask(on_upn_conflict="rename", new_user_principal_name="megan2@contoso.com"),
        None,
        (RESTORE, USER, MAILBOX),
        OPEN,
        Case.DELETED_USER,
    ),
    Row(
        "the new name is taken, too",
        seen(DELETED, conflicts=(UPN_TAKEN, replace(UPN_TAKEN, value="megan2@contoso.com"))),
        ask(on_upn_conflict="rename", new_user_principal_name="Megan2@contoso.com"),
        Code.UPN_CONFLICT,
        (RESTORE, USER, MAILBOX),
        OPEN,
        Case.DELETED_USER,
    ),
    Row(
        "an address is taken",
        seen(DELETED, conflicts=(ADDRESS_TAKEN,)),
        ask(),
        Code.ADDRESS_CONFLICT,
        (RESTORE, USER, MAILBOX),
        OPEN,
        Case.DELETED_USER,
    ),
    Row(
        "an address is taken, dropped",
        seen(DELETED, conflicts=(ADDRESS_TAKEN,)),
        ask(on_address_conflict="drop"),
        None,
        (RESTORE, USER, MAILBOX),
        OPEN,
        Case.DELETED_USER,
        ("addresses-dropped",),
    ),
    Row(
        "Graph will not say what is taken",
        seen(DELETED, conflicts=None),
        ask(),
        None,
        (RESTORE, USER, MAILBOX),
        OPEN,
        Case.DELETED_USER,
        ("conflicts-not-checked",),
    ),
    # Protection.
    Row(
        "synchronised",
        seen(replace(DELETED, synced=True)),
        ask(),
        Code.SYNCED,
        (RESTORE, USER, MAILBOX),
        OPEN,
        Case.DELETED_USER,
    ),
    Row(
        "synchronised, allowed",
        seen(replace(DELETED, synced=True)),
        ask(allow_synced=True),
        None,
        (RESTORE, USER, MAILBOX),
        OPEN,
        Case.DELETED_USER,
    ),
    Row(
        "synchronised and active: a licence is the cloud's own",
        seen(replace(UNLICENSED, synced=True), losses=(LOST_2_DAYS_AGO,)),
        ask("license", license=NAMED_E3),
        None,
        (ASSIGN, USER, MAILBOX),
        OPEN,
        Case.LICENSE_REMOVED,
    ),
    Row(
        "an admin",
        seen(DELETED, roles_held=("Global Administrator",)),
        ask(),
        Code.PRIVILEGED_USER,
        (RESTORE, USER, MAILBOX),
        OPEN,
        Case.DELETED_USER,
    ),
    Row(
        "an admin, not protected",
        seen(DELETED, roles_held=("Global Administrator",)),
        ask(),
        None,
        (RESTORE, USER, MAILBOX),
        OPEN,
        Case.DELETED_USER,
        policy=Policy(protect_privileged=False),
    ),
    Row(
        "Graph will not say which roles",
        seen(DELETED, roles_held=None),
        ask(),
        None,
        (RESTORE, USER, MAILBOX),
        OPEN,
        Case.DELETED_USER,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_row_of_the_table(row: Row) -> None:
    """The same state and request always end in this plan or outcome."""
    decision = decide(row.snapshot, row.request, row.policy, now=NOW)

    assert row.code == (decision.ending.code if decision.ending else None)
    assert row.plan == decision.plan
    assert row.verdict is decision.window.verdict
    assert row.case is decision.case
    assert row.warnings == tuple(item.code for item in decision.warnings)
    if decision.ending is not None:
        assert decision.ending.message
        assert decision.ending.fix


def test_every_fault_is_found_at_once() -> None:
    """A closed window does not hide the clash, the role, or the synchronisation."""
    snapshot = seen(
        replace(deleted_for(31 * DAY), synced=True),
        conflicts=(UPN_TAKEN, ADDRESS_TAKEN),
        roles_held=("User Administrator",),
    )

    decision = decide(snapshot, ask(), Policy(), now=NOW)

    assert [item.code for item in decision.findings if item.severity == "block"] == [
        "window-closed",
        "synced-from-on-premises",
        "privileged-user",
        "upn-conflict",
        "address-conflict",
    ]


def test_the_plan_switched_off_is_switched_on_and_the_others_stay_off() -> None:
    """The licence is sent again without the Exchange plan among the disabled ones."""
    person = replace(UNLICENSED, licenses=(SWITCHED_OFF,))

    decision = decide(seen(person, losses=(LOST_2_DAYS_AGO,)), ask("license"), Policy(), now=NOW)

    assert decision.licenses is not None
    assert decision.licenses.source is LicenseSource.PRESENT
    assert decision.licenses.licenses == (AssignedLicense(ENTERPRISEPACK_ID, (TEAMS_PLAN_ID,)),)


def test_an_ambiguous_name_lists_the_candidates_with_their_ends() -> None:
    """Each candidate is named with its id, its name, when it was deleted and when it ends."""
    decision = decide(Snapshot(Several((DELETED, SHARED))), ask(), Policy(), now=NOW)

    assert decision.ending is not None
    assert decision.ending.message.count("deleted 2026-11-20T12:00:00Z") == 2
    assert decision.ending.message.count("ends 2026-12-20T12:00:00Z") == 2
    assert DELETED.id in decision.ending.message
