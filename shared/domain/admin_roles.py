"""Describe the admin roles of a user, and which sources of roles could not be read."""

from dataclasses import dataclass
from enum import StrEnum


class RoleSource(StrEnum):
    """The ways in which a user can have an admin role."""

    ACTIVE = "active"
    ELIGIBLE = "eligible"
    """Not held, and to be taken at any time (Privileged Identity Management)."""
    GROUPS = "groups"
    """Held or eligible by a role-assignable group."""


@dataclass(frozen=True, slots=True)
class AdminRoles:
    """The names of the roles, each once, and the sources that could not be looked at."""

    names: tuple[str, ...] = ()
    not_looked: frozenset[RoleSource] = frozenset()
