"""Count calls and effects, and keep the last thousand calls."""

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime

from infra.local.graph.tenant.clock import iso
from infra.local.graph.web.wire import Call, Json

_KEPT_CALLS = 1000


@dataclass(frozen=True, slots=True)
class Effect:
    """One call that Graph carried out, and whether anything was different afterwards."""

    name: str
    target: str
    at: str
    request_id: str
    changed: bool
    added: tuple[str, ...]  # SKUs
    removed: tuple[str, ...]

    def to_json(self) -> Json:
        """Answer it as the control shows it."""
        return {
            "effect": self.name,
            "id": self.target,
            "at": self.at,
            "requestId": self.request_id,
            "changed": self.changed,
            "added": list(self.added),
            "removed": list(self.removed),
        }


@dataclass(slots=True)
class Counters:
    """Counts since the tenant was loaded or the counters were zeroed."""

    effects: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    attempts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    calls: Counter[str] = field(default_factory=Counter)
    parts: int = 0  # calls that came inside a batch
    throttled: int = 0
    log: deque[Json] = field(default_factory=lambda: deque(maxlen=_KEPT_CALLS))
    story: list[Effect] = field(default_factory=list)

    def took(
        self, name: str, target: str, call: Call, now: datetime, difference: Json | None = None
    ) -> None:
        """Note an effect; `difference` has changed, added, removed where they are known."""
        what = difference or {}
        self.effects[name][target] += 1
        effect = Effect(
            name,
            target,
            iso(now),
            call.request_id,
            bool(what.get("changed", True)),
            tuple(what.get("added", ())),
            tuple(what.get("removed", ())),
        )
        self.story.append(effect)

    def to_json(self) -> Json:
        """Answer all counts."""
        return {
            "effects": _plain(self.effects),
            "effectAttempts": _plain(self.attempts),
            "calls": dict(self.calls),
            "total": self.calls.total(),
            "requests": self.calls.total() - self.parts,
            "throttled": self.throttled,
        }


def _plain(counts: dict[str, Counter[str]]) -> dict[str, dict[str, int]]:
    empty: dict[str, dict[str, int]] = {"restore": {}, "assignLicense": {}}
    return {**empty, **{name: dict(counter) for name, counter in counts.items()}}
