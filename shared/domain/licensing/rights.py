"""Decide which licences a caller may name, for anybody or for this person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NamingRights:
    """The SKUs that a caller may name: those of the settings for anybody, any with Override."""

    default_sku_ids: tuple[str, ...] = ()
    allowed_sku_ids: tuple[str, ...] = ()
    any_license: bool = False

    def may_name(self, sku_id: str, seen_with: frozenset[str] = frozenset()) -> bool:
        """Whether this SKU may be named for a person who was seen with these."""
        granted = seen_with.union(self.default_sku_ids, self.allowed_sku_ids)
        return self.any_license or sku_id in granted
