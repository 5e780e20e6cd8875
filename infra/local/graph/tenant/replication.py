"""Choose the replica that a read meets; replicas lag behind writes and disagree.

Source: Microsoft "Designing for Eventual Consistency for Microsoft Entra", 2026-03: a write is
not always in the next read, an application's reads less than a person's; searches run on an
index that lags more. It gives no numbers; they are parameters.
"""

from collections import Counter
from dataclasses import dataclass, field, fields
from datetime import timedelta
from hashlib import blake2b
from typing import Any

_DRAWS = 2**32
_SHARES = frozenset({"freshShare"})


@dataclass(frozen=True, slots=True)
class Replication:
    """How far reads lag: a share meets a fresh replica, the others one between least and most.

    Attributes:
        lag_seconds: the most that a read by id lags.
        least_lag_seconds: the least that a read lags which does not meet a fresh replica.
        fresh_share: the share of reads, 0 to 1, that meet a fresh replica.
        list_lag_seconds: the most that a list, and users/delta, lags.
        search_lag_seconds: the most that a query with `ConsistencyLevel: eventual` lags.
        seed: two runs with one seed and the same reads meet the same replicas.

    """

    lag_seconds: float
    least_lag_seconds: float
    fresh_share: float
    list_lag_seconds: float
    search_lag_seconds: float
    seed: int

    @staticmethod
    def read(value: Any) -> "Replication":
        """Answer the parameters of a JSON object; raises ValueError for what is none.

        Left out: lagSeconds is 120, leastLagSeconds and freshShare are 0, lists lag as reads by
        id do, searches as lists do, seed is 1.
        """
        given: dict[str, Any] = dict(value) if isinstance(value, dict) else {"": value}
        known = [_camel(item.name) for item in fields(Replication)]
        if set(given) - set(known):
            raise ValueError(f"replication is an object with some of: {', '.join(known)}")
        lag = given.get("lagSeconds", 120)
        lists = given.get("listLagSeconds", lag)
        found: dict[str, Any] = {
            "lagSeconds": lag,
            "leastLagSeconds": given.get("leastLagSeconds", 0),
            "freshShare": given.get("freshShare", 0),
            "listLagSeconds": lists,
            "searchLagSeconds": given.get("searchLagSeconds", lists),
            "seed": given.get("seed", 1),
        }
        for name, number in found.items():
            _check(name, number)
        return Replication(*found.values())

    def to_json(self) -> dict[str, float]:
        """Answer the parameters by their JSON names."""
        return {_camel(item.name): getattr(self, item.name) for item in fields(self)}


@dataclass(slots=True)
class Replicas:
    """Which replica each read meets: drawn anew for every read, by seed, subject and number."""

    _reads: Counter[str] = field(default_factory=Counter)

    def delay(self, plan: Replication, subject: str, most_seconds: float) -> timedelta:
        """Answer how far behind the next read of this subject is."""
        self._reads[subject] += 1
        text = f"{plan.seed}|{subject}|{self._reads[subject]}"
        drawn = blake2b(text.encode(), digest_size=8).digest()
        first, second = (int.from_bytes(drawn[at : at + 4]) / _DRAWS for at in (0, 4))
        if first < plan.fresh_share:
            return timedelta()
        least = min(plan.least_lag_seconds, most_seconds)
        return timedelta(seconds=least + second * (most_seconds - least))


def _check(name: str, number: Any) -> None:
    if isinstance(number, bool) or not isinstance(number, int | float) or number < 0:
        raise ValueError(f"replication: {name} does not take {number!r}")
    if name in _SHARES and number > 1:
        raise ValueError(f"replication: {name} is a share, 0 to 1")


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
