"""Describe the person or shared mailbox to bring back, as the directory shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# `mailboxSettings.userPurpose` of mailboxes that need no licence up to 50 GB and are given none.
# Source: Microsoft Graph metadata, userPurpose; Microsoft 365 docs "About shared mailboxes".
UNLICENSED_PURPOSES = frozenset({"shared", "room", "equipment"})
_PURPOSES_OF_PEOPLE = frozenset({"user", "linked"})


def says_what_it_is(purpose: str | None) -> bool:
    """Whether a purpose tells a person's mailbox from one that needs no licence.

    One that was not read does not, nor does "others" or a value to come.
    """
    return purpose in UNLICENSED_PURPOSES or purpose in _PURPOSES_OF_PEOPLE


@dataclass(frozen=True, slots=True)
class AssignedLicense:
    """A SKU on a user, with the plans switched off in it."""

    sku_id: str
    disabled_plans: tuple[str, ...] = ()


_SMTP = "smtp:"
_MADE_UP = "exremoved-"

# A plan in its grace period still works.
# Source: Microsoft "assignedPlan resource type", capabilityStatus.
_WORKING = frozenset({"Enabled", "Warning"})


@dataclass(frozen=True, slots=True)
class UserPlan:
    """A service plan on a user, and what the user may do with it (`assignedPlans`).

    `status`: `Enabled`, `Warning` (in grace), `Suspended`, `LockedOut`, `Deleted`; it is the
    user's own and need not be that of the SKU.
    """

    plan_id: str
    status: str = "Enabled"

    @property
    def is_working(self) -> bool:
        """Whether the user can work with it."""
        return self.status in _WORKING


@dataclass(frozen=True, slots=True)
class LicenseState:
    """One assignment of a SKU to a user: `group_id` is None for a direct one."""

    sku_id: str
    group_id: str | None
    state: str
    error: str | None = None

    @property
    def wants_seat(self) -> bool:
        """Whether a free seat is all that is missing.

        Source: Microsoft "licenseAssignmentState resource type", error.
        """
        return self.error == "CountViolation"


@dataclass(frozen=True, slots=True)
class Person:
    """A user object, active or soft-deleted; every property as Graph answered it.

    `user_principal_name` is the original one: the id prefix that Entra ID puts before the name of
    a deleted user is already taken off. `deleted_at` is None while the user is active.
    """

    id: str
    user_principal_name: str
    display_name: str | None = None
    mail: str | None = None
    proxy_addresses: tuple[str, ...] = ()
    deleted_at: datetime | None = None
    usage_location: str | None = None
    synced: bool = False
    account_enabled: bool | None = None
    licenses: tuple[AssignedLicense, ...] = ()
    license_states: tuple[LicenseState, ...] = ()
    plans: tuple[UserPlan, ...] = ()
    created_at: datetime | None = None
    user_type: str | None = None
    employee_id: str | None = None
    """The number by which the employer knows the person."""
    immutable_id: str | None = None
    """What ties the user to its object in Active Directory (`onPremisesImmutableId`)."""

    @property
    def is_deleted(self) -> bool:
        """Whether the user sits among the deleted items."""
        return self.deleted_at is not None

    @property
    def is_removed_in_exchange(self) -> bool:
        """Whether a deleted user carries the name that Exchange makes up for whom it removes."""
        return self.is_deleted and is_made_up(self.user_principal_name)

    @property
    def enabled_plans(self) -> tuple[str, ...]:
        """The ids of the service plans that work."""
        return tuple(plan.plan_id for plan in self.plans if plan.is_working)

    @property
    def is_blank(self) -> bool:
        """Whether what was read of an active user is a read that failed, and no answer.

        Graph has shown users for a time without any property that another service fills in.
        Source: microsoft-graph-docs issue 16054.
        """
        nothing = not self.licenses and not self.plans and self.account_enabled is None
        return nothing and not self.is_deleted

    @property
    def is_guest(self) -> bool:
        """Whether the user belongs to another organisation.

        Source: Microsoft Entra docs "Properties of a Microsoft Entra B2B collaboration user".
        """
        is_marked = "#ext#" in self.user_principal_name.lower()
        return is_marked or (self.user_type or "").lower() == "guest"


class ConflictProperty(StrEnum):
    """The unique properties of a deleted user that may belong to somebody else now."""

    UPN = "userPrincipalName"
    ADDRESS = "proxyAddresses"
    IMMUTABLE_ID = "onPremisesImmutableId"


class HolderKind(StrEnum):
    """The kinds of object that can hold a name or address."""

    USER = "user"
    GROUP = "group"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A name or address of the deleted user that an active object holds now.

    `is_name`: an address that the holder has as its user principal name, and not as an address.
    """

    property: ConflictProperty
    value: str
    holder_id: str
    holder_name: str
    holder_kind: HolderKind = HolderKind.USER
    is_name: bool = False
    holder_employee_id: str | None = None
    """The employee number of the holder, where it is a user who has one."""


@dataclass(frozen=True, slots=True)
class ConflictLook:
    """The holders of a deleted user's names and addresses, and the kinds that could not be read."""

    found: tuple[Conflict, ...] = ()
    not_looked: frozenset[HolderKind] = frozenset()


def is_made_up(name: str) -> bool:
    """Whether it is the name that Exchange gives to the user of a mailbox that it deletes."""
    return name.lower().startswith(_MADE_UP)


def smtp_addresses(proxy_addresses: Iterable[str]) -> tuple[str, ...]:
    """The mail addresses among the proxy addresses, the primary one first, without `smtp:`."""
    found = [one for one in proxy_addresses if one.lower().startswith(_SMTP)]
    found.sort(key=lambda one: not one.startswith("SMTP:"))
    return tuple(one[len(_SMTP) :] for one in found)


def original_upn(object_id: str, user_principal_name: str) -> str:
    """The name before the deletion.

    Entra ID puts the object id without dashes before the name of a deleted user, but not of every
    one: the prefix is taken off only where it equals the id.
    Source: Office365itpros Report-HardDeletedUserAccounts.PS1; msgraph-sdk-powershell issue 2256.
    """
    prefix = object_id.replace("-", "").lower()
    if prefix and user_principal_name.lower().startswith(prefix):
        return user_principal_name[len(prefix) :]
    return user_principal_name
