"""Make the audit records of what happened to people before the stand-in started."""

from dataclasses import dataclass
from datetime import datetime

from infra.local.graph.documents.parts import license_row
from infra.local.graph.rules import audit, license_records, plans, recycle
from infra.local.graph.rules.license_records import LicenseState
from infra.local.graph.switches import Switches
from infra.local.graph.tenant.clock import instant, iso_seconds
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Json


@dataclass(frozen=True, slots=True)
class _Change:
    at: datetime
    added: list[Json]
    removed: list[Json]


def log_changes(
    tenant: Tenant, user: Json, source: Json, now: datetime, switches: Switches, *, losses: bool
) -> None:
    """Write the records of a user's licence changes, each with the licences before and after.

    The changes of `licenseChanges`, and, if `losses`, the loss of `lostLicenses`.
    """
    changes = [_read(tenant, row) for row in source.get("licenseChanges") or []]
    removed = source.get("licenseRemovedAt")
    if losses and removed and instant(removed) <= now:
        lost = [license_row(tenant, one) for one in source.get("lostLicenses") or []]
        changes.append(_Change(instant(removed), [], lost))
    named = {**user, "userPrincipalName": recycle.plain_upn(user)}
    since = instant(user["createdDateTime"])
    after = {row["skuId"]: row for row in user["assignedLicenses"]}
    # Backwards from today: before a change there was what it took, and not what it gave.
    for change in sorted(changes, key=lambda one: one.at, reverse=True):
        gone = {row["skuId"]: row for row in change.removed}
        given = {row["skuId"] for row in change.added}
        before = {sku: row for sku, row in {**after, **gone}.items() if sku not in given}
        state = _state(tenant, list(before.values()), since)
        shown = _state(tenant, list(after.values()), since, lost_from=state)
        person = {**named, "assignedLicenses": shown.licenses, "assignedPlans": shown.plans}
        license_records.license_changed(tenant, person, state, change.at, switches)
        after = before


def log_deletion(tenant: Tenant, user: Json) -> None:
    """Write the record of a user's deletion, if it is deleted."""
    if user["deletedDateTime"]:
        shown = {**user, "userPrincipalName": recycle.plain_upn(user)}
        shown["userPrincipalName"] = recycle.mangled(shown)
        audit.deleted(tenant, shown, instant(user["deletedDateTime"]))


def log_purge(tenant: Tenant, user: Json) -> None:
    """Write the records of somebody who was deleted, and then purged."""
    shown = {**user, "userPrincipalName": recycle.mangled(user)}
    if user.get("deletedDateTime"):
        audit.deleted(tenant, shown, instant(user["deletedDateTime"]))
    if user.get("purgedAt"):
        audit.deleted(tenant, shown, instant(user["purgedAt"]), purged=True)


def _read(tenant: Tenant, row: Json) -> _Change:
    added, removed = (
        [license_row(tenant, one) for one in row.get(name) or []] for name in ("added", "removed")
    )
    return _Change(instant(row["changedAt"]), added, removed)


def _state(
    tenant: Tenant, licenses: list[Json], since: datetime, lost_from: LicenseState | None = None
) -> LicenseState:
    """Answer licences and their plans; what was there before and is not now is Deleted."""
    start: Json = {"assignedPlans": list(lost_from.plans) if lost_from else []}
    grants = plans.granted(tenant, licenses)
    rows = plans.assigned_plans(start, grants, since, Switches())
    return LicenseState(licenses, [{**row, "assignedDateTime": iso_seconds(since)} for row in rows])
