"""What speaks against a restore, or should at least be known: one function for each finding."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from shared.domain.licensing.choice import ChosenLicenses, NoLicense, NoLicenseReason, Sku
from shared.domain.licensing.groups import Group, GroupStanding, group_named
from shared.domain.outcomes import Code, outcome
from shared.domain.person import Conflict, ConflictProperty, Person
from shared.domain.request import LicenseChoice, RestoreRequest
from shared.domain.window import Evidence, Loss, Window, WindowVerdict, losses_disagree

# Two sources seldom log one event in the same second, and the observe timer looks once an hour;
# twice that is the least that must not be called a disagreement.
DISAGREEMENT_TOLERANCE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: its code, how much it matters, and the next thing a person can do."""

    code: str
    severity: Literal["block", "warn", "info"]
    message: str
    fix: str = ""


def block(code: Code, message: str, fix: str | None = None) -> Finding:
    """A finding that ends the restore before anything is changed."""
    result = outcome(code, message, fix)
    return Finding(code.value, "block", result.message, result.fix)


def nobody(asked: str, was_seen: bool) -> Finding:  # noqa: FBT001 - the value of one field, matched by position
    """The user does not exist any more, or never did."""
    if was_seen:
        return block(Code.USER_PURGED, f"{asked} was there before and is now gone for good.")
    return block(
        Code.USER_NOT_FOUND,
        f"No active or deleted user answers to {asked}. A deleted user is listed for 30 days only.",
    )


def several(asked: str, candidates: tuple[Person, ...], retention: timedelta) -> Finding:
    """More than one user answers to the name; each candidate is listed."""
    lines = "; ".join(_candidate(person, retention) for person in candidates)
    return block(Code.AMBIGUOUS_USER, f"{len(candidates)} users answer to {asked}: {lines}.")


def deleted_not_licensed(person: Person) -> Finding:
    """A licence was asked for, but the user itself is deleted."""
    return block(
        Code.USER_NOT_FOUND,
        f"No active user answers to this name; {person.id} is deleted, and a licence can only be"
        " assigned to an active user.",
        'Send the request with kind "mailbox": it restores the user and then the licence.',
    )


def window(window: Window, person: Person, *, accepts_unknown: bool) -> Finding | None:
    """The window is over, or nobody knows when it began."""
    if window.verdict is WindowVerdict.CLOSED and window.ends_at is not None:
        by_license = window.evidence is not Evidence.DELETED
        what = "lost the licence" if by_license else "was deleted"
        text = (
            f"{person.user_principal_name} {what} at {_at(window.started_at)}; the window closed"
            f" at {_at(window.ends_at)} (evidence: {window.evidence})."
        )
        if by_license and person.is_deleted:
            text += ' If it was a shared mailbox, which needs no licence, send kind "user".'
        return block(Code.WINDOW_CLOSED, text)
    if window.verdict is WindowVerdict.UNKNOWN and not accepts_unknown:
        return block(
            Code.WINDOW_UNKNOWN,
            f"Nobody can tell when {person.user_principal_name} lost the licence. After 30 days a"
            " new licence gives an empty mailbox, so nothing was changed.",
        )
    return None


def synced(person: Person, *, allowed: bool) -> Finding | None:
    """The user is synchronised from Active Directory."""
    if not person.synced or allowed:
        return None
    return block(
        Code.SYNCED,
        f"{person.user_principal_name} is synchronised from on-premises; a restore in the cloud"
        " would be undone or duplicated by the next synchronisation.",
    )


def privileged(person: Person, roles: tuple[str, ...] | None, *, protect: bool) -> Finding | None:
    """The user holds an admin role."""
    if not roles or not protect:
        return None
    return block(
        Code.PRIVILEGED_USER,
        f"{person.user_principal_name} holds {len(roles)} directory role(s): {', '.join(roles)}.",
    )


