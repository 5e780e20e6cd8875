"""The preflight as callers see it: `Preflight` in openapi.json, field by field."""

from dataclasses import dataclass
from datetime import timedelta

from shared.domain.consequences import consequences_of
from shared.domain.decision import Case, Decision, StepName
from shared.domain.findings import Finding, block
from shared.domain.json_values import Json, instant, window_document
from shared.domain.outcomes import Outcome
from shared.domain.person import Person
from shared.domain.snapshot import Snapshot
from shared.domain.window import Window


@dataclass(frozen=True, slots=True)
class Preflight:
    """What a run started now would find; `case` and `window` are None if nobody could look."""

    case: Case | None
    window: Window | None
    plan: tuple[StepName, ...]
    findings: tuple[Finding, ...]
    candidates: tuple[Person, ...]
    retention: timedelta

    @property
    def block(self) -> Finding | None:
        """The finding that a run would be refused with: the first that blocks."""
        return next((item for item in self.findings if item.severity == "block"), None)

    @property
    def is_restorable(self) -> bool:
        """Whether a run would go on to act: there is a plan, and nothing blocks it.

        A person who is as asked already is not restorable: there is nothing to restore. A flow
        that starts a restore where this is true then starts none in vain; the info finding
        `already-active` tells "no need" from "no". A missing seat does not block: the run waits.
        """
        return bool(self.plan) and self.block is None


def preflight_of(decision: Decision, snapshot: Snapshot, retention: timedelta) -> Preflight:
    """The preflight that a decision amounts to; `retention` is how long deleted users are kept.

    The plan is that of the run: empty if something blocks it, since then nothing is done.
    """
    return Preflight(
        decision.case,
        decision.window,
        decision.plan if decision.ending is None else (),
        (*decision.findings, *consequences_of(decision, snapshot)),
        decision.candidates,
        retention,
    )


def unseen_preflight(why: Outcome, retention: timedelta) -> Preflight:
    """The preflight when Graph refuses to show what the decision needs."""
    finding = block(why.code, why.message, why.fix)
    return Preflight(None, None, (), (finding,), (), retention)


def preflight_document(preflight: Preflight) -> Json:
    """The JSON document of a preflight; times are RFC 3339 in UTC with `Z`."""
    return {
        "restorable": preflight.is_restorable,
        "case": preflight.case.value if preflight.case is not None else None,
        "window": window_document(preflight.window),
        "plan": [name.value for name in preflight.plan],
        "findings": [_finding(item) for item in preflight.findings],
        "candidates": [_candidate(item, preflight.retention) for item in preflight.candidates],
    }


def _finding(finding: Finding) -> Json:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "fix": finding.fix,
    }


def _candidate(person: Person, retention: timedelta) -> Json:
    deleted_at = person.deleted_at
    return {
        "id": person.id,
        "userPrincipalName": person.user_principal_name,
        "displayName": person.display_name,
        "deletedDateTime": instant(deleted_at),
        "endsAt": instant(deleted_at + retention) if deleted_at is not None else None,
    }
