"""Describe the mark by which a tenant says that a person is not to be brought back."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class MarkRule:
    """Who carries the mark: the members of a group, or whoever has this value in a property.

    Either is None where the deployment does not use it.
    """

    group_id: str | None = None
    attribute: str | None = None
    """The property's name, as Microsoft Graph writes it."""
    value: str | None = None

    @property
    def is_any(self) -> bool:
        """Whether anybody can carry the mark at all."""
        return self != NO_MARK

    def is_carried_by(self, value: str | None) -> bool:
        """Whether a property of this value is the mark; capitals and outer spaces do not count."""
        if value is None or self.value is None:
            return False
        return value.strip().casefold() == self.value.casefold()


NO_MARK: Final = MarkRule()


@dataclass(frozen=True, slots=True)
class MarkLook:
    """What a look for the mark showed; None: it could not be looked at."""

    has_value: bool | None = False
    is_member: bool | None = False


NOT_MARKED: Final = MarkLook()
