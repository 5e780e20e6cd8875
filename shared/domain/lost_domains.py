"""Find names and addresses on a domain that the tenant lost since; they cannot come back.

Source: crowinthe.cloud, "Restore a deleted user whose domain is gone"; entra-powershell, help of
Restore-EntraDeletedDirectoryObject: the new name must be on a verified domain.
"""


def is_lost(name: str, verified: frozenset[str] | None) -> bool:
    """Whether the domain of this name or address is surely not one of the tenant's."""
    return verified is not None and name.rpartition("@")[2].lower() not in verified
