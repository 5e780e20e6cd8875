"""What is read of the list of deleted users; shapes as in `models.py`.

As narrow as the list itself: of a page of 999 nothing else is asked for, sent or kept.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from shared.graph.models.shapes import LicenseShape, Shape, UserShape
from shared.graph.models.tenant import Page, page_of


@dataclass
class BinUserShape(Shape):
    """A deleted user as the list shows it."""

    FIELDS: ClassVar = {
        **{
            name: UserShape.FIELDS[name]
            for name in (
                "id",
                "userPrincipalName",
                "displayName",
                "mail",
                "proxyAddresses",
                "deletedDateTime",
                "onPremisesSyncEnabled",
                "assignedLicenses",
                "userType",
            )
        }
    }

    id: str | None = None
    user_principal_name: str | None = None
    display_name: str | None = None
    mail: str | None = None
    proxy_addresses: list[str] = field(default_factory=list)
    deleted_at: datetime | None = None
    synced: bool | None = None
    licenses: list[LicenseShape] = field(default_factory=list)
    user_type: str | None = None


class BinUserPage(Page[BinUserShape]):
    """A page of deleted users."""

    FIELDS: ClassVar = page_of(BinUserShape)
