"""Describe a tenant's state in neutral terms, for the fakes and the stand-in alike."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    SHAREPOINT_PLAN_ID,
    TEAMS_PLAN_ID,
    UPN,
    USER_ID,
)

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SECOND, TICK = timedelta(seconds=1), timedelta(microseconds=1)

MEGAN = USER_ID
ALEX = "11111111-2222-4333-8444-555555555555"
NOBODY = "99999999-2222-4333-8444-555555555555"
SALES = "0f0f0f0f-0000-4000-8000-00000000000f"
KIOSK_PLAN_ID = "9aaf7827-d63c-4b61-89c3-182f06f82e5c"
FLOW_PLAN_ID = "50e68c76-46c6-4674-81f9-75456511b170"


@dataclass(frozen=True)
class Subscription:
    """A SKU of the tenant; `free` counts the seats that nobody holds, or is overdrawn by."""

    part_number: str
    id: str
    plans: dict[str, str] = field(hash=False)
    free: int = 5
    for_users: bool = True
    status: str = "Enabled"


_E3_PLANS = {
    EXCHANGE_PLAN_ID: "EXCHANGE_S_ENTERPRISE",
    SHAREPOINT_PLAN_ID: "SHAREPOINTENTERPRISE",
    TEAMS_PLAN_ID: "TEAMS1",
}
E3 = Subscription("ENTERPRISEPACK", ENTERPRISEPACK_ID, _E3_PLANS)
ARCHIVE = Subscription(
    "EXCHANGEARCHIVE_ADDON",
    "ee02fd1b-340e-4a4b-b355-4a514e4c8943",
    {"176a09a6-7ec5-4039-ac02-b2791c6ba793": "EXCHANGE_S_ARCHIVE_ADDON"},
)
EXO = Subscription(
    "EXCHANGESTANDARD",
    "4b9405b0-7788-4568-add1-99614e613b69",
    {KIOSK_PLAN_ID: "EXCHANGE_S_STANDARD"},
)
FLOW = Subscription(
    "FLOW_FREE", "f30db892-07e9-47e9-837c-80727f46fd3d", {FLOW_PLAN_ID: "FLOW_P2_VIRAL"}
)
GONE_SKU = "c7df2760-2c81-4ef7-b578-5b5392b571df"


@dataclass(frozen=True)
class Held:
    """A licence on a user: the SKU, the plans switched off, and the group it comes from.

    With an `error`, the group would give it and cannot.
    """

    sku: str = E3.id
    disabled: tuple[str, ...] = ()
    group: str | None = None
    error: str | None = None


@dataclass(frozen=True)
class Licensing:
    """A group that licences come from; members are users and groups, `rule` makes it dynamic."""

    id: str = SALES
    licenses: tuple[Held, ...] = (Held(),)
    members: tuple[str, ...] = (MEGAN,)
    rule: str | None = None


@dataclass(frozen=True)
class Seen:
    """What the service itself observed: when the licence was lost, and what it was."""

    lost_at: datetime | None
    licenses: tuple[Held, ...] = (Held(),)


@dataclass(frozen=True)
class User:
    """A user: Megan, active and licensed with E3, unless said otherwise.

    `mailbox` is its purpose, None for a user that never had one; `lost_at` is when it was lost, as
    Exchange knows and nobody else. `deleted_text` is deletedDateTime as Graph writes it, where the
    way of writing matters. `audited` are the instants at which the audit log tells that E3 went,
    `hinted` those of which it tells only that some licence was changed, `updated` those at which
    only a record "Update user" tells that E3 went.
    """

    id: str = MEGAN
    upn: str = UPN
    name: str = "Megan Bowen"
    mail: str | None = UPN
    aliases: tuple[str, ...] = ("megan@contoso.com",)
    deleted_at: datetime | None = None
    deleted_text: str | None = None
    licenses: tuple[Held, ...] = (Held(),)
    usage_location: str | None = "DE"
    enabled: bool = True
    synced: bool = False
    employee_id: str | None = None
    anchor: str | None = None
    """What ties it to an object of Active Directory."""
    attribute: str | None = None
    """What its extensionAttribute15 says."""
    mailbox: str | None = "user"
    lost_at: datetime | None = None
    roles: tuple[str, ...] = ()
    eligible: tuple[str, ...] = ()
    """Roles that may be activated at any time."""
    group_roles: tuple[str, ...] = ()
    """Roles by a role-assignable group."""
    audited: tuple[datetime, ...] = ()
    hinted: tuple[datetime, ...] = ()
    updated: tuple[datetime, ...] = ()
    observed: Seen | None = None
    is_purged: bool = False
    """Gone for good; only what was observed of it is left."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every SMTP address with its prefix, the primary one first."""
        primary = (f"SMTP:{self.mail}",) if self.mail else ()
        return (*primary, *(f"smtp:{alias}" for alias in self.aliases))


@dataclass(frozen=True)
class Fault:
    """Graph or the way to it fails: `call` is a method of the Graph ports, or `audit`.

    A `status` is answered in place of the true answer, or after the effect with `after`; without
    one the connection is cut. `calls` numbers the calls that suffer, from 1; empty means all.
    """

    call: str
    status: int | None = None
    code: str | None = None
    message: str | None = None
    retry_after: float | None = None
    after: bool = False
    calls: tuple[int, ...] = (1,)


@dataclass(frozen=True)
class State:
    """A tenant at one instant.

    `lacks` are Graph permissions that the service was not granted, `has` those beyond the usual,
    `switches` those of the stand-in by their names there, `exclusive` pairs of plans and `needs`
    (plan, needed plan). With `audit_busy` others have used up the quota of the audit log.
    """

    users: tuple[User, ...] = ()
    skus: tuple[Subscription, ...] = (E3, EXO, FLOW)
    deleted_groups: tuple[str, ...] = ()
    groups: tuple[Licensing, ...] = ()
    exclusive: tuple[tuple[str, str], ...] = ()
    needs: tuple[tuple[str, str], ...] = ()
    lacks: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    switches: dict[str, object] = field(default_factory=dict, hash=False)
    faults: tuple[Fault, ...] = ()
    audit_busy: bool = False

    @property
    def present(self) -> tuple[User, ...]:
        """The users that the tenant still has."""
        return tuple(user for user in self.users if not user.is_purged)


TWO_DAYS_AGO = NOW - 2 * DAY
ACTIVE = User()
DELETED = User(deleted_at=TWO_DAYS_AGO, lost_at=TWO_DAYS_AGO)
"""Deleted two days ago, with the licence it had."""
UNLICENSED = User(licenses=(), lost_at=NOW - 5 * DAY)
"""Active; lost its licence five days ago, which no source tells."""
AUDITED = User(licenses=(), lost_at=NOW - 5 * DAY, audited=(NOW - 5 * DAY,))
HINTED = User(licenses=(), lost_at=NOW - 5 * DAY, hinted=(NOW - 5 * DAY,))
"""The same, but the log does not say which licence it was."""
SHARED = User(
    deleted_at=TWO_DAYS_AGO, lost_at=TWO_DAYS_AGO, licenses=(), enabled=False, mailbox="shared"
)
"""A shared mailbox, deleted two days ago."""
BOTH = User(deleted_at=TWO_DAYS_AGO, lost_at=NOW - 5 * DAY, licenses=())
"""Lost its licence five days ago, and was deleted two days ago."""
PLAN_1 = User(licenses=(Held(EXO.id),))
"""With another licence, as somebody else's hand gives it."""
OTHER = User(id=ALEX, upn="alex@contoso.com", name="Alex", mail="alex@contoso.com", aliases=())
"""Somebody else, active and licensed."""
