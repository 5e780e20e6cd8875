"""Build the document of a licence of the tenant."""

from shared.domain.licensing.skus import Sku
from shared.domain.values.json_values import Json


def license_document(sku: Sku, *, allowed: bool) -> Json:
    """The JSON document of a SKU that carries a mailbox; `allowed` for whoever asks.

    `freeSeats` is never below 0: a restored user keeps its licence even where no seat was left,
    and then `consumedUnits` is the greater of the other two.
    """
    return {
        "skuId": sku.sku_id,
        "skuPartNumber": sku.part_number,
        "name": sku.name,
        "freeSeats": max(0, sku.free_seats),
        "assignableUnits": sku.assignable_units,
        "consumedUnits": sku.consumed_units,
        "capabilityStatus": sku.capability_status,
        "mailboxPlans": sorted(sku.mailbox_plans),
        "allowed": allowed,
    }
