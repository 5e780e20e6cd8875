"""What was called, what took effect, and the last thousand calls."""

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field

from infra.local.graph.web.wire import Json

_KEPT_CALLS = 1000


@dataclass(slots=True)
class Counters:
    """Counts since the tenant was loaded or the counters were zeroed."""

    effects: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    attempts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    calls: Counter[str] = field(default_factory=Counter)
    throttled: int = 0
    log: deque[Json] = field(default_factory=lambda: deque(maxlen=_KEPT_CALLS))

    def to_json(self) -> Json:
        """Answer all counts."""
        return {
            "effects": _plain(self.effects),
            "effectAttempts": _plain(self.attempts),
            "calls": dict(self.calls),
            "total": self.calls.total(),
            "throttled": self.throttled,
        }


def _plain(counts: dict[str, Counter[str]]) -> dict[str, dict[str, int]]:
    empty: dict[str, dict[str, int]] = {"restore": {}, "assignLicense": {}}
    return {**empty, **{name: dict(counter) for name, counter in counts.items()}}
