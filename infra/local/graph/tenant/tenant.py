"""Everything the stand-in knows of one tenant."""

from dataclasses import dataclass, field
from datetime import timedelta

from infra.local.graph.tenant.directory import Directory
from infra.local.graph.web.wire import Json

# Deleted users and mailboxes without a licence are kept for 30 days. Source: Entra docs
# "Restore or remove a recently deleted user"; Microsoft "Delete or restore user mailboxes in
# Exchange Online".
RETENTION = timedelta(days=30)


@dataclass(slots=True)
class Tenant:
    """The tenant's objects; SKUs and groups by id."""

    id: str
    name: str
    country: str
    size: str | None  # S, M or L; None: by the number of users
    domains: list[Json] = field(default_factory=list)
    skus: dict[str, Json] = field(default_factory=dict)
    groups: dict[str, Json] = field(default_factory=dict)
    roles: list[Json] = field(default_factory=list)
    audits: list[Json] = field(default_factory=list)
    exclusive_plans: list[list[str]] = field(default_factory=list)
    plan_needs: dict[str, list[str]] = field(default_factory=dict)
    directory: Directory = field(default_factory=Directory)

    def is_verified(self, address: str) -> bool:
        """Tell whether the domain of an address or UPN belongs to the tenant and is verified."""
        domain = address.rpartition("@")[2].lower()
        return any(
            row["id"].lower() == domain and row.get("isVerified", True) for row in self.domains
        )

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

    def role_assignments(self, principal_id: str) -> list[Json]:
        """Answer the admin roles of a user; they stay while the user is deleted.

        Source: Entra docs "Recover from deletions".
        """
        return [row for row in self.roles if row["principalId"] == principal_id.lower()]

    def groups_of(self, user_id: str) -> list[Json]:
        """Answer the groups, not deleted, that the user is a member of."""
        return [
            group
            for group in self.groups.values()
            if user_id in group["members"] and not group.get("deletedDateTime")
        ]
