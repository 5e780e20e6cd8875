"""List the licences that carry a mailbox: what a request can name, and how much of it is free."""

from shared.domain.licensing.skus import Sku
from shared.ports.deps import Deps
from shared.restore.reading.read_errors import asking

PERMISSIONS = ("LicenseAssignment.Read.All",)


async def list_licenses(deps: Deps) -> tuple[Sku, ...]:
    """The tenant's SKUs for users that have a mailbox plan, by part number; full ones included.

    Raises:
        PermissionMissingError, DirectoryRefusedError, DirectoryUnavailableError: as in `asking`.
    """
    async with asking(PERMISSIONS, deps):
        skus = await deps.tenant.skus()
    carrying = (sku for sku in skus if sku.for_users and sku.mailbox_plans)
    return tuple(sorted(carrying, key=lambda sku: (sku.part_number.casefold(), sku.sku_id)))