def conflicts(found: tuple[Conflict, ...] | None, request: RestoreRequest) -> list[Finding]:
    """The name and each address that an active object holds now, and with whom."""
    names = [item for item in found or () if item.property is ConflictProperty.UPN]
    addresses = [item for item in found or () if item.property is ConflictProperty.ADDRESS]
    result = []
    if names and (request.on_upn_conflict == "fail" or _is_taken(request, names)):
        result.append(block(Code.UPN_CONFLICT, f"Taken: {_holders(names)}."))
    if addresses and request.on_address_conflict == "fail":
        result.append(block(Code.ADDRESS_CONFLICT, f"Taken: {_holders(addresses)}."))
    elif addresses:
        text = f"Dropped from the restored user: {_holders(addresses)}."
        fix = "Tell the person which addresses are gone, or free them first."
        result.append(Finding("addresses-dropped", "warn", text, fix))
    return result


def license_(
    chosen: ChosenLicenses | NoLicense | None, groups: tuple[Group, ...] = ()
) -> Finding | None:
    """There is no licence to assign."""
    if not isinstance(chosen, NoLicense):
        return None
    if chosen.reason is NoLicenseReason.FROM_GROUP:
        return _from_group(group_named(chosen.what, groups))
    texts = {
        "license-unknown": "Nothing says which licence the user had.",
        "license-not-in-tenant": f"The tenant has no SKU {chosen.what} for users.",
        "license-without-mailbox": f"{chosen.what}: no service plan that gives a mailbox is on.",
    }
    return block(Code(chosen.reason.value), texts[chosen.reason.value])


def _from_group(group: Group) -> Finding:
    """The licence was a group's: what to do depends on where the group is."""
    directly = "or name the licence in the request to assign it directly."
    in_its_place = "a direct licence in its place would hide that."
    match group.standing:
        case GroupStanding.ACTIVE:
            where = f"{in_its_place} The group is there"
            fix = "Put the user back into the group, or see why the group does not license it"
        case GroupStanding.DELETED:
            where = f"{in_its_place} The group is deleted"
            fix = "Restore the group from the deleted groups; its licences come back with it"
        case GroupStanding.GONE | GroupStanding.MISSING:
            where = f"{in_its_place} The group is not there any more"
            fix = "Restore the group if it is among the deleted ones, else license another group"
        case GroupStanding.UNKNOWN:
            text = f"The licence came from the group {group.text}; {in_its_place}"
            return block(Code.LICENSE_FROM_GROUP, text)
    text = f"The licence came from the group {group.text}; {where}."
    return block(Code.LICENSE_FROM_GROUP, text, f"{fix}; {directly}")


def usage_location(person: Person) -> Finding | None:
    """Graph refuses a direct licence for a user without a usage location."""
    if person.usage_location:
        return None
    text = f"{person.user_principal_name} has no usage location; Graph assigns no licence without."
    return block(Code.USAGE_LOCATION_MISSING, text)


def declared_in_future(declared: datetime | None, now: datetime) -> Finding | None:
    """The caller names an instant that has not come yet; it proves nothing."""
    if declared is None or declared <= now:
        return None
    text = f"licenseRemovedAt {_at(declared)} is in the future and was not used as evidence."
    return Finding("declared-in-future", "warn", text, "Send the instant at which it was removed.")


def declared_not_used(declared: datetime | None) -> Finding | None:
    """The caller says when the licence went, and the deleted user has it, or needs none."""
    if declared is None:
        return None
    text = (
        "licenseRemovedAt was not used: the window of this user begins with the deletion, since no"
        " licence is to be put back."
    )
    fix = "Nothing to do, or name the licence that was removed (license)."
    return Finding("declared-not-used", "warn", text, fix)


def sources_disagree(losses: tuple[Loss, ...]) -> Finding | None:
    """Two sources name different instants for one loss; the earlier one counts."""
    if not losses_disagree(losses, tolerance=DISAGREEMENT_TOLERANCE):
        return None
    named = ", ".join(f"{loss.evidence} {_at(loss.at)}" for loss in losses)
    text = f"The earlier instant counts: {named}."
    return Finding("evidence-disagrees", "warn", text, "Correct licenseRemovedAt if it is wrong.")


