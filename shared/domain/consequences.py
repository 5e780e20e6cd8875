"""List what a restore would bring back, what it would add, and what may be missing.

For the preflight alone: nothing here blocks or changes a restore.
Licences, group memberships and mailbox come back with a deleted user. Whether the sign-in state
and the old password do after a restore through Graph is not documented: no promise is made.
Source: Microsoft Graph docs "Delete a user", Microsoft Entra docs "Recover from deletions".
"""

from shared.domain.comeback_name import is_same_name
from shared.domain.decision import Case, Decision, StepName
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, holders_of, info, warn
from shared.domain.licensing.skus import names_of
from shared.domain.lost_domains import is_lost
from shared.domain.outcomes import Code
from shared.domain.person import UNLICENSED_PURPOSES, ConflictProperty, Person
from shared.domain.phrases import SOURCES
from shared.domain.snapshot import Snapshot
from shared.domain.window import Evidence, WindowVerdict

_IN_VAIN = (Code.UPN_CONFLICT, Code.NEW_NAME_NOT_ALLOWED)
"""With one of these nobody comes back under the new name."""


def consequences_of(decision: Decision, snapshot: Snapshot) -> tuple[Finding, ...]:
    """The info findings of a decision; none of what comes back once its window has closed."""
    ending = decision.ending
    if ending is not None and ending.code is Code.ALREADY_ACTIVE:
        return (Finding("info", ending.text),)
    person = snapshot.found
    if not isinstance(person, Person) or decision.window.verdict is WindowVerdict.CLOSED:
        return ()
    found: list[Finding | None] = []
    if StepName.RESTORE_USER in decision.plan:
        found += [_renamed(decision, person, snapshot), *_user(person, snapshot)]
    if decision.plan:
        found += [*_licenses(decision, snapshot), _mailbox(decision, snapshot)]
    return tuple(finding for finding in found if finding is not None)


def _renamed(decision: Decision, person: Person, snapshot: Snapshot) -> Finding | None:
    is_in_vain = any(item.code in _IN_VAIN for item in decision.findings)
    new_name, old = decision.new_name, person.user_principal_name
    if new_name is None or is_in_vain or is_same_name(new_name, old):
        return None
    names = [
        item
        for item in snapshot.conflicts or ()
        if item.property is ConflictProperty.UPN and is_same_name(item.value, old)
    ]
    if names:
        return warn(FindingCode.USER_RENAMED, old=old, other_holders=holders_of(names))
    if is_lost(old, snapshot.verified_domains):
        return warn(FindingCode.USER_RENAMED, "domain", old=old)
    return warn(FindingCode.USER_RENAMED, "asked", old=old, name=new_name)


def _user(person: Person, snapshot: Snapshot) -> list[Finding | None]:
    held = names_of(person.licenses, snapshot.skus)
    return [
        info(FindingCode.LICENSES_COME_BACK, licenses=held) if held else None,
        info(FindingCode.GROUPS_COME_BACK),
        info(FindingCode.NOT_LOOKED_AT),
        *_sign_in(person),
    ]


def _sign_in(person: Person) -> list[Finding]:
    found = []
    if person.account_enabled is not None:
        found.append(
            info(FindingCode.SIGN_IN_STATE, "allowed")
            if person.account_enabled
            else info(FindingCode.SIGN_IN_STATE, "blocked")
        )
    # Nobody signs in to what looks like a shared mailbox.
    if person.account_enabled or person.licenses:
        found.append(info(FindingCode.PASSWORD_MAY_NEED_RESET))
    return found


def _licenses(decision: Decision, snapshot: Snapshot) -> list[Finding | None]:
    chosen = decision.licenses
    if StepName.ASSIGN_LICENSE not in decision.plan or chosen is None:
        return []
    wanted = {item.sku_id for item in chosen.licenses}
    free = [sku for sku in snapshot.skus if sku.sku_id in wanted and sku.free_seats > 0]
    seats = tuple(f"{sku.label}: {sku.free_seats}" for sku in free)
    names = names_of(chosen.licenses, snapshot.skus)
    return [
        info(FindingCode.LICENSE_CHOSEN, licenses=names, source=SOURCES[chosen.source]),
        info(FindingCode.SEATS_FREE, seats=seats) if seats else None,
    ]


def _mailbox(decision: Decision, snapshot: Snapshot) -> Finding | None:
    window = decision.window
    is_there = window.evidence is Evidence.MAILBOX or decision.case is Case.ACTIVE
    if window.verdict is WindowVerdict.UNKNOWN or is_there:
        return None
    if StepName.ASSIGN_LICENSE in decision.plan:
        return info(FindingCode.MAILBOX_COMES_BACK, "license")
    if not (decision.expected or decision.may_promise):
        return None
    if snapshot.purpose in UNLICENSED_PURPOSES:
        return info(FindingCode.MAILBOX_COMES_BACK, "shared")
    return info(FindingCode.MAILBOX_COMES_BACK, "user")
