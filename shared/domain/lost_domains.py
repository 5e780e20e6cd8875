"""Find names and addresses on a domain that the tenant lost since; they cannot come back.

Source: crowinthe.cloud, "Restore a deleted user whose domain is gone"; entra-powershell, help of
Restore-EntraDeletedDirectoryObject: the new name must be on a verified domain.
"""

from shared.domain.person import Person, smtp_addresses


def is_lost(name: str, verified: frozenset[str] | None) -> bool:
    """Whether the domain of this name or address is surely not one of the tenant's."""
    return verified is not None and _domain_of(name) not in verified


def is_elsewhere(person: Person, verified: frozenset[str] | None) -> bool:
    """Whether the primary address was surely never on a domain of this tenant.

    The user name was, when it was given: an address on its domain is no other organisation's.
    """
    primary = primary_address(person)
    if primary is None or not is_lost(primary, verified):
        return False
    return _domain_of(primary) != _domain_of(person.user_principal_name)


def primary_address(person: Person) -> str | None:
    """The primary mail address; None: the person has none."""
    return next(iter(smtp_addresses(person.proxy_addresses)), person.mail)


def _domain_of(name: str) -> str:
    return name.rpartition("@")[2].lower()
