"""Turn audit records about one person's licences into facts and hints for the timeline.

"Change user license" says that licences changed, and seldom which. The "Update user" record of the
same change may carry the licences before and after it.
Source: office365itpros.com 2022-10-14; Microsoft Entra docs "Audit log activity reference".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain.licensing.exchange_plans import MAILBOX_PLANS
from shared.domain.licensing.held import HeldLicense, LostLicense, Origin
from shared.domain.licensing.skus import Sku, carries_mailbox
from shared.domain.person import AssignedLicense, UserPlan
from shared.domain.values.ids import is_guid
from shared.domain.window.timeline import Fact, Hint, changed
from shared.domain.window.verdict import Evidence

# Two records of one change carry one correlation id, as a rule, and are written together.
PAIRED_WITHIN = timedelta(seconds=60)


class Activity(StrEnum):
    """The activities that tell of licences (`activityDisplayName`)."""

    CHANGE_LICENSE = "Change user license"
    UPDATE_USER = "Update user"


class LogRefusal(StrEnum):
    """Why a tenant does not show its log."""

    PERMISSION = "permission"
    DIRECTORY = "directory"
    """The permission to read the log is there, and this tenant wants the one for the directory too.

    Microsoft's page "List directoryAudits" names both together, permissions.json each alone.
    """
    REFUSED = "refused"
    """Both are there, and it refuses all the same."""
    LICENSE = "license"
    """The tenant has no licence that includes it."""
    UNAVAILABLE = "unavailable"
    """This cloud has none, or it takes no such question."""


@dataclass(frozen=True, slots=True)
class LicenseContent:
    """Somebody's licences and plans on one side of a change; None is what cannot be read."""

    licenses: tuple[AssignedLicense, ...] | None = None
    plans: tuple[UserPlan, ...] | None = None


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One record about one person.

    `by_group`: whether group-based licensing made the change; None: the record does not say who.
    """

    user_id: str
    at: datetime
    activity: Activity = Activity.CHANGE_LICENSE
    correlation_id: str | None = None
    before: LicenseContent | None = None
    after: LicenseContent | None = None
    by_group: bool | None = None
    id: str = ""
    """The log's own name of the record; two of one user and instant are told apart by it."""


@dataclass(frozen=True, slots=True)
class AuditEvidence:
    """The facts and hints in one person's records; `lost` are the licences they show as removed."""

    facts: tuple[Fact, ...] = ()
    hints: tuple[Hint, ...] = ()
    lost: tuple[LostLicense, ...] = ()


def evidence_of(records: Iterable[AuditRecord], skus: tuple[Sku, ...]) -> AuditEvidence:
    """The facts, hints and lost licences of one person's records, in any order.

    A record without content is a hint, unless another record of the same change has content: the
    same correlation id, else no more than a minute apart. One of whose content a side is missing
    is a hint as well, if it may be a loss. Hints of one change are one hint.
    """
    ordered = sorted(records, key=lambda record: record.at)
    telling = [_Told(record, *_sides(record, skus)) for record in ordered]
    told = [one for one in telling if one.facts]
    hints: list[AuditRecord] = []
    for one in telling:
        others = [*hints, *(other.record for other in told if other is not one and not one.facts)]
        if one.may_be_loss and not any(_is_same_change(one.record, other) for other in others):
            hints.append(one.record)
    lost = dict.fromkeys(lost for one in told for lost in _lost(one.record))
    return AuditEvidence(
        facts=tuple(fact for one in telling for fact in one.facts),
        hints=tuple(Hint(record.at, Evidence.AUDIT) for record in hints),
        lost=tuple(lost),
    )


def has_plan(content: LicenseContent | None, skus: tuple[Sku, ...]) -> bool | None:
    """Whether a mailbox plan was on; None: the content does not say.

    The licences decide where the tenant lists them all. A plan's status is a number whose meaning
    is documented nowhere but for 0, enabled: any other one decides nothing.
    """
    if content is None:
        return None
    by_license = _by_licenses(content.licenses, skus)
    return by_license if by_license is not None else _by_plans(content.plans)


@dataclass(frozen=True, slots=True)
class _Told:
    """A record, and whether a mailbox plan was on before and after it; None: it does not say."""

    record: AuditRecord
    before: bool | None
    after: bool | None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that the record proves."""
        return changed(self.record.at, before=self.before, after=self.after)

    @property
    def may_be_loss(self) -> bool:
        """Whether it may be a loss, and does not say so."""
        is_proven = self.before is True and self.after is False
        return self.before is not False and self.after is not True and not is_proven


def _sides(record: AuditRecord, skus: tuple[Sku, ...]) -> tuple[bool | None, bool | None]:
    return has_plan(record.before, skus), has_plan(record.after, skus)


def _by_licenses(
    licenses: tuple[AssignedLicense, ...] | None, skus: tuple[Sku, ...]
) -> bool | None:
    if licenses is None:
        return None
    if any(_is_sure(one) and carries_mailbox(one, skus) for one in licenses):
        return True
    listed = {sku.sku_id for sku in skus}
    is_sure = all(one.sku_id in listed and _is_sure(one) for one in licenses)
    return False if is_sure else None


def _is_sure(license_: AssignedLicense) -> bool:
    """Whether it can be told which plans are off: some records name them, and not by id."""
    named = (plan for plan in license_.disabled_plans if not is_guid(plan))
    return not any(name.upper().startswith("EXCHANGE") for name in named)


def _by_plans(plans: tuple[UserPlan, ...] | None) -> bool | None:
    if plans is None:
        return None
    shown = [plan for plan in plans if plan.plan_id in MAILBOX_PLANS]
    if any(plan.is_working for plan in shown):
        return True
    return None if shown else False


def _is_same_change(one: AuditRecord, other: AuditRecord) -> bool:
    if one.correlation_id is not None and one.correlation_id == other.correlation_id:
        return True
    return abs(one.at - other.at) <= PAIRED_WITHIN


def _lost(record: AuditRecord) -> Iterable[LostLicense]:
    """The licences that are in the record's old value and not in its new one.

    A licence that came from a group cannot be taken away by hand, so who took it tells its origin.
    Source: support.okta.com, "User license is inherited from a group membership".
    """
    before = record.before.licenses if record.before is not None else None
    after = record.after.licenses if record.after is not None else None
    if before is None or after is None:
        return
    there = {item.sku_id for item in after}
    origin = {None: Origin.UNKNOWN, True: Origin.GROUP, False: Origin.DIRECT}[record.by_group]
    for item in before:
        if item.sku_id not in there:
            plans = tuple(sorted(item.disabled_plans))
            yield LostLicense(HeldLicense(item.sku_id, plans, origin), record.at, record.at)
