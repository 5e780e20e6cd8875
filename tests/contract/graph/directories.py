"""Load one small tenant into the fake or into the Graph stand-in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from shared.domain.evidence.audit_records import Activity, AuditRecord, LicenseContent
from shared.domain.licensing.groups import Group, GroupMembership, GroupStanding
from shared.domain.licensing.skus import Sku
from shared.domain.person import AssignedLicense, HolderKind, LicenseState, Person, UserPlan
from shared.graph.audit_log import GraphAuditLog
from shared.graph.effects import GraphEffects
from shared.graph.people import GraphPeople
from shared.graph.tenant import GraphTenant
from shared.graph.wire.client import build_client
from shared.ports.audit_log import AuditLog
from shared.ports.directory import Effects, People, Tenant
from tests.builders import EXCHANGE_PLAN_ID, NOW, SHAREPOINT_PLAN_ID, TEAMS_PLAN_ID
from tests.fakes.clock import ManualClock
from tests.fakes.directory import FakeDirectory
from tests.fakes.tenant import FakeHolder
from tests.local_http import order

DELETED_AT = NOW - timedelta(days=2)
CREATED_AT = NOW - timedelta(days=400)
LONG_AGO = NOW - timedelta(days=31)
LICENSE_REMOVED_AT = NOW - timedelta(days=5)

E3 = "6fd2c87f-b296-42f0-b197-1e91e994b900"
FULL = "c7df2760-2c81-4ef7-b578-5b5392b571df"
COMPANY = "078d2b04-f1bd-4111-bbd4-b4b1b354cef4"
PLANS = (EXCHANGE_PLAN_ID, SHAREPOINT_PLAN_ID, TEAMS_PLAN_ID)


def an_id(number: int) -> str:
    """The object id of the user with this number."""
    return f"{number:08x}-aaaa-4bbb-8ccc-0123456789ab"


ALICE, BOB, CARLA, DORA, ERIC, FRANK, GRETA, HUGO, IDA, ROOM, JIM, KIM = (
    an_id(n) for n in range(1, 13)
)
NOBODY, PARTNER = an_id(99), an_id(80)
ADMIN_ROLE, ELIGIBLE_ROLE = "Helpdesk Administrator", "User Administrator"
GROUP_ROLE = "Exchange Administrator"

SKUS = (
    Sku(E3, "ENTERPRISEPACK", PLANS, free_seats=3, assignable_units=4, consumed_units=1),
    Sku(FULL, "ENTERPRISEPREMIUM", PLANS, free_seats=0),
    Sku(
        COMPANY,
        "WHOLE_COMPANY",
        (TEAMS_PLAN_ID,),
        free_seats=10,
        for_users=False,
        assignable_units=10,
    ),
)


def _user(number: int, name: str, /, **fields: Any) -> Person:
    upn = f"{name}@contoso.com"
    plain = Person(
        id=an_id(number),
        user_principal_name=upn,
        display_name=name.capitalize(),
        mail=upn,
        proxy_addresses=(f"SMTP:{upn}",),
        usage_location="DE",
        account_enabled=True,
        created_at=CREATED_AT,
        user_type="Member",
    )
    values = {slot: getattr(plain, slot) for slot in Person.__slots__}
    return Person(**(values | fields))


_LICENSED: dict[str, Any] = {
    "licenses": (AssignedLicense(E3, (TEAMS_PLAN_ID,)),),
    "license_states": (LicenseState(E3, None, "Active"),),
    "plans": (UserPlan(EXCHANGE_PLAN_ID), UserPlan(SHAREPOINT_PLAN_ID)),
}

USERS = (
    _user(
        1, "alice", **_LICENSED, proxy_addresses=("SMTP:alice@contoso.com", "smtp:al@contoso.com")
    ),
    _user(
        2,
        "bob",
        **_LICENSED,
        deleted_at=DELETED_AT,
        proxy_addresses=("SMTP:bob@contoso.com", "smtp:bobby@contoso.com", "x500:/o=old"),
    ),
    _user(3, "carla"),
    # Deleted, and both her name and an address have gone to an active Dora since.
    _user(
        4,
        "dora",
        deleted_at=DELETED_AT,
        proxy_addresses=("SMTP:dora@contoso.com",),
        employee_id="D-1",
    ),
    _user(5, "eric", deleted_at=DELETED_AT, usage_location=None, synced=True),
    _user(6, "dora", display_name="Dora the second", employee_id="D-2"),
    _user(7, "greta", deleted_at=LONG_AGO),
    _user(8, "hugo", deleted_at=DELETED_AT),
    _user(9, "ida", usage_location=None),
    _user(10, "room", account_enabled=False),
    # The name of another user with something before it; and the end of his own is an alias.
    _user(
        11,
        "jim.bob",
        deleted_at=DELETED_AT,
        proxy_addresses=("SMTP:jim.bob@contoso.com", "smtp:im.bob@contoso.com"),
    ),
    # A name, an anchor, and no address of her own.
    _user(12, "kim", mail=None, proxy_addresses=(), immutable_id="kim=="),
)


SALES = Group(an_id(70), "Sales", GroupStanding.ACTIVE, licenses=(), members=2)
OLD_SALES = Group(an_id(71), "Old sales", GroupStanding.DELETED)
NO_GROUP = Group(an_id(72), None, GroupStanding.GONE)
RULED = Group(
    an_id(73),
    "All of sales",
    GroupStanding.ACTIVE,
    rule='user.department -eq "Sales"',
    licenses=(AssignedLicense(E3, (TEAMS_PLAN_ID,)),),
    members=0,
)
INNER = Group(an_id(74), "Inner sales", GroupStanding.ACTIVE, licenses=(), members=1)
ADMINS = Group(an_id(75), "Admins", GroupStanding.ACTIVE, licenses=(), members=1)
GROUPS = (SALES, OLD_SALES, NO_GROUP, RULED, INNER, ADMINS)
MEMBERS = {SALES.id: (ALICE, INNER.id), INNER.id: (CARLA,), ADMINS.id: (KIM,)}

DEFAULT_ROLES = (
    "User.Read.All",
    "User.DeleteRestore.All",
    "LicenseAssignment.Read.All",
    "LicenseAssignment.ReadWrite.All",
    "MailboxSettings.Read",
    "AuditLog.Read.All",
    "RoleManagement.Read.Directory",
)
# What only makes answers better; a tenant need not grant them.
MORE_ROLES = (
    *("GroupMember.Read.All", "Group.Read.All", "Organization.Read.All", "OrgContact.Read.All"),
    "RoleEligibilitySchedule.Read.Directory",
)


@dataclass(frozen=True, slots=True)
class Directories:
    """The ports over one tenant."""

    people: People
    tenant: Tenant
    audit_log: AuditLog
    effects: Effects


@asynccontextmanager
async def over_the_wire(url: str) -> AsyncIterator[Directories]:
    """The tenant in the stand-in at this address, reached by the real adapters."""
    load_standin(url)
    client = build_client(cloud="global", base_url=url, client_id=None)
    yield Directories(
        GraphPeople(client),
        GraphTenant(client),
        GraphAuditLog(client),
        GraphEffects(client),
    )
    await client.close()


def fake_directories() -> Directories:
    """The tenant in memory."""
    fake = FakeDirectory(ManualClock(NOW))
    for user in USERS:
        fake.put(user)
    for sku in SKUS:
        fake.put_sku(sku)
    fake.roles[HUGO] = (ADMIN_ROLE,)
    fake.purposes[ROOM] = "room"
    for group in GROUPS:
        fake.put_group(group)
    fake.marks.values[BOB] = "leaver"
    fake.domains = frozenset({"contoso.com"})
    fake.eligible_roles[KIM] = (ELIGIBLE_ROLE,)
    fake.group_roles[KIM] = (GROUP_ROLE,)
    fake.memberships = {
        (SALES.id, ALICE): GroupMembership.DIRECT,
        (SALES.id, CARLA): GroupMembership.NESTED,
    }
    sales, partner = frozenset({"sales@contoso.com"}), frozenset({"partner@contoso.com"})
    fake.holders = [
        FakeHolder(SALES.id, "Sales", HolderKind.GROUP, sales),
        FakeHolder(PARTNER, "Partner", HolderKind.CONTACT, partner),
    ]
    fake.audit_records = list(_records())
    return Directories(fake, fake, fake, fake)


def _records() -> tuple[AuditRecord, ...]:
    change = AuditRecord(CARLA, LICENSE_REMOVED_AT, correlation_id="one", by_group=False)
    before, after = LicenseContent((AssignedLicense(E3),)), LicenseContent(())
    update = replace(change, activity=Activity.UPDATE_USER, before=before, after=after)
    return change, update


def load_standin(url: str) -> None:
    """The same tenant in the stand-in at this address, its clock stopped at NOW."""
    control = f"{url}/_control"
    for path, body in (
        ("tenant", _document()),
        ("switches", {"quotas": False, "tokenRoles": [*DEFAULT_ROLES, *MORE_ROLES]}),
        ("clock", {"frozen": True}),
        ("clock", {"now": NOW.isoformat()}),
    ):
        order(f"{control}/{path}", body)


def _document() -> dict[str, Any]:
    rows = [_row(user) for user in USERS]
    return {
        "now": NOW.isoformat(),
        "domains": [{"id": "contoso.com", "isDefault": True}],
        "groups": [_group_row(group) for group in GROUPS if group.name],
        "contacts": [
            {
                "id": PARTNER,
                "displayName": "Partner",
                "mail": "partner@contoso.com",
                "proxyAddresses": ["SMTP:partner@contoso.com"],
            }
        ],
        "skus": [_sku_row(sku) for sku in SKUS],
        "users": [row for row in rows if "deletedDateTime" not in row],
        "deletedUsers": [row for row in rows if "deletedDateTime" in row],
        "roleAssignments": [
            {"principalId": HUGO, "roleDefinitionId": an_id(50), "roleName": ADMIN_ROLE},
            {"principalId": ADMINS.id, "roleDefinitionId": an_id(52), "roleName": GROUP_ROLE},
        ],
        "eligibleRoles": [
            {"principalId": KIM, "roleDefinitionId": an_id(51), "roleName": ELIGIBLE_ROLE}
        ],
    }


def _group_row(group: Group) -> dict[str, Any]:
    deleted = group.standing is GroupStanding.DELETED
    at = DELETED_AT.isoformat() if deleted else None
    return {
        "id": group.id,
        "displayName": group.name,
        "deletedDateTime": at,
        "groupTypes": ["DynamicMembership"] if group.rule else [],
        "membershipRule": group.rule,
        "isAssignableToRole": group is ADMINS,
        "proxyAddresses": ["SMTP:sales@contoso.com"] if group is SALES else [],
        "members": list(MEMBERS.get(group.id, ())),
        "licenses": [
            {"sku": item.sku_id, "disabledPlans": list(item.disabled_plans)}
            for item in group.licenses or ()
        ],
    }


def _row(user: Person) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": user.id,
        "userPrincipalName": user.user_principal_name,
        "displayName": user.display_name,
        "mail": user.mail,
        "proxyAddresses": list(user.proxy_addresses),
        "usageLocation": user.usage_location,
        "accountEnabled": user.account_enabled,
        "onPremisesSyncEnabled": user.synced or None,
        "onPremisesImmutableId": user.immutable_id,
        "employeeId": user.employee_id,
        "onPremisesExtensionAttributes": {
            "extensionAttribute15": "Leaver" if user.id == BOB else None
        },
        "createdDateTime": CREATED_AT.isoformat(),
        "userType": "Member",
        "licenses": [
            {"sku": item.sku_id, "disabledPlans": list(item.disabled_plans)}
            for item in user.licenses
        ],
    }
    if user.deleted_at is not None:
        row["deletedDateTime"] = user.deleted_at.isoformat()
    if user.id == ROOM:
        row["mailbox"] = "room"
    if user.id == CARLA:
        row |= {"lostLicenses": [E3], "licenseRemovedAt": LICENSE_REMOVED_AT.isoformat()}
    return row


def _sku_row(sku: Sku) -> dict[str, Any]:
    taken = sum(
        sku.sku_id == item.sku_id for user in USERS if not user.is_deleted for item in user.licenses
    )
    plans = [{"servicePlanId": plan, "servicePlanName": plan[:8]} for plan in sku.plan_ids]
    return {
        "skuId": sku.sku_id,
        "skuPartNumber": sku.part_number,
        "appliesTo": "User" if sku.for_users else "Company",
        "enabled": sku.free_seats + taken - 1,
        "warning": 1,
        "consumed": taken,
        "servicePlans": plans,
    }
