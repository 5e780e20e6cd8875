"""Describe what the directory knows of a type: properties, defaults, what may be queried."""

import re
from dataclasses import dataclass, field

# An attribute of a directory extension: Microsoft "Add custom data to resources by using
# extensions".
_EXTENSION = re.compile(r"extension_[0-9a-f]{32}_\w+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Schema:
    """One type of the directory and its query rules."""

    name: str
    types: dict[str, str]
    default: tuple[str, ...] | None  # shown without $select; None shows all
    filterable: frozenset[str] | None  # None: every property
    sortable: frozenset[str] | None
    sortable_advanced: frozenset[str] = frozenset()
    ends_with: frozenset[str] = frozenset()
    advanced: bool = True  # the advanced-query rules of directory objects apply
    extensible: bool = False  # has attributes of directory extensions
    navigations: frozenset[str] = frozenset()  # what may be expanded, in lower case
    needs_headers: dict[str, frozenset[str]] = field(default_factory=dict)

    def canonical(self, name: str) -> str | None:
        """Answer the property's own spelling, or None if the type has no such property."""
        if name in self.types or (self.extensible and _EXTENSION.fullmatch(name)):
            return name
        lower = name.lower()
        return next((known for known in self.types if known.lower() == lower), None)

    def kind(self, name: str) -> str:
        """Answer the kind of a property: string, date, bool, number, collection or object."""
        return self.types.get(name, "string")

    def may_filter(self, name: str) -> bool:
        """Tell whether a filter may name the property."""
        if self.filterable is None or name in self.filterable:
            return True
        return self.extensible and name not in self.types


def typed(**kinds: str) -> dict[str, str]:
    """Answer properties by kind, each kind's names in one text."""
    return {name: kind for kind, names in kinds.items() for name in names.split()}
