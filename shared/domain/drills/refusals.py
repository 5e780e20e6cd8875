"""Decide whether an account may be deleted for a drill: only one that surely comes back.

Deleting is the most dangerous thing that the service does, and a setting is quickly mistyped. So
whatever speaks for a real person, whatever would stop the way back, and whatever could not be
looked at, stops the drill before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from shared.domain.admin_roles import AdminRoles, RoleSource
from shared.domain.decision import Decision
from shared.domain.findings.codes import FindingCode
from shared.domain.licensing.skus import Sku, carries_mailbox, has_mailbox_plan
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.person import Person
from shared.domain.text import text
from shared.domain.values.json_values import instant

_ROLES = "RoleManagement.Read.Directory"

# What the mailbox of a person says that it is; a shared one may be the work of many.
_PERSONAL = "user"

# Whoever comes back from a long leave has not signed in for weeks.
SIGNED_IN_WITHIN = timedelta(days=30)

# No group and no contact can have an address that the account itself has at this moment: Entra ID
# keeps them unique. Source: Microsoft Learn, "How the proxyAddresses attribute is populated".
_MOOT = "groups"


@dataclass(frozen=True, slots=True)
class DrillLook:
    """What is seen of the account at `at`, before anything is deleted.

    `if_lost` is what would be decided about a restore if it were deleted now. `purpose` is what
    its mailbox answers, None: it is silent; `seen_purpose` what was observed of it before.
    `signed_in_at` is the last time, as far as Graph tells.
    """

    person: Person
    at: datetime
    roles: AdminRoles
    skus: tuple[Sku, ...]
    if_lost: Decision
    purpose: str | None = None
    seen_purpose: str | None = None
    signed_in_at: datetime | None = None
    is_guarded: bool = False
    """Whether somebody has ordered that it be brought back whenever it is lost."""


def why_not(seen: DrillLook) -> Outcome | None:
    """Why this account is not deleted, the first of all reasons; None: it may be."""
    reasons = chain(_of_a_real_person(seen), _of_the_account(seen))
    found = next(reasons, None)
    if found is not None:
        return untouched(found)
    ending = seen.if_lost.ending
    if ending is None:
        unseen = next(_not_looked_at(seen), None)
        return None if unseen is None else untouched(unseen)
    user = seen.person.user_principal_name
    return replace(ending, before=text("before", "drill-would", user=user))


def untouched(ending: Outcome) -> Outcome:
    """The end of a drill that says first that nothing was deleted."""
    return replace(ending, before=text("before", "drill-untouched"))


def _of_a_real_person(seen: DrillLook) -> Iterator[Outcome]:
    user, roles = seen.person.user_principal_name, seen.roles
    if roles.names:
        count = len(roles.names)
        yield outcome(
            Code.PRIVILEGED_USER, "drill", user=user, count=count, other_roles=roles.names
        )
    if RoleSource.ACTIVE in roles.not_looked:
        yield outcome(Code.PERMISSION_MISSING, "drill", permissions=(_ROLES,))
    if roles.not_looked:
        yield outcome(Code.PRIVILEGED_USER, "drill-unseen", user=user)
    if seen.person.employee_id:
        yield outcome(Code.REHIRE_BLOCKED, "drill", user=user)
    if seen.person.synced:
        yield outcome(Code.SYNCED, "drill", user=user)
    if seen.is_guarded:
        yield outcome(Code.REHIRE_BLOCKED, "drill-guarded", user=user)
    signed_in_at = seen.signed_in_at
    if signed_in_at is not None and seen.at - signed_in_at < SIGNED_IN_WITHIN:
        yield outcome(Code.REHIRE_BLOCKED, "drill-used", user=user, at=instant(signed_in_at))


def _of_the_account(seen: DrillLook) -> Iterator[Outcome]:
    person, user = seen.person, seen.person.user_principal_name
    if not has_mailbox_plan(person, seen.skus):
        yield outcome(Code.LICENSE_WITHOUT_MAILBOX, "drill", user=user)
    if not _is_direct(person, seen.skus):
        yield outcome(Code.LICENSE_FROM_GROUP, "drill", user=user)
    if seen.purpose != _PERSONAL or seen.seen_purpose not in {None, _PERSONAL}:
        yield outcome(Code.MAILBOX_NOT_SEEN, "drill", user=user)


def _not_looked_at(seen: DrillLook) -> Iterator[Outcome]:
    """Whatever a restore would only warn of: whether it is marked, or its names are in use."""
    user = seen.person.user_principal_name
    for finding in seen.if_lost.findings:
        unseen = finding.text
        if finding.code == FindingCode.CONFLICTS_NOT_CHECKED and unseen.variant != _MOOT:
            yield outcome(Code.DIRECTORY_ERROR, "drill-unseen", user=user, unseen=unseen)


def _is_direct(person: Person, skus: tuple[Sku, ...]) -> bool:
    """Whether the mailbox surely comes by a licence of the account's own."""
    direct = {state.sku_id for state in person.license_states if state.group_id is None}
    return any(item.sku_id in direct for item in person.licenses if carries_mailbox(item, skus))
