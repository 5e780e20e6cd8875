"""Describe the result of a preflight: what a run started now would find."""

from dataclasses import dataclass

from shared.domain.consequences import consequences_of
from shared.domain.decision import Candidate, Case, Decision, StepName
from shared.domain.findings.finding import Finding
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
    candidates: tuple[Candidate, ...]
    user_id: str | None = None
    """Who was looked at, if it is one person."""

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


def preflight_of(decision: Decision, snapshot: Snapshot) -> Preflight:
    """The preflight that a decision amounts to.

    The plan is that of the run: empty if something blocks it, since then nothing is done.
    """
    found = snapshot.found
    return Preflight(
        decision.case,
        decision.window,
        decision.plan if decision.ending is None else (),
        (*decision.findings, *consequences_of(decision, snapshot)),
        decision.candidates,
        found.id if isinstance(found, Person) else None,
    )


def unseen_preflight(why: Outcome) -> Preflight:
    """The preflight when Graph refuses to show what the decision needs."""
    return Preflight(None, None, (), (Finding("block", why.text),), ())
