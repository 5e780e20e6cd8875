"""Define the base of what is read of Graph's answers, and the users, without the SDK's models.

Each shape names its fields once; `$select` is made from the same names, so what is not read is not
asked for either. Values are taken as sent: a field that is absent, null or of another type is None.

Why not the SDK's models: the first `User` it deserialises imports 1,217 modules (2 s), and a page
of 999 users takes 4.4 s of CPU; these take a hundredth of that (msgraph-sdk 1.65.0, issues 904 and
939 of msgraph-sdk-python).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Self

from kiota_abstractions.serialization import Parsable, ParseNode, SerializationWriter

type Read = Callable[[object], Any]

# A text that is shorter holds no date.
_LEAST_OF_INSTANT = len("2026-11-01")

# What lies outside cannot be reckoned with, 30 days before or after it, in any zone; and the first
# day of the calendar is how .NET writes that there is none.
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


class Shape(Parsable):
    """A JSON object of which only the fields in `FIELDS` are read: name -> (attribute, how)."""

    FIELDS: ClassVar[dict[str, tuple[str, Read]]] = {}

    @classmethod
    def selected(cls, *without: str) -> list[str]:
        """The value of `$select` that fits this shape."""
        return [name for name in cls.FIELDS if name not in without]

    @classmethod
    def of(cls, value: object) -> Self:
        """What this shape has of a parsed JSON value; nothing, if that is no object.

        The fields wanted are looked up: the SDK's way, which goes through those that came and
        wraps each, takes ten times as long for a page of users.

        Raises:
            ValueError: an instant that is none.
        """
        shape = cls()
        if isinstance(value, dict):
            for name, (attribute, read) in cls.FIELDS.items():
                given = value.get(name)
                if given is not None:
                    setattr(shape, attribute, read(given))
        return shape

    @classmethod
    def create_from_discriminator_value(cls, parse_node: ParseNode) -> Self:  # noqa: ARG003 - the SDK's signature
        """An empty object; the SDK hands over answers as they came and fills none."""
        return cls()

    def get_field_deserializers(self) -> dict[str, Callable[[ParseNode], None]]:
        """None: see `of`."""
        return {}

    def serialize(self, writer: SerializationWriter) -> None:
        """Nothing: these shapes are read and never sent."""


def text(value: object) -> str | None:
    """A string."""
    return value if isinstance(value, str) else None


def key(value: object) -> str | None:
    """An id, in the lower case in which ids are compared."""
    return value.lower() if isinstance(value, str) and value else None


def number(value: object) -> int | None:
    """A whole number."""
    return value if isinstance(value, int) else None


def flag(value: object) -> bool | None:
    """True, false, or neither."""
    return value if isinstance(value, bool) else None


def instant(value: object) -> datetime | None:
    """An Edm.DateTimeOffset; one of no year that people live in is none.

    Raises:
        ValueError: it has no time zone; deciding for one would move the retention window.
    """
    if not isinstance(value, str) or len(value) < _LEAST_OF_INSTANT:
        return None
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("an instant without a time zone")
    return moment if _FIRST_YEAR <= moment.year <= _LAST_YEAR else None


def texts(value: object) -> list[str]:
    """A list of strings; elements of another type are left out.

    Raises:
        ValueError: it is no list; who has which addresses would be guessed.
    """
    if not isinstance(value, list):
        raise ValueError("no list where there should be one")  # noqa: TRY004 - an answer, not a call
    return [item for item in value if isinstance(item, str) and item]


def keys(value: object) -> list[str]:
    """A list of ids in lower case."""
    return [item.lower() for item in texts(value)]


def one[S: Shape](shape: type[S]) -> Read:
    """An object of this shape."""
    return shape.of


def many[S: Shape](shape: type[S]) -> Callable[[object], list[S]]:
    """A list of objects of this shape."""
    return lambda value: [shape.of(item) for item in value] if isinstance(value, list) else []


@dataclass
class LicenseShape(Shape):
    """assignedLicense."""

    FIELDS: ClassVar = {"skuId": ("sku_id", key), "disabledPlans": ("disabled_plans", keys)}

    sku_id: str | None = None
    disabled_plans: list[str] = field(default_factory=list)


@dataclass
class PlanShape(Shape):
    """assignedPlan, and servicePlanInfo, which shares its id."""

    FIELDS: ClassVar = {"servicePlanId": ("plan_id", key), "capabilityStatus": ("status", text)}

    plan_id: str | None = None
    status: str | None = None


@dataclass
class LicenseStateShape(Shape):
    """licenseAssignmentState; `group_id` is None for a direct assignment."""

    FIELDS: ClassVar = {
        "skuId": ("sku_id", key),
        "assignedByGroup": ("group_id", key),
        "state": ("state", text),
        "error": ("error", text),
    }

    sku_id: str | None = None
    group_id: str | None = None
    state: str | None = None
    error: str | None = None


@dataclass
class UserShape(Shape):
    """A user, active or deleted."""

    FIELDS: ClassVar = {
        "id": ("id", key),
        "userPrincipalName": ("user_principal_name", text),
        "displayName": ("display_name", text),
        "mail": ("mail", text),
        "proxyAddresses": ("proxy_addresses", texts),
        "deletedDateTime": ("deleted_at", instant),
        "usageLocation": ("usage_location", text),
        "onPremisesSyncEnabled": ("synced", flag),
        "accountEnabled": ("account_enabled", flag),
        "assignedLicenses": ("licenses", many(LicenseShape)),
        "assignedPlans": ("plans", many(PlanShape)),
        "licenseAssignmentStates": ("license_states", many(LicenseStateShape)),
        "createdDateTime": ("created_at", instant),
        "userType": ("user_type", text),
        "onPremisesImmutableId": ("immutable_id", text),
        "employeeId": ("employee_id", text),
    }

    id: str | None = None
    user_principal_name: str | None = None
    display_name: str | None = None
    mail: str | None = None
    proxy_addresses: list[str] = field(default_factory=list)
    deleted_at: datetime | None = None
    usage_location: str | None = None
    synced: bool | None = None
    account_enabled: bool | None = None
    licenses: list[LicenseShape] = field(default_factory=list)
    plans: list[PlanShape] = field(default_factory=list)
    license_states: list[LicenseStateShape] = field(default_factory=list)
    created_at: datetime | None = None
    user_type: str | None = None
    immutable_id: str | None = None
    employee_id: str | None = None


@dataclass
class HitShape(Shape):
    """A user as a search needs it."""

    FIELDS: ClassVar = {
        name: UserShape.FIELDS[name]
        for name in (
            *("id", "userPrincipalName", "displayName", "mail", "proxyAddresses"),
            "deletedDateTime",
        )
    }

    id: str | None = None
    user_principal_name: str | None = None
    display_name: str | None = None
    mail: str | None = None
    proxy_addresses: list[str] = field(default_factory=list)
    deleted_at: datetime | None = None


@dataclass
class HolderShape(Shape):
    """A user, group or contact as somebody who holds a name or an address."""

    FIELDS: ClassVar = {
        name: UserShape.FIELDS[name]
        for name in (
            *("id", "userPrincipalName", "displayName", "mail", "proxyAddresses"),
            *("onPremisesImmutableId", "employeeId"),
        )
    }

    id: str | None = None
    user_principal_name: str | None = None
    display_name: str | None = None
    mail: str | None = None
    proxy_addresses: list[str] = field(default_factory=list)
    immutable_id: str | None = None
    employee_id: str | None = None
