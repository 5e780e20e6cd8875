"""What a restore would bring: what comes back by itself, what is added, what to reckon with.

Information only, for the preflight: nothing here blocks or changes a restore.
Licences, group memberships and mailbox come back with a deleted user. Whether the sign-in state
and the old password do after a restore through Graph is not documented: no promise is made.
Source: Microsoft Graph docs "Delete a user", Microsoft Entra docs "Recover from deletions".
"""

from shared.domain.decision import Decision, StepName
from shared.domain.findings import Finding
from shared.domain.outcomes import Code
from shared.domain.person import ConflictProperty, Person
from shared.domain.snapshot import Snapshot
from shared.domain.window import WindowVerdict

_NOTHING = "Nothing to do."


def consequences_of(decision: Decision, snapshot: Snapshot) -> tuple[Finding, ...]:
    """The info findings of a decision; none of what comes back once its window has closed."""
    ending = decision.ending
    if ending is not None and ending.code is Code.ALREADY_ACTIVE:
        return (_info(Code.ALREADY_ACTIVE, ending.message, ending.fix),)
    person = snapshot.found
    if not isinstance(person, Person) or decision.window.verdict is WindowVerdict.CLOSED:
        return ()
    found: list[Finding | None] = []
    if StepName.RESTORE_USER in decision.plan:
        found += [_renamed(decision, snapshot), *_user(person, snapshot)]
    if decision.plan:
        found += [*_licenses(decision, snapshot), _mailbox(decision, person)]
    return tuple(finding for finding in found if finding is not None)


def _renamed(decision: Decision, snapshot: Snapshot) -> Finding | None:
    is_in_vain = any(item.code == Code.UPN_CONFLICT for item in decision.findings)
    if not decision.renames or is_in_vain:
        return None
    names = [item for item in snapshot.conflicts or () if item.property is ConflictProperty.UPN]
    holders = "; ".join(f"{x.value} by {x.holder_name} ({x.holder_id})" for x in names)
    text = f"Taken: {holders}. The user comes back under newUserPrincipalName."
    return _info("user-renamed", text, "Tell the person the new name.")


def _user(person: Person, snapshot: Snapshot) -> list[Finding | None]:
    names = {sku.sku_id: sku.part_number for sku in snapshot.skus}
    held = ", ".join(names.get(item.sku_id, item.sku_id) for item in person.licenses)
    return [
        _info("licenses-come-back", f"They come back with the user: {held}.") if held else None,
        _info("groups-come-back", "The user's group memberships come back with it."),
        *_sign_in(person),
    ]


def _sign_in(person: Person) -> list[Finding]:
    found = []
    if person.account_enabled is not None:
        shown = "allowed" if person.account_enabled else "blocked"
        text = f"Sign-in is shown as {shown} on the deleted user; the restore may change that."
        found.append(_info("sign-in-state", text, "Look at the sign-in state after the restore."))
    # Nobody signs in to what looks like a shared mailbox.
    if person.account_enabled or person.licenses:
        text = "The old password may not be accepted any more."
        found.append(_info("password-may-need-reset", text, "Reset it if sign-in fails."))
    return found


def _licenses(decision: Decision, snapshot: Snapshot) -> list[Finding | None]:
    detail = decision.detail(StepName.ASSIGN_LICENSE)
    if detail is None or decision.licenses is None:
        return []
    wanted = {item.sku_id for item in decision.licenses.licenses}
    free = [sku for sku in snapshot.skus if sku.sku_id in wanted and sku.free_seats > 0]
    seats = ", ".join(f"{sku.part_number} {sku.free_seats}" for sku in free)
    return [
        _info("license-chosen", f"The licence to be assigned is {detail}."),
        _info("seats-free", f"Free seats: {seats}.") if seats else None,
    ]


def _mailbox(decision: Decision, person: Person) -> Finding | None:
    if decision.window.verdict is WindowVerdict.UNKNOWN:
        return None
    if StepName.ASSIGN_LICENSE in decision.plan:
        text = "The mailbox comes back by itself once the licence is assigned."
    elif decision.expected or person.mail is not None:
        text = "The mailbox comes back with the user."
    else:
        return None
    return _info("mailbox-comes-back", text, "Allow it some time; its content is not checked.")


def _info(code: str, message: str, fix: str = _NOTHING) -> Finding:
    return Finding(code, "info", message, fix)