def conflicts_unchecked(found: tuple[Conflict, ...] | None) -> Finding | None:
    """Graph would not answer whether the name or an address is taken."""
    if found is not None:
        return None
    text = "Graph would not say whether the name or an address is taken; its restore call decides."
    return Finding("conflicts-not-checked", "warn", text, "Look for another holder by hand.")


def roles_unchecked(roles: tuple[str, ...] | None) -> Finding | None:
    """Graph would not answer which admin roles the user holds."""
    if roles is not None:
        return None
    text = "Graph would not say whether the user holds an admin role; its restore call decides."
    fix = "Grant RoleManagement.Read.Directory to the service's identity."
    return Finding("roles-not-checked", "warn", text, fix)


def window_not_proven(window: Window) -> Finding | None:
    """The restore goes on although nobody knows when the licence was lost."""
    if window.verdict is not WindowVerdict.UNKNOWN:
        return None
    text = "Nobody could tell when the licence was lost: the mailbox may come back empty."
    return Finding("window-not-proven", "warn", text, "Look into the mailbox before relying on it.")


def license_not_used(named: LicenseChoice | None) -> Finding | None:
    """A licence was named, and none is assigned: the user's own comes back with it."""
    if named is None:
        return None
    text = "The licence named in the request is not assigned: the user's own comes back with it."
    return Finding("license-not-used", "warn", text, "Nothing to do, or leave the licence out.")


def plans_not_used(
    named: LicenseChoice | None, chosen: ChosenLicenses | NoLicense | None, skus: tuple[Sku, ...]
) -> Finding | None:
    """A plan to be left off is in none of the SKUs."""
    if named is None or not isinstance(chosen, ChosenLicenses):
        return None
    wanted = {license_.sku_id for license_ in chosen.licenses}
    known = {plan for sku in skus if sku.sku_id in wanted for plan in sku.plan_ids}
    unknown = sorted(set(named.disabled_plans) - known)
    if not unknown:
        return None
    text = f"In none of the SKUs: {', '.join(unknown)}."
    return Finding("plan-not-in-sku", "warn", text, "Take them out of license.disabledPlans.")


def no_free_seat(
    chosen: ChosenLicenses | NoLicense | None, skus: tuple[Sku, ...]
) -> Finding | None:
    """The count shows no free seat; it may lag, so Graph's own answer decides."""
    if not isinstance(chosen, ChosenLicenses):
        return None
    wanted = {license_.sku_id for license_ in chosen.licenses}
    full = [sku.part_number for sku in skus if sku.sku_id in wanted and sku.free_seats <= 0]
    if not full:
        return None
    text = f"No seat of {', '.join(full)} seems free: the restore will wait for one."
    return Finding("no-free-seat", "warn", text, "Free or buy a seat before the window closes.")


def seats_overdrawn(person: Person, skus: tuple[Sku, ...]) -> Finding | None:
    """A deleted user takes its licences along when it comes back, even where no seat is free.

    Source: Microsoft Entra docs "Restore or remove a recently deleted user".
    """
    held = {license_.sku_id for license_ in person.licenses}
    full = [sku.part_number for sku in skus if sku.sku_id in held and sku.free_seats <= 0]
    if not full:
        return None
    text = f"No seat of {', '.join(full)} is free: the restored user keeps its own, one too many."
    return Finding("seats-overdrawn", "warn", text, "Free or buy a seat after the restore.")


def _is_taken(request: RestoreRequest, names: list[Conflict]) -> bool:
    wanted = (request.new_user_principal_name or "").lower()
    return any(item.value.lower() == wanted for item in names)


def _holders(conflicts_: list[Conflict]) -> str:
    return "; ".join(
        f"{item.value} by {item.holder_name} ({item.holder_id})" for item in conflicts_
    )


def _candidate(person: Person, retention: timedelta) -> str:
    name = f"{person.id} {person.user_principal_name} ({person.display_name or 'no name'})"
    if person.deleted_at is None:
        return f"{name}, active"
    return f"{name}, deleted {_at(person.deleted_at)}, ends {_at(person.deleted_at + retention)}"


def _at(instant: datetime | None) -> str:
    return "an unknown time" if instant is None else f"{instant:%Y-%m-%dT%H:%M:%SZ}"
