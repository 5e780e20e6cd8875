"""Decide whether a plan wants an approval, and give the plan a hash to be approved by."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shared.domain.approval_rules import ApprovalRule, ApprovalRules
from shared.domain.decision import Decision
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding
from shared.domain.requests.request import RestoreRequest
from shared.domain.window import Evidence


@dataclass(frozen=True, slots=True)
class Plan:
    """What is about to be done for whom: `batch_size` restores came with it, itself included."""

    person_id: str
    request: RestoreRequest
    decision: Decision
    batch_size: int = 0

    @property
    def overrides(self) -> tuple[str, ...]:
        """The protections it sets aside, by the field that says so."""
        request = self.request
        used = {
            "acceptRehire": request.accept_rehire,
            "acceptUnknownWindow": request.accept_unknown_window,
            "allowSynced": request.allow_synced,
            "licenseRemovedAt": self.decision.window.evidence is Evidence.DECLARED,
            "onAddressConflict": request.on_address_conflict == "drop",
            "onUpnConflict": request.on_upn_conflict == "always",
        }
        return tuple(name for name, is_used in used.items() if is_used)

    @property
    def new_name(self) -> str | None:
        """The name the person gets, where it is not the one it had."""
        return self.decision.new_name

    @property
    def dropped(self) -> tuple[str, ...]:
        """The addresses that the person will not have again."""
        found = self._said(FindingCode.ADDRESSES_DROPPED)
        return tuple(sorted({name for item in found for name in _names(item)}))

    @property
    def reuses(self) -> bool:
        """Whether a name or an address of the person is somebody else's now."""
        in_use = any(not item.text.variant for item in self._said(FindingCode.ADDRESSES_DROPPED))
        # The name that Exchange made up gives way to the own one, which is nobody else's.
        is_own = bool(self._said(FindingCode.REMOVED_IN_EXCHANGE))
        return in_use or (self.new_name is not None and not is_own)

    @property
    def hash(self) -> str:
        """64 hex digits, the same for the same plan; seats and days left do not count."""
        chosen = self.decision.licenses
        licenses = chosen.licenses if chosen is not None else ()
        content = {
            "person": self.person_id,
            "steps": [name.value for name in self.decision.plan],
            "licenses": sorted([one.sku_id, *sorted(one.disabled_plans)] for one in licenses),
            "newName": self.new_name,
            "dropped": self.dropped,
            "overrides": self.overrides,
        }
        return _hash(json.dumps(content, sort_keys=True))

    def _said(self, code: FindingCode) -> list[Finding]:
        return [item for item in self.decision.findings if item.code == code]


def wanted_for(plan: Plan, rules: ApprovalRules, now: datetime) -> tuple[ApprovalRule, ...]:
    """The rules that this plan meets; empty: it needs nobody's word."""
    started_at = plan.decision.window.started_at
    gone, many = rules.gone_for, rules.batch_over
    met = {
        ApprovalRule.KIND: plan.request.kind in rules.kinds,
        ApprovalRule.OVERRIDE: rules.overrides and bool(plan.overrides),
        ApprovalRule.REUSE: rules.reuse and plan.reuses,
        ApprovalRule.BATCH: many is not None and plan.batch_size > many,
        ApprovalRule.GONE: gone is not None and (started_at is None or now - started_at > gone),
    }
    return tuple(rule for rule, is_met in met.items() if is_met)


def joint_hash(hashes: Iterable[str]) -> str:
    """One hash for many plans, in their order."""
    return _hash(json.dumps(list(hashes)))


def _names(finding: Finding) -> tuple[str, ...]:
    value = finding.text.param("addresses")
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


def _hash(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
