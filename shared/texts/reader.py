"""Who reads a text: in which language, and with which roles."""

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.roles import Role


class Language(StrEnum):
    """A language of the catalogue, by its ISO 639-1 code."""

    ENGLISH = "en"
    DANISH = "da"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads; `by_keys`: with a function key, in a deployment that knows no roles."""

    language: Language = Language.ENGLISH
    roles: frozenset[Role] = frozenset()
    by_keys: bool = False

    @property
    def sees_others(self) -> bool:
        """Whether names, roles and addresses of other people may be shown."""
        return Role.READ in self.roles
