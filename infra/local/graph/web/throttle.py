"""Count Graph's quotas on the stand-in's clock, and throttle.

Sliding windows; a throttled call counts as well, as Microsoft says. Not imitated: limits over all
tenants, over all apps, and the four concurrent calls to one mailbox.

Source: Microsoft "Microsoft Graph service-specific throttling limits",
"Microsoft Graph throttling guidance".
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from infra.local.graph.switches import Switches
from infra.local.graph.web.wire import GraphError

_UNITS_BY_SIZE = {"S": 3500, "M": 5000, "L": 8000}
_SMALL, _MEDIUM = 50, 500
_SHOWN_FROM, _SHOWN_TO = 0.8, 1.8
_SCOPE = "Tenant_Application/{kind}/11111111-0000-4000-8000-000000000001/{tenant}"


@dataclass(slots=True)
class Window:
    """A sum over the last `length`."""

    length: timedelta
    _spent: deque[tuple[datetime, int]] = field(default_factory=deque)
    _sum: int = 0

    def spend(self, cost: int, now: datetime) -> int:
        """Add a cost and answer the sum."""
        self._forget(now)
        self._spent.append((now, cost))
        self._sum += cost
        return self._sum

    def wait(self, limit: int, now: datetime) -> float:
        """Answer the seconds until enough has been forgotten for one more call."""
        over = self._sum - limit
        for at, cost in self._spent:
            over -= cost
            if over < 0:
                return max(0.001, (at + self.length - now).total_seconds())
        return self.length.total_seconds()

    def _forget(self, now: datetime) -> None:
        # Only what lies within the window counts; the clock may have been set back.
        while self._spent and not now - self.length < self._spent[0][0] <= now:
            self._sum -= self._spent.popleft()[1]


@dataclass(frozen=True, slots=True)
class Limit:
    """One quota: over which time, how much, and what Graph calls the breach."""

    seconds: int
    amount: int
    information: str


_WRITE_SECONDS, _TOO_MANY_WRITES = 150, "WriteLimitExceeded"
_REPORTS = Limit(10, 5, "ResourceUnitLimitExceeded")
_MAILBOX = Limit(600, 10_000, "ResourceUnitLimitExceeded")


@dataclass(slots=True)
class Quotas:
    """All windows of one tenant and one app."""

    _windows: dict[str, Window] = field(default_factory=dict)

    def spend(self, charges: dict[str, tuple[Limit, int]], now: datetime) -> tuple[float, Limit]:
        """Book the charges; answer the highest use (1 is the limit) and its quota."""
        uses = []
        for name, (limit, cost) in charges.items():
            window = self._windows.setdefault(name, Window(timedelta(seconds=limit.seconds)))
            uses.append((window.spend(cost, now) / limit.amount, limit))
        return max(uses, key=lambda use: use[0])

    def wait(self, charges: dict[str, tuple[Limit, int]], now: datetime) -> float:
        """Answer the seconds until the fullest window has room again."""
        return max(
            self._windows[name].wait(limit.amount, now)
            for name, (limit, _) in charges.items()
            if self._windows[name].spend(0, now) > limit.amount
        )


def charges_for(
    kind: str, subject: str, units: int, *, size: str, writes: int | None = None
) -> dict[str, tuple[Limit, int]]:
    """Answer what a call costs in which windows; `writes`: the quota that a write is under."""
    if kind == "reports":
        return {"reports": (_REPORTS, 1)}
    if kind == "outlook":
        return {f"outlook:{subject}": (_MAILBOX, 1)}
    amount = _UNITS_BY_SIZE[size]
    charges = {"units": (Limit(10, amount, "ResourceUnitLimitExceeded"), units)}
    if writes is not None:
        charges["writes"] = (Limit(_WRITE_SECONDS, writes, _TOO_MANY_WRITES), 1)
    return charges


def tenant_size(users: int) -> str:
    """Answer Graph's size class by the number of users."""
    if users < _SMALL:
        return "S"
    return "M" if users <= _MEDIUM else "L"


def too_many(wait: float, use: float, limit: Limit, tenant: str, switches: Switches) -> GraphError:
    """Answer the 429 with Microsoft's body (throttling guidance) and headers (limits)."""
    kind = "Write" if limit.information == _TOO_MANY_WRITES else "ReadWrite"
    headers = {
        "x-ms-throttle-scope": _SCOPE.format(kind=kind, tenant=tenant),
        "x-ms-throttle-information": limit.information,
        "x-ms-throttle-limit-percentage": f"{min(use, _SHOWN_TO):.1f}",
    }
    if switches.retry_after == "integer":
        headers["Retry-After"] = str(ceil(wait))
    elif switches.retry_after == "fractional":
        headers["Retry-After"] = f"{wait:.3f}"
    return GraphError(
        429,
        "TooManyRequests",
        "Please retry again later.",
        headers=headers,
        inner={"code": "429", "status": "429", "message": "Please retry after"},
    )


def usage_header(use: float) -> dict[str, str]:
    """Answer the header that Graph sends once four fifths of a quota are used."""
    if use < _SHOWN_FROM:
        return {}
    return {"x-ms-throttle-limit-percentage": f"{min(use, _SHOWN_TO):.1f}"}
