"""Describe a group that gives licences, as far as Graph shows it."""

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.person import AssignedLicense


class GroupStanding(StrEnum):
    """The state of a group: active, deleted or gone, as far as Graph says."""

    ACTIVE = "active"
    DELETED = "deleted"
    """Among the deleted items, from which it can be restored."""
    GONE = "gone"
    """Neither active nor deleted."""
    MISSING = "missing"
    """Not active; Graph will not say whether it is deleted or gone."""
    UNKNOWN = "unknown"
    """Graph will not show groups."""


class GroupMembership(StrEnum):
    """The ways in which a user can be in the group."""

    DIRECT = "direct"
    NESTED = "nested"
    """In a group that is in the group: group licences do not reach so far."""
    NONE = "none"
    UNKNOWN = "unknown"
    """Nobody asked, or Graph will not say."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group; without a name where Graph will not tell it.

    `rule` is the membership rule of a dynamic group. `licenses` are those that it gives now, None
    where they do not show. `membership` is that of the user who was asked about; `members` counts
    all of the group.
    """

    id: str
    name: str | None = None
    standing: GroupStanding = GroupStanding.UNKNOWN
    rule: str | None = None
    licenses: tuple[AssignedLicense, ...] | None = None
    membership: GroupMembership = GroupMembership.UNKNOWN
    members: int | None = None

    @property
    def text(self) -> str:
        """The group as a message names it."""
        return f"{self.name} ({self.id})" if self.name else self.id


@dataclass(frozen=True, slots=True)
class GroupSeat:
    """A licence that a group gives a person as soon as a seat is free; both as people call them."""

    group_id: str
    group: str
    sku_id: str
    license: str


def group_named(group_id: str, groups: tuple[Group, ...]) -> Group:
    """The group of this id, or what is known without having looked: the id."""
    return next((group for group in groups if group.id == group_id), Group(group_id))
