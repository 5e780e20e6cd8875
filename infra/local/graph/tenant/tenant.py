"""Hold everything the stand-in knows of one tenant."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from infra.local.graph.tenant.directory import Directory, is_deleted
from infra.local.graph.web.wire import Json

# Deleted users and mailboxes without a licence are kept for 30 days. Source: Entra docs
# "Restore or remove a recently deleted user"; Microsoft "Delete or restore user mailboxes in
# Exchange Online".
RETENTION = timedelta(days=30)


@dataclass(slots=True)
class Tenant:
    """The tenant's objects; SKUs, groups and contacts by id."""

    id: str
    name: str
    country: str
    size: str | None  # S, M or L; None: by the number of users
    domains: list[Json] = field(default_factory=list)
    skus: dict[str, Json] = field(default_factory=dict)
    groups: dict[str, Json] = field(default_factory=dict)
    contacts: dict[str, Json] = field(default_factory=dict)
    units: list[Json] = field(default_factory=list)  # administrative units
    roles: list[Json] = field(default_factory=list)
    eligible: list[Json] = field(default_factory=list)  # roles that somebody may take (PIM)
    app_roles: list[Json] = field(default_factory=list)  # rights in applications
    identities: list[Json] | None = None  # user-assigned managed identities; None: any
    purged: list[Json] = field(default_factory=list)
    audits: list[Json] = field(default_factory=list)
    exclusive_plans: list[list[str]] = field(default_factory=list)
    plan_needs: dict[str, list[str]] = field(default_factory=dict)
    directory: Directory = field(default_factory=Directory)
    short_of_seats: set[str] = field(default_factory=set)  # whose group licence waits for one
    seats_seen: dict[str, int] = field(default_factory=dict)
    _holders: dict[str, list[str]] = field(default_factory=dict)

    def is_verified(self, address: str) -> bool:
        """Tell whether the domain of an address or UPN belongs to the tenant and is verified."""
        domain = address.rpartition("@")[2].lower()
        return any(
            row["id"].lower() == domain and row.get("isVerified", True) for row in self.domains
        )

    def has_domain(self, address: str) -> bool:
        """Tell whether the domain of an address is among the tenant's, verified or not."""
        domain = address.rpartition("@")[2].lower()
        return any(row["id"].lower() == domain for row in self.domains)

    @property
    def initial_domain(self) -> str:
        """Answer the domain the tenant was made with, else the first."""
        initial = (row["id"] for row in self.domains if row.get("isInitial"))
        return str(next(initial, self.domains[0]["id"]))

    def consumed(self, sku_id: str) -> int:
        """Answer the consumed units: seats of the users here, plus those the seed only counts."""
        return self.directory.seats_taken(sku_id) + int(self.skus[sku_id]["othersConsumed"])

    def free_seats(self, sku_id: str) -> int:
        """Answer the seats left: units in grace (warning) can be assigned too.

        Source: Microsoft "assignedPlan resource type", capabilityStatus. The sum is not confirmed
        by a source.
        """
        sku = self.skus[sku_id]
        return int(sku["enabled"]) + int(sku["warning"]) - self.consumed(sku_id)

    def remember_seats(self) -> None:
        """Remember how many seats are free, so that a new one can be told."""
        self.seats_seen = {sku_id: self.free_seats(sku_id) for sku_id in self.skus}

    def role_assignments(self, principal_id: str) -> list[Json]:
        """Answer the admin roles of a principal; they stay while a user is deleted.

        Source: Entra docs "Recover from deletions".
        """
        return [row for row in self.roles if row["principalId"] == principal_id.lower()]

    def put_group(self, group: Json) -> None:
        """Add a group, or put it in the place of the one with its id."""
        self.take_group(group["id"])
        self.groups[group["id"]] = group
        for member in group["members"]:
            self._holders.setdefault(member, []).append(group["id"])

    def take_group(self, group_id: str) -> None:
        """Take a group away, if it is there."""
        before = self.groups.pop(group_id, None)
        for member in before["members"] if before else ():
            self._holders[member].remove(group_id)

    def groups_of(self, member_id: str) -> list[Json]:
        """Answer the groups, not deleted, that a user or a group is a direct member of."""
        found = (self.groups[group_id] for group_id in self._holders.get(member_id, ()))
        return [group for group in found if not is_deleted(group)]

    def all_groups_of(self, member_id: str) -> list[Json]:
        """Answer the groups of a member, and those that these groups are members of."""
        found: dict[str, Json] = {}
        waiting = [member_id]
        while waiting:
            for group in self.groups_of(waiting.pop()):
                if group["id"] not in found:
                    found[group["id"]] = group
                    waiting.append(group["id"])
        return list(found.values())

    def all_members_of(self, group: Json) -> list[str]:
        """Answer the ids of the members of a group and of the groups in it."""
        found: dict[str, None] = {}
        waiting = [group]
        while waiting:
            for member in waiting.pop()["members"]:
                inner = self.groups.get(member)
                if inner is not None and member not in found and not is_deleted(inner):
                    waiting.append(inner)
                found[member] = None
        return list(found)

    def units_of(self, user_id: str) -> list[Json]:
        """Answer the administrative units that a user is a member of."""
        return [unit for unit in self.units if user_id in unit["members"]]

    def addressed(self) -> Iterator[Json]:
        """Answer the groups and contacts that are not deleted: what has addresses beside users."""
        others: Iterable[Json] = (*self.groups.values(), *self.contacts.values())
        return (item for item in others if not is_deleted(item))
