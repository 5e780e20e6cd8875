"""Read the rows of `users/delta`, and tell a property that is absent from one that is empty."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from shared.graph.models.shapes import (
    LicenseShape,
    LicenseStateShape,
    PlanShape,
    Shape,
    instant,
    key,
    many,
    one,
    text,
    texts,
)
from shared.graph.models.tenant import Page


@dataclass
class RemovedShape(Shape):
    """@removed: `changed` for soft-deleted, `deleted` for purged."""

    FIELDS: ClassVar = {"reason": ("reason", text)}

    reason: str | None = None


@dataclass
class ChangeShape(Shape):
    """A row of users/delta; None is what the row does not carry."""

    FIELDS: ClassVar = {
        "id": ("id", key),
        "assignedLicenses": ("licenses", many(LicenseShape)),
        "assignedPlans": ("plans", many(PlanShape)),
        "licenseAssignmentStates": ("states", many(LicenseStateShape)),
        "userPrincipalName": ("user_principal_name", text),
        "displayName": ("display_name", text),
        "mail": ("mail", text),
        "proxyAddresses": ("proxy_addresses", texts),
        "createdDateTime": ("created_at", instant),
        "@removed": ("removed", one(RemovedShape)),
    }

    id: str | None = None
    licenses: list[LicenseShape] | None = None
    plans: list[PlanShape] | None = None
    states: list[LicenseStateShape] | None = None
    user_principal_name: str | None = None
    display_name: str | None = None
    mail: str | None = None
    proxy_addresses: list[str] = field(default_factory=list)
    created_at: datetime | None = None
    removed: RemovedShape | None = None


@dataclass
class ChangesShape(Page[ChangeShape]):
    """A page of users/delta: a link to the next page, or to the next round."""

    FIELDS: ClassVar = {
        "value": ("value", many(ChangeShape)),
        "@odata.nextLink": ("next_link", text),
        "@odata.deltaLink": ("delta_link", text),
    }

    delta_link: str | None = None
