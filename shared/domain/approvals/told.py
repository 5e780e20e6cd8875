"""Say before a restore begins that it would wait for an approval, and by which rules."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from shared.domain.approval_rules import ApprovalRule, ApprovalRules
from shared.domain.approvals.wanted import Plan, wanted_for
from shared.domain.findings.finding import Finding
from shared.domain.outcomes import Code
from shared.domain.text import Text, text

_RULES: Final[Mapping[ApprovalRule, Text]] = MappingProxyType(
    {
        ApprovalRule.KIND: text("approval-rule", "kind"),
        ApprovalRule.REUSE: text("approval-rule", "reuse"),
        ApprovalRule.BATCH: text("approval-rule", "batch"),
        ApprovalRule.GONE: text("approval-rule", "gone"),
    }
)
_PROTECTIONS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "acceptRehire": text("protection", "acceptRehire"),
        "acceptUnknownWindow": text("protection", "acceptUnknownWindow"),
        "allowSynced": text("protection", "allowSynced"),
        "licenseRemovedAt": text("protection", "licenseRemovedAt"),
        "onAddressConflict": text("protection", "onAddressConflict"),
        "onUpnConflict": text("protection", "onUpnConflict"),
    }
)

_WAY_ON: Final[Mapping[str, str]] = MappingProxyType(
    {
        Code.REHIRE_BLOCKED: "acceptRehire",
        Code.WINDOW_UNKNOWN: "acceptUnknownWindow",
        Code.SYNCED: "allowSynced",
        Code.ADDRESS_CONFLICT: "onAddressConflict",
    }
)
"""The field by which a request goes on in spite of a refusal."""

_REUSES: Final = frozenset({Code.ADDRESS_CONFLICT, Code.UPN_CONFLICT})
"""Refused for a name or an address that is in use: whoever goes on leaves it to its holder."""


def reasons_of(plan: Plan, rules: tuple[ApprovalRule, ...]) -> tuple[Text, ...]:
    """These rules in words, with the protections that the plan sets aside."""
    return tuple(_reason(rule, plan.overrides) for rule in rules)


def plan_in_words(plan: Plan) -> tuple[Text, ...]:
    """What of the person is not as it was, so that whoever approves of it has read it."""
    name = () if plan.new_name is None else (text("approval-plan", "new-name", name=plan.new_name),)
    if not plan.dropped:
        return name
    return (*name, text("approval-plan", "dropped", addresses=plan.dropped))


def foretold(plan: Plan, rules: ApprovalRules, now: datetime) -> Finding | None:
    """That the restore would wait for an approval, or one that goes on in spite of its refusal.

    All that stands in its way counts, not only what it is refused with: who puts all of it right
    at once is not to learn only then that somebody has to approve it. None: nobody's word would be
    wanted, or nothing in the request leads on from the refusal.
    """
    wanted, ending = wanted_for(plan, rules, now), plan.decision.ending
    if ending is None:
        told = text(Code.NOT_APPROVED, "wanted", rules=reasons_of(plan, wanted))
        return Finding("info", told) if wanted else None
    if ending.code not in _WAY_ON and ending.code not in _REUSES:
        return None
    blocks = [item.code for item in plan.decision.findings if item.severity == "block"]
    fields = [_WAY_ON[code] for code in blocks if code in _WAY_ON]
    set_aside = (*plan.overrides, *fields)
    met = {
        ApprovalRule.OVERRIDE: rules.overrides and bool(set_aside),
        ApprovalRule.REUSE: rules.reuse and not _REUSES.isdisjoint(blocks),
    }
    listed = tuple(rule for rule in ApprovalRule if met.get(rule, rule in wanted))
    reasons = tuple(_reason(rule, set_aside) for rule in listed)
    told = text(Code.NOT_APPROVED, "wanted-then", rules=reasons)
    return Finding("warn", told) if listed else None


def _reason(rule: ApprovalRule, set_aside: tuple[str, ...]) -> Text:
    if rule is not ApprovalRule.OVERRIDE:
        return _RULES[rule]
    protections = tuple(_PROTECTIONS[name] for name in dict.fromkeys(set_aside))
    return text("approval-rule", "override", protections=protections)
