"""Read the answers about all but users: SKUs, roles, groups, mailboxes and errors.

The classes are made as in `shapes.py`.
"""

from dataclasses import dataclass, field
from typing import ClassVar

from shared.graph.models.shapes import (
    HitShape,
    HolderShape,
    LicenseShape,
    PlanShape,
    Read,
    Shape,
    UserShape,
    flag,
    key,
    keys,
    many,
    number,
    one,
    text,
    texts,
)


def _text_or_value(value: object) -> str | None:
    found = value.get("value") if isinstance(value, dict) else value
    return found if isinstance(found, str) else None


@dataclass
class UnitsShape(Shape):
    """licenseUnitsDetail: units that can be assigned, and those in their grace period."""

    FIELDS: ClassVar = {"enabled": ("enabled", number), "warning": ("warning", number)}

    enabled: int | None = None
    warning: int | None = None


@dataclass
class SkuShape(Shape):
    """subscribedSku."""

    FIELDS: ClassVar = {
        "skuId": ("sku_id", key),
        "skuPartNumber": ("part_number", text),
        "appliesTo": ("applies_to", text),
        "capabilityStatus": ("status", text),
        "consumedUnits": ("consumed", number),
        "prepaidUnits": ("prepaid", one(UnitsShape)),
        "servicePlans": ("plans", many(PlanShape)),
    }

    sku_id: str | None = None
    part_number: str | None = None
    applies_to: str | None = None
    status: str | None = None
    consumed: int | None = None
    prepaid: UnitsShape | None = None
    plans: list[PlanShape] = field(default_factory=list)


@dataclass
class RoleDefinitionShape(Shape):
    """unifiedRoleDefinition."""

    FIELDS: ClassVar = {"displayName": ("display_name", text)}

    display_name: str | None = None


@dataclass
class RoleAssignmentShape(Shape):
    """unifiedRoleAssignment with its definition expanded."""

    FIELDS: ClassVar = {
        "roleDefinitionId": ("definition_id", text),
        "roleDefinition": ("definition", one(RoleDefinitionShape)),
    }

    definition_id: str | None = None
    definition: RoleDefinitionShape | None = None


@dataclass
class AppRoleShape(Shape):
    """appRoleAssignment: a role of some application, ours among them."""

    FIELDS: ClassVar = {"appRoleId": ("app_role_id", text)}

    app_role_id: str | None = None


@dataclass
class GroupShape(Shape):
    """group; of a membership, whatever object the user is a member of."""

    FIELDS: ClassVar = {
        "id": ("id", key),
        "displayName": ("display_name", text),
        "groupTypes": ("types", texts),
        "membershipRule": ("rule", text),
        "assignedLicenses": ("licenses", many(LicenseShape)),
        "isAssignableToRole": ("is_assignable", flag),
    }

    id: str | None = None
    display_name: str | None = None
    types: list[str] = field(default_factory=list)
    rule: str | None = None
    licenses: list[LicenseShape] = field(default_factory=list)
    is_assignable: bool | None = None


@dataclass
class GroupIdsShape(Shape):
    """The answer of checkMemberGroups: those of the groups asked about that the user is in."""

    FIELDS: ClassVar = {"value": ("ids", keys)}

    ids: list[str] = field(default_factory=list)


@dataclass
class DomainShape(Shape):
    """verifiedDomain."""

    FIELDS: ClassVar = {"name": ("name", key)}

    name: str | None = None


@dataclass
class OrganizationShape(Shape):
    """organization."""

    FIELDS: ClassVar = {"verifiedDomains": ("domains", many(DomainShape))}

    domains: list[DomainShape] = field(default_factory=list)


@dataclass
class MailboxShape(Shape):
    """mailboxSettings.

    userPurpose is a string by the metadata and by captures, and an object {"value": "user"} on
    Microsoft's page "Get user mailbox settings"; both are read.
    """

    FIELDS: ClassVar = {"userPurpose": ("purpose", _text_or_value)}

    purpose: str | None = None


@dataclass
class Page[S: Shape](Shape):
    """One page of a list; `value` is None if the answer holds no list at all."""

    value: list[S] | None = None
    next_link: str | None = None


def page_of(shape: type[Shape]) -> dict[str, tuple[str, Read]]:
    """The fields of a page of these."""
    return {"value": ("value", many(shape)), "@odata.nextLink": ("next_link", text)}


class HitPage(Page[HitShape]):
    """A page of users, as a search needs them."""

    FIELDS: ClassVar = page_of(HitShape)


class GroupPage(Page[GroupShape]):
    """A page of groups, or of whatever a user is a member of."""

    FIELDS: ClassVar = page_of(GroupShape)


@dataclass
class AppRolePage(Page[AppRoleShape]):
    """A page of the roles of a caller."""

    FIELDS: ClassVar = page_of(AppRoleShape)


@dataclass
class CountPage(Page[GroupShape]):
    """A page of which only the count of all items is of use."""

    FIELDS: ClassVar = {**page_of(GroupShape), "@odata.count": ("count", number)}

    count: int | None = None


class HolderPage(Page[HolderShape]):
    """A page of users, groups or contacts that hold something."""

    FIELDS: ClassVar = page_of(HolderShape)


class UserPage(Page[UserShape]):
    """A page of whole users."""

    FIELDS: ClassVar = page_of(UserShape)


class SkuPage(Page[SkuShape]):
    """The subscribed SKUs."""

    FIELDS: ClassVar = page_of(SkuShape)


class OrganizationPage(Page[OrganizationShape]):
    """The organisation, which is one."""

    FIELDS: ClassVar = page_of(OrganizationShape)


class RolePage(Page[RoleAssignmentShape]):
    """A page of role assignments."""

    FIELDS: ClassVar = page_of(RoleAssignmentShape)


@dataclass
class DetailShape(Shape):
    """One of the `details` of a refusal."""

    FIELDS: ClassVar = {"code": ("code", text), "target": ("target", text)}

    code: str | None = None
    target: str | None = None


@dataclass
class InnerErrorShape(Shape):
    """innerError: only the request id is of use."""

    FIELDS: ClassVar = {"request-id": ("request_id", text)}

    request_id: str | None = None


@dataclass
class ErrorShape(Shape):
    """`error`: Graph's own words.

    Source: Microsoft "Microsoft Graph error responses and resource types" (innerError; services
    behind Graph also spell it innererror).
    """

    FIELDS: ClassVar = {
        "code": ("code", text),
        "message": ("message", text),
        "details": ("details", many(DetailShape)),
        "innerError": ("inner", one(InnerErrorShape)),
        "innererror": ("inner", one(InnerErrorShape)),
    }

    code: str | None = None
    message: str | None = None
    details: list[DetailShape] = field(default_factory=list)
    inner: InnerErrorShape | None = None


@dataclass
class RefusalShape(Shape):
    """The envelope of every refusal."""

    FIELDS: ClassVar = {"error": ("error", one(ErrorShape))}

    error: ErrorShape | None = None
