"""Say what speaks against the names and addresses with which a deleted user would come back."""

from collections.abc import Iterator

from shared.domain.comeback_name import is_same_name, old_address_of
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.domains import lost_addresses, lost_name, unusable_new_name
from shared.domain.findings.finding import Finding, block, holders_of, values_of, warn
from shared.domain.lost_domains import is_lost
from shared.domain.outcomes import Code
from shared.domain.person import Conflict, ConflictProperty, HolderKind
from shared.domain.situation import Situation

# What lets groups and organisational contacts be looked through for an address.
# Source: Microsoft Graph permissions reference.
_PERMISSIONS = {
    HolderKind.GROUP: "GroupMember.Read.All",
    HolderKind.CONTACT: "OrgContact.Read.All",
}

_OF_NEW_NAMES = (Code.UPN_CONFLICT, Code.NEW_NAME_NOT_ALLOWED)
"""With one of these nobody comes back under the new name."""


def of_names(matter: Situation, new_name: str | None) -> tuple[Finding, ...]:
    """All that is to be said of the names of a deleted user; `new_name`: what it comes back under.

    What blocks comes first, in the order in which a restore is refused for it.
    """
    found = (
        *_of_new_name(matter, new_name),
        *_taken_names(matter, new_name),
        *_taken_addresses(matter),
        *_taken_anchor(matter),
        *_lost_domains(matter, new_name),
    )
    is_kept_away = any(one.severity == "block" and one.code in _OF_NEW_NAMES for one in found)
    return (*found, *_removed(matter, new_name, is_kept_away=is_kept_away), *_not_checked(matter))


def _of_new_name(matter: Situation, new_name: str | None) -> Iterator[Finding]:
    request, person = matter.request, matter.person
    asked, own = request.new_user_principal_name, person.user_principal_name
    if person.is_removed_in_exchange and new_name is None:
        yield block(Code.NEW_NAME_NEEDED, user=person.mail or person.display_name or own)
    is_old = is_same_name(asked, old_address_of(matter))
    if request.on_upn_conflict == "always" and not (is_old or matter.may_override):
        yield block(Code.NEW_NAME_NOT_ALLOWED, name=asked or "")
    if asked is not None and not is_same_name(asked, new_name):
        yield warn(FindingCode.NEW_NAME_NOT_USED, user=new_name or own)


def _taken_names(matter: Situation, new_name: str | None) -> Iterator[Finding]:
    wanted = new_name or matter.person.user_principal_name
    taken = [
        item
        for item in _of_property(matter, ConflictProperty.UPN)
        if is_same_name(item.value, wanted)
    ]
    if not taken:
        return
    if new_name is None or matter.person.is_removed_in_exchange:
        yield block(Code.UPN_CONFLICT, names=values_of(taken), other_holders=holders_of(taken))
    else:
        yield block(Code.UPN_CONFLICT, "new-name", name=new_name, other_holders=holders_of(taken))


def _taken_addresses(matter: Situation) -> Iterator[Finding]:
    taken = _of_property(matter, ConflictProperty.ADDRESS)
    if not taken:
        return
    addresses, holders = values_of(taken), holders_of(taken)
    if matter.request.on_address_conflict == "drop":
        yield warn(FindingCode.ADDRESSES_DROPPED, addresses=addresses, other_holders=holders)
    else:
        yield block(Code.ADDRESS_CONFLICT, addresses=addresses, other_holders=holders)


def _taken_anchor(matter: Situation) -> Iterator[Finding]:
    taken = _of_property(matter, ConflictProperty.IMMUTABLE_ID)
    if taken:
        yield block(Code.IMMUTABLE_ID_CONFLICT, "held", other_holders=holders_of(taken))


def _lost_domains(matter: Situation, new_name: str | None) -> Iterator[Finding]:
    verified, asked = matter.snapshot.verified_domains, matter.request.new_user_principal_name
    if new_name is not None and is_same_name(new_name, asked):
        yield from unusable_new_name(new_name, verified)
    else:
        yield from lost_name(new_name or matter.person.user_principal_name, verified)
    if not (matter.is_outsider or matter.person.is_guest):
        # A guest's own address was never on a domain of this tenant, whatever licence it has.
        yield from lost_addresses(matter.person, matter.request, verified)


def _removed(matter: Situation, new_name: str | None, *, is_kept_away: bool) -> Iterator[Finding]:
    """The mailbox comes back with the old name, and with no other."""
    if not matter.person.is_removed_in_exchange:
        return
    old = old_address_of(matter)
    if new_name is None:
        yield warn(FindingCode.REMOVED_IN_EXCHANGE, "unknown")
    elif is_kept_away:
        yield warn(FindingCode.REMOVED_IN_EXCHANGE, "kept-away", name=new_name)
    elif old is None:
        yield warn(FindingCode.REMOVED_IN_EXCHANGE, "asked", name=new_name)
    elif is_same_name(new_name, old):
        yield warn(FindingCode.REMOVED_IN_EXCHANGE, name=new_name)
    elif is_lost(old, matter.snapshot.verified_domains):
        yield warn(FindingCode.REMOVED_IN_EXCHANGE, "domain", name=new_name, old=old)
    else:
        yield warn(FindingCode.REMOVED_IN_EXCHANGE, "other", name=new_name, old=old)


def _not_checked(matter: Situation) -> Iterator[Finding]:
    seen = matter.snapshot
    if seen.conflicts is None:
        yield warn(FindingCode.CONFLICTS_NOT_CHECKED)
        return
    blind = [kind for kind in _PERMISSIONS if kind in seen.holders_not_seen]
    if blind:
        missing = tuple(_PERMISSIONS[kind] for kind in blind)
        yield warn(FindingCode.CONFLICTS_NOT_CHECKED, "groups", permission=missing)


def _of_property(matter: Situation, wanted: ConflictProperty) -> list[Conflict]:
    return [item for item in matter.snapshot.conflicts or () if item.property is wanted]
