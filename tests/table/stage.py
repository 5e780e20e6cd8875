"""Provide a row with ports, a clock, and a tenant that can be changed and read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from tests.table.row import Effect, Json, Then


class Directory(Protocol):
    """One tenant, on fakes or over the wire."""

    def port(self, name: str) -> Any:
        """The Graph port that `Deps` has under this name."""
        ...

    async def load(self) -> None:
        """Put the row's tenant in place, as it is at the row's instant."""
        ...

    async def set_clock(self, now: datetime) -> None:
        """Let the tenant's time be this."""
        ...

    async def happen(self, event: Then) -> None:
        """Let something happen behind everybody's back."""
        ...

    async def sent(self) -> tuple[Effect, ...]:
        """Every effect that was sent since loading, in order, whatever came of it."""
        ...

    async def made(self) -> tuple[int, int]:
        """How often a restore and a licence assignment took effect since loading."""
        ...

    async def traces(self) -> object:
        """Everything that a change would change, to be compared."""
        ...

    async def user(self, user_id: str) -> Json | None:
        """The user as it truly is: deleted, upn, enabled, addresses, licenses; None if purged.

        `licenses` is the disabled plans by SKU id. Over the wire also `content`: whether the
        mailbox is the `original` one or an `empty` one.
        """
        ...


def as_licenses(rows: Mapping[str, tuple[str, ...]]) -> Json:
    """Licences in one form: SKU id to its disabled plans, sorted."""
    return {sku: tuple(sorted(plans)) for sku, plans in sorted(rows.items())}
