"""Recognise licences that may have been removed on purpose, so that they are not put back."""

from typing import Final

from shared.domain.person import Person

# "Cross-tenant user data migration": on whoever's mailbox was moved to another tenant.
# Source: Microsoft "Product names and service plan identifiers for licensing".
CROSS_TENANT_MIGRATION: Final = "946ce899-873d-44bb-9d8b-671870cbfdbf"


def was_moved(person: Person) -> bool:
    """Whether the person carries the licence for a move to another tenant."""
    return any(item.sku_id == CROSS_TENANT_MIGRATION for item in person.licenses)


def may_be_on_premises(person: Person, *, was_seen_in_cloud: bool) -> bool:
    """Whether the mailbox of an active, synchronised person may be on-premises.

    A licence would then make a second, empty one in the cloud.
    """
    return person.synced and not person.is_deleted and not was_seen_in_cloud
