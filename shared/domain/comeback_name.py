"""Find the name under which a deleted user comes back: its own, the one asked for, or its old one.

A mailbox that was deleted in Exchange leaves its user with a made-up name, `ExRemoved-...`; the
mailbox stays away until the user has its old name again.
Source: it-bibouroku.hateblo.jp, "ExRemoved" (one author; Microsoft does not say so).
"""

from shared.domain.lost_domains import is_lost
from shared.domain.person import ConflictProperty, Person, is_made_up, smtp_addresses
from shared.domain.situation import Situation


def old_address(person: Person, remembered: tuple[str, ...] = ()) -> str | None:
    """The primary mail address from before the deletion; else the first that is remembered."""
    known = (*smtp_addresses(person.proxy_addresses)[:1], person.mail, *remembered)
    return next((one for one in known if one and "@" in one and not is_made_up(one)), None)


def old_address_of(matter: Situation) -> str | None:
    """The primary mail address from before the deletion, by all that is known."""
    observation = matter.snapshot.remembered.observation
    if observation is None:
        return old_address(matter.person)
    names = observation.names
    return old_address(matter.person, (*names.addresses, names.user_principal_name))


def comeback_name(matter: Situation) -> str | None:
    """The new name the user comes back under; None: its own."""
    request, person = matter.request, matter.person
    asked = request.new_user_principal_name
    if not person.is_deleted:
        return None
    if request.on_upn_conflict == "always":
        return asked
    may_rename = request.on_upn_conflict == "rename"
    if person.is_removed_in_exchange:
        old = old_address_of(matter)
        return asked if may_rename and (old is None or _is_away(old, matter)) else old
    return asked if may_rename and _is_away(person.user_principal_name, matter) else None


def _is_away(name: str, matter: Situation) -> bool:
    """Whether nobody can have this name back: it is somebody else's, or its domain is."""
    return is_taken(name, matter) or is_lost(name, matter.snapshot.verified_domains)


def is_taken(name: str, matter: Situation) -> bool:
    """Whether somebody else is called so now."""
    return any(
        item.value.lower() == name.lower()
        and (item.property is ConflictProperty.UPN or item.is_name)
        for item in matter.snapshot.conflicts or ()
    )


def is_same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are one to the directory, which does not look at case."""
    if one is None or other is None:
        return one is other
    return one.lower() == other.lower()
