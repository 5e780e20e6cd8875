"""Define the rows of the decision table."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from shared.domain.decision import Case, StepName
from shared.domain.evidence.audit_records import AuditEvidence
from shared.domain.licensing.held import HeldLicense, Origin
from shared.domain.licensing.known import KnownLicenses, LicenseSource
from shared.domain.outcomes import Code
from shared.domain.person import (
    AssignedLicense,
    Conflict,
    ConflictProperty,
    LicenseState,
    Person,
)
from shared.domain.requests.request import (
    Door,
    LicenseChoice,
    RequestedBy,
    RestoreKind,
    RestoreRequest,
)
from shared.domain.requests.roles import Role
from shared.domain.snapshot import Policy, Snapshot
from shared.domain.window import WindowVerdict
from shared.domain.window.timeline import changed
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
BY = RequestedBy(Door.HTTP, roles=(Role.OVERRIDE, Role.REQUEST))
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
OBSERVED_E3 = KnownLicenses(
    (HeldLicense(ENTERPRISEPACK_ID, (), Origin.DIRECT),), LicenseSource.OBSERVED
)
NAMED_E3 = LicenseChoice(sku_ids=(ENTERPRISEPACK_ID,))

UNLICENSED = a_person(licenses=(), license_states=(), plans=())
DELETED = a_deleted_person()
SHARED = a_deleted_person(licenses=(), license_states=(), plans=(), account_enabled=False)
LOST_2_DAYS_AGO = AuditEvidence(changed(NOW - 2 * DAY, before=True, after=False))
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
FROM_GROUP = KnownLicenses(
    (HeldLicense(ENTERPRISEPACK_ID, (), Origin.GROUP, (GROUP_ID,)),), LicenseSource.OBSERVED
)
SWITCHED_OFF = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID, TEAMS_PLAN_ID))
OFF_BY_HAND = replace(
    UNLICENSED,
    licenses=(SWITCHED_OFF,),
    license_states=(LicenseState(ENTERPRISEPACK_ID, None, "Active"),),
)
"""With a direct licence whose Exchange plan is off."""


def deleted(  # noqa: PLR0913 - the columns of a row
    name: str,
    snapshot: Snapshot,
    request: RestoreRequest,
    code: Code | None = None,
    *,
    plan: tuple[StepName, ...] = (RESTORE, USER, MAILBOX),
    verdict: WindowVerdict = OPEN,
    warnings: tuple[str, ...] = (),
    policy: Policy | None = None,
) -> Row:
    """A row about a deleted user whose licences, if any, come back with it."""
    case = Case.DELETED_USER
    return Row(name, snapshot, request, code, plan, verdict, case, warnings, policy or Policy())


def deleted_unlicensed(  # noqa: PLR0913 - the columns of a row
    name: str,
    snapshot: Snapshot,
    request: RestoreRequest,
    code: Code | None = None,
    *,
    verdict: WindowVerdict = OPEN,
    warnings: tuple[str, ...] = (),
    policy: Policy | None = None,
) -> Row:
    """A row about a user who lost the licence first and was deleted later."""
    plan = (RESTORE, ASSIGN, USER, MAILBOX)
    case = Case.DELETED_AND_UNLICENSED
    return Row(name, snapshot, request, code, plan, verdict, case, warnings, policy or Policy())


def unlicensed(  # noqa: PLR0913 - the columns of a row
    name: str,
    snapshot: Snapshot,
    request: RestoreRequest,
    code: Code | None = None,
    *,
    verdict: WindowVerdict = OPEN,
    warnings: tuple[str, ...] = (),
    policy: Policy | None = None,
) -> Row:
    """A row about an active user without the licence."""
    plan, case = (ASSIGN, USER, MAILBOX), Case.LICENSE_REMOVED
    return Row(name, snapshot, request, code, plan, verdict, case, warnings, policy or Policy())
