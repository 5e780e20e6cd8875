"""Decide whether an account may be deleted for a drill: only one that surely comes back.

Deleting is the most dangerous thing that the service does, and a setting is quickly mistyped. So
whatever speaks for a real person, and whatever would stop the way back, stops the drill before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from shared.domain.admin_roles import AdminRoles, RoleSource
from shared.domain.decision import Decision
from shared.domain.licensing.skus import Sku, carries_mailbox, has_mailbox_plan
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.person import Person
from shared.domain.text import text

_ROLES = "RoleManagement.Read.Directory"

# What the mailbox of a person says that it is; a shared one may be the work of many.
_PERSONAL = "user"


@dataclass(frozen=True, slots=True)
class DrillLook:
    """What is seen of the account before anything is deleted.

    `if_lost` is what would be decided about a restore if it were deleted now. `purpose` is what
    its mailbox answers, None: it is silent; it counts only where `asks_mailbox`.
    """

    person: Person
    roles: AdminRoles
    skus: tuple[Sku, ...]
    if_lost: Decision
    purpose: str | None = None
    asks_mailbox: bool = True


def why_not(seen: DrillLook) -> Outcome | None:
    """Why this account is not deleted, the first of all reasons; None: it may be."""
    found = next(chain(_of_a_real_person(seen), _of_the_account(seen)), None)
    if found is not None:
        return untouched(found)
    ending = seen.if_lost.ending
    if ending is None:
        return None
    user = seen.person.user_principal_name
    return replace(ending, before=text("before", "drill-would", user=user))


def untouched(ending: Outcome) -> Outcome:
    """The end of a drill that says first that nothing was deleted."""
    return replace(ending, before=text("before", "drill-untouched"))


def _of_a_real_person(seen: DrillLook) -> Iterator[Outcome]:
    user = seen.person.user_principal_name
    roles = seen.roles
    if roles.names:
        count = len(roles.names)
        yield outcome(
            Code.PRIVILEGED_USER, "drill", user=user, count=count, other_roles=roles.names
        )
    if RoleSource.ACTIVE in roles.not_looked:
        yield outcome(Code.PERMISSION_MISSING, "drill", permissions=(_ROLES,))
    if seen.person.employee_id:
        yield outcome(Code.REHIRE_BLOCKED, "drill", user=user)


def _of_the_account(seen: DrillLook) -> Iterator[Outcome]:
    person, user = seen.person, seen.person.user_principal_name
    if not has_mailbox_plan(person, seen.skus):
        yield outcome(Code.LICENSE_WITHOUT_MAILBOX, "drill", user=user)
    if not _is_direct(person, seen.skus):
        yield outcome(Code.LICENSE_FROM_GROUP, "drill", user=user)
    if seen.asks_mailbox and seen.purpose != _PERSONAL:
        yield outcome(Code.MAILBOX_NOT_SEEN, "drill", user=user)


def _is_direct(person: Person, skus: tuple[Sku, ...]) -> bool:
    """Whether the mailbox surely comes by a licence of the account's own."""
    direct = {state.sku_id for state in person.license_states if state.group_id is None}
    return any(item.sku_id in direct for item in person.licenses if carries_mailbox(item, skus))
