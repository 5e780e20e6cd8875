"""Read records of the directory audit log: who, when, and the licences before and after.

The classes are made as in `shapes.py`. The values of a change are JSON in a string, and not
documented: a value that cannot be read to its end counts as none. AssignedLicense is a list of
texts such as `[SkuName=ENTERPRISEPACK, AccountId=..., SkuId=..., DisabledPlans=[]]`, AssignedPlan a
list of rows with a number for the status, 0 for enabled.
Source: a capture of the unified log of 2021 (Wazuh's office365 samples); michev.info post 6168 on
long records, which are cut off or split into parts `id`, `seq`, `c`, `b`.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from shared.domain.evidence.audit_records import Activity, AuditRecord, LicenseContent
from shared.domain.person import AssignedLicense, UserPlan
from shared.domain.values.ids import is_guid
from shared.graph.models.shapes import Shape, instant, key, many, one, text
from shared.graph.models.tenant import Page, page_of

_LICENSES, _PLANS = "AssignedLicense", "AssignedPlan"
_SKU = re.compile(r"SkuId=([0-9a-fA-F-]{36})\b")
_OFF = re.compile(r"DisabledPlans=\[([^\]]*)\]")
_ENABLED = 0

# Entra docs "Identify and resolve license assignment problems for a group" name this actor.
_GROUP_LICENSING = "microsoft azure ad group-based licensing"

# A value longer than this is not one of ours to take apart; a user has some hundred plans at most.
_LONGEST_VALUE = 200_000

# The number of a part, or of all of them: a record that is cut apart has a handful.
_COUNT = re.compile(r"[0-9]{1,4}")


@dataclass
class PropertyShape(Shape):
    """modifiedProperty: a value before and after."""

    FIELDS: ClassVar = {
        "displayName": ("name", text),
        "oldValue": ("before", text),
        "newValue": ("after", text),
    }

    name: str | None = None
    before: str | None = None
    after: str | None = None


@dataclass
class TargetShape(Shape):
    """targetResource: whom it is about, and what became of it."""

    FIELDS: ClassVar = {
        "id": ("id", key),
        "type": ("type", text),
        "modifiedProperties": ("modified", many(PropertyShape)),
    }

    id: str | None = None
    type: str | None = None
    modified: list[PropertyShape] = field(default_factory=list)


@dataclass
class ActorShape(Shape):
    """Of initiatedBy, an app or a user."""

    FIELDS: ClassVar = {"displayName": ("name", text), "id": ("id", text)}

    name: str | None = None
    id: str | None = None


@dataclass
class InitiatorShape(Shape):
    """auditActivityInitiator: who did it."""

    FIELDS: ClassVar = {"app": ("app", one(ActorShape)), "user": ("user", one(ActorShape))}

    app: ActorShape | None = None
    user: ActorShape | None = None

    @property
    def by_group(self) -> bool | None:
        """Whether group-based licensing did it; None: it does not say who."""
        name = self.app.name if self.app is not None else None
        if name:
            return name.strip().lower() == _GROUP_LICENSING
        return False if self.user is not None and self.user.id else None


@dataclass
class AuditDetailShape(Shape):
    """keyValue of additionalDetails."""

    FIELDS: ClassVar = {"key": ("key", text), "value": ("value", text)}

    key: str | None = None
    value: str | None = None


@dataclass
class AuditShape(Shape):
    """directoryAudit: when, about whom, by whom, and whether it came to pass."""

    FIELDS: ClassVar = {
        "id": ("id", text),
        "activityDisplayName": ("activity", text),
        "activityDateTime": ("at", instant),
        "correlationId": ("correlation_id", text),
        "result": ("result", text),
        "initiatedBy": ("by", one(InitiatorShape)),
        "targetResources": ("targets", many(TargetShape)),
        "additionalDetails": ("details", many(AuditDetailShape)),
    }

    id: str | None = None
    activity: str | None = None
    at: datetime | None = None
    correlation_id: str | None = None
    result: str | None = None
    by: InitiatorShape | None = None
    targets: list[TargetShape] = field(default_factory=list)
    details: list[AuditDetailShape] = field(default_factory=list)


class AuditPage(Page[AuditShape]):
    """A page of the audit log."""

    FIELDS: ClassVar = page_of(AuditShape)


def records_in(rows: Sequence[AuditShape]) -> tuple[AuditRecord, ...]:
    """The records of these rows about licences of users; those of failed changes left out.

    "Update user" tells of many things: without a word of licences it is no record of ours.
    """
    joined = _joined(rows)
    return tuple(
        record
        for row in rows
        if row.at is not None and row.result != "failure"
        for target in row.targets
        if (record := _record(row, row.at, target, joined.get(id(row)))) is not None
    )


def _record(
    row: AuditShape, at: datetime, target: TargetShape, joined: list[PropertyShape] | None
) -> AuditRecord | None:
    if target.id is None or not is_guid(target.id):
        return None
    properties = joined if joined is not None else target.modified
    relevant = [item for item in properties if item.name in {_LICENSES, _PLANS}]
    is_update = row.activity == Activity.UPDATE_USER
    if is_update and not relevant:
        return None
    return AuditRecord(
        target.id,
        at,
        Activity.UPDATE_USER if is_update else Activity.CHANGE_LICENSE,
        row.correlation_id,
        before=_content(relevant, "before") if relevant else None,
        after=_content(relevant, "after") if relevant else None,
        by_group=row.by.by_group if row.by is not None else None,
        id=row.id or "",
    )


def _content(properties: Iterable[PropertyShape], side: str) -> LicenseContent:
    values = {item.name: getattr(item, side) for item in properties}
    return LicenseContent(_licenses(values.get(_LICENSES)), _plans(values.get(_PLANS)))


def _licenses(value: str | None) -> tuple[AssignedLicense, ...] | None:
    rows = _list(value)
    if rows is None:
        return None
    found = []
    for row in rows:
        sku = _SKU.search(row) if isinstance(row, str) else None
        off = _OFF.search(row) if isinstance(row, str) else None
        if sku is None or off is None:
            return None
        plans = (plan.strip() for plan in off[1].split(","))
        kept = tuple(plan.lower() if is_guid(plan) else plan for plan in plans if plan)
        found.append(AssignedLicense(sku[1].lower(), kept))
    return tuple(found)


def _plans(value: str | None) -> tuple[UserPlan, ...] | None:
    rows = _list(value)
    if rows is None:
        return None
    found = []
    for row in rows:
        plan = row.get("ServicePlanId") if isinstance(row, dict) else None
        status = row.get("CapabilityStatus") if isinstance(row, dict) else None
        if not isinstance(plan, str) or not is_guid(plan):
            return None
        is_enabled = status in (_ENABLED, "Enabled") and not isinstance(status, bool)
        found.append(UserPlan(plan.lower(), "Enabled" if is_enabled else str(status)))
    return tuple(found)


def _list(value: str | None) -> list[Any] | None:
    """The list that a value holds; None if it is not one, or was cut off."""
    if value is None or len(value) > _LONGEST_VALUE:
        return None
    try:
        rows = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return rows if isinstance(rows, list) else None


def _joined(rows: Iterable[AuditShape]) -> dict[int, list[PropertyShape]]:
    """By row, the properties of a record that was split into parts, where all of them are here."""
    parts: dict[tuple[str, str], list[tuple[int, int, str, AuditShape]]] = defaultdict(list)
    for row in rows:
        details = {item.key: item.value or "" for item in row.details}
        name, number, count = details.get("id"), details.get("seq", ""), details.get("c", "")
        if name and _COUNT.fullmatch(number) and _COUNT.fullmatch(count):
            part = (int(number), int(count), details.get("b", ""), row)
            parts[name, row.correlation_id or ""].append(part)
    found: dict[int, list[PropertyShape]] = {}
    for some in parts.values():
        some.sort(key=lambda part: part[0])
        if [part[0] for part in some] == list(range(1, some[0][1] + 1)):
            whole = _properties("".join(part[2] for part in some))
            # The first part speaks for all; the others would only say the same.
            found |= {id(part[3]): whole for part in some[:1]} if whole else {}
    return found


def _properties(body: str) -> list[PropertyShape]:
    try:
        rows = json.loads(body)
    except (ValueError, RecursionError):
        return []
    listed = rows.get("targetUpdatedProperties") if isinstance(rows, dict) else None
    if not isinstance(listed, list):
        return []
    return [
        PropertyShape(
            _text(row.get("displayName")), _text(row.get("oldValue")), _text(row.get("newValue"))
        )
        for row in listed
        if isinstance(row, dict)
    ]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
