"""Build the document of a loss, and its line of CSV."""

from collections.abc import Iterable, Mapping
from typing import Final

from shared.documents.csv_out import Cell, in_one_cell
from shared.documents.window import window_document
from shared.domain.licensing.products import PRODUCTS
from shared.domain.licensing.skus import Sku
from shared.domain.lists.capacity import SeatsNeeded
from shared.domain.lists.losses import ListedLicense, ListedLoss
from shared.domain.values.json_values import Json, instant

type Skus = Mapping[str, Sku]

COLUMNS: Final = (
    "id",
    "userPrincipalName",
    "displayName",
    "mail",
    "case",
    "lostAt",
    "deletedAt",
    "verdict",
    "daysLeft",
    "windowEndsAt",
    "evidence",
    "licenses",
)


def by_id(skus: Iterable[Sku]) -> Skus:
    """The SKUs by their ids, to name licences by."""
    return {sku.sku_id: sku for sku in skus}


def loss_document(loss: ListedLoss, skus: Skus) -> Json:
    """The JSON document of somebody who lost a mailbox; times are RFC 3339 in UTC with `Z`."""
    return {
        "id": loss.id,
        "userPrincipalName": loss.user_principal_name,
        "displayName": loss.display_name,
        "mail": loss.mail,
        "userType": loss.user_type,
        "onPremisesSyncEnabled": loss.synced,
        "case": loss.case.value,
        "lostAt": instant(loss.lost_at),
        "deletedAt": instant(loss.deleted_at),
        "window": window_document(loss.window),
        "licenses": [_license(one, skus) for one in loss.licenses],
    }


def loss_cells(loss: ListedLoss, skus: Skus) -> tuple[Cell, ...]:
    """The cells of a loss under COLUMNS; licences are part numbers with `|` between."""
    names = [skus[one.sku_id].part_number for one in loss.licenses if one.sku_id in skus]
    return (
        loss.id,
        loss.user_principal_name,
        loss.display_name,
        loss.mail,
        loss.case.value,
        instant(loss.lost_at),
        instant(loss.deleted_at),
        loss.window.verdict.value,
        loss.window.days_left,
        instant(loss.window.ends_at),
        loss.window.evidence.value,
        in_one_cell(names),
    )


def capacity_document(needed: Iterable[SeatsNeeded], license_unknown: int) -> Json:
    """The JSON document of the seats needed; `licenseUnknown` only where some are not counted."""
    document: Json = {"value": [seats_document(seats) for seats in needed]}
    if license_unknown:
        document["licenseUnknown"] = license_unknown
    return document


def seats_document(seats: SeatsNeeded) -> Json:
    """The JSON document of the seats of one licence."""
    return {
        "skuId": seats.sku.sku_id,
        "skuPartNumber": seats.sku.part_number,
        "name": seats.sku.name,
        "needed": seats.needed,
        "free": seats.free,
        "short": seats.short,
        "firstWindowEndsAt": instant(seats.first_ends_at),
    }


def _license(license_: ListedLicense, skus: Skus) -> Json:
    sku = skus.get(license_.sku_id)
    return {
        "skuId": license_.sku_id,
        "skuPartNumber": sku.part_number if sku is not None else None,
        "name": sku.name if sku is not None else PRODUCTS.get(license_.sku_id),
        "fromGroup": license_.group_id,
    }
