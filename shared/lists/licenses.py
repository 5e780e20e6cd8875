"""List the licences that carry a mailbox: what a request can name, and how much of it is free."""

from datetime import timedelta

from shared.domain.licensing.skus import Sku
from shared.pacing import Lately
from shared.ports.clock import Clock
from shared.ports.deps import Deps
from shared.ports.directory import Tenant
from shared.restore.reading.read_errors import asking

PERMISSIONS = ("LicenseAssignment.Read.All",)

# Whoever may ask for restores may ask for this list as often as they like, and all restores share
# one allowance of Graph's: a worker asks once in this time, whoever asks it. The seats are a hint.
FRESH = timedelta(seconds=10)


class RememberedSkus:
    """A SkuReader that keeps the answer of the port for a while, and shares one under way."""

    def __init__(self, tenant: Tenant, clock: Clock) -> None:
        self._lately = Lately(tenant.skus, clock, FRESH)

    async def skus(self) -> tuple[Sku, ...]:
        """The tenant's subscriptions, as they were ten seconds ago at the earliest."""
        return await self._lately.answer()


async def list_licenses(deps: Deps) -> tuple[Sku, ...]:
    """The tenant's SKUs for users that have a mailbox plan, by part number; full ones included.

    Raises:
        PermissionMissingError, DirectoryRefusedError, DirectoryUnavailableError: as in `asking`.
    """
    async with asking(PERMISSIONS, deps):
        skus = await deps.skus_lately.skus()
    carrying = (sku for sku in skus if sku.for_users and sku.mailbox_plans)
    return tuple(sorted(carrying, key=lambda sku: (sku.part_number.casefold(), sku.sku_id)))
