"""Describe who reads a text: the language, and the roles."""

from dataclasses import dataclass, replace
from enum import StrEnum

from shared.domain.requests.request import RequestedBy
from shared.domain.requests.roles import Role


class Language(StrEnum):
    """A language of the catalogue, by its ISO 639-1 code."""

    ENGLISH = "en"
    DANISH = "da"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads; `by_keys`: with a function key, in a deployment that knows no roles.

    `id` is the caller's, by which one's own restores are told from those of others.
    """

    language: Language = Language.ENGLISH
    roles: frozenset[Role] = frozenset()
    by_keys: bool = False
    id: str | None = None
    in_table: bool = False
    """Reads a line of a table, which has none of the fields that JSON has beside the words."""

    def at_a_table(self) -> "Reader":
        """The same reader, over a line of a table."""
        return replace(self, in_table=True)

    @property
    def sees_others(self) -> bool:
        """Whether names, roles and addresses of other people may be shown."""
        return Role.READ in self.roles

    def owns(self, caller_id: str | None) -> bool:
        """Whether this is the reader's own id; nobody owns what a nameless caller asked for."""
        return self.id is not None and self.id == caller_id


@dataclass(frozen=True, slots=True)
class Audience:
    """Those who are told without asking: who reads events, in the language of the deployment."""

    language: Language = Language.ENGLISH
    by_keys: bool = False

    def everybody(self) -> Reader:
        """Whoever may read all restores: the result queue, and subscriptions to all."""
        return Reader(self.language, frozenset({Role.READ}), self.by_keys)

    def owner(self, asked_by: RequestedBy) -> Reader:
        """Whoever asked, with the roles held at the time of asking."""
        return Reader(self.language, frozenset(asked_by.roles), self.by_keys, asked_by.id)
