"""Choose by a seed how Graph misbehaves: faults in its answers, and reads that lag behind."""

import random
from collections import Counter
from dataclasses import dataclass

from tests.e2e.stage.people import Json
from tests.e2e.stage.world import World

# What Graph, or the way to it, may answer in place of the truth. None of these is a definitive
# "no", so none may change how a restore ends. The delays stay below the time after which the tests
# take a host for dead; an answer that never comes is given up by the product after 25 seconds.
FAULTS: dict[str, Json] = {
    "429 with seconds": {"status": 429, "retryAfter": 20},
    "429 with a fraction": {"status": 429, "retryAfter": "1.5"},
    "429 without a time": {"status": 429},
    "500": {"status": 500},
    "502": {"status": 502, "contentType": "text/html"},
    "503 with seconds": {"status": 503, "retryAfter": 5},
    "504": {"status": 504},
    "reset": {"drop": "before"},
    "truncated": {"truncate": True},
    "not JSON": {"contentType": "text/html"},
    "late": {"latencySeconds": 0.2},
    "never": {"hang": True},
}

# One of these in place of an answer, although the change was made.
AFTER: dict[str, Json] = {
    "500 after the change": {"status": 500, "when": "after"},
    "502 after the change": {"status": 502, "contentType": "text/html", "when": "after"},
    "503 after the change": {"status": 503, "retryAfter": 5, "when": "after"},
    "504 after the change": {"status": 504, "when": "after"},
    "reset after the change": {"drop": "after"},
    "truncated after the change": {"truncate": True, "when": "after"},
    "not JSON after the change": {"contentType": "text/html", "when": "after"},
    "never after the change": {"hang": True, "when": "after"},
}

# An answer that never comes costs 25 seconds of a worker's real time, so it is rare.
_RARE = 0.1

_READS = ("/users/", "/users$", "/deletedItems/", "/subscribedSkus", "/mailboxSettings", "", "")
# What deletes a user does so only in an undo: elsewhere the fault waits in vain.
_CHANGES = (("POST", "/restore$"), ("POST", "/assignLicense$"), ("DELETE", "/users/"))
_MOST_FAULTS = 3
_LAGS = (0, 0, 5, 20, 40)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Some faults by name, each with the order for it, and how long reads lag; kept in a seed."""

    faults: tuple[tuple[str, Json], ...] = ()
    switches: tuple[tuple[str, float | str], ...] = ()

    def __str__(self) -> str:
        faults = [
            f"{name} at {order['method']} {order['path']}, call {order['calls'][0]}"
            for name, order in self.faults
        ]
        return "; ".join([*faults, *(f"{name}={value}" for name, value in self.switches)])

    async def begin(self, world: World) -> None:
        """Put it in force; the switches end with the tenant, the faults when they are cleared."""
        if self.switches:
            await world.switch(**dict(self.switches))
        for _, order in self.faults:
            await world.fault(**order)

    async def struck(self, world: World) -> Counter[str]:
        """How often each of its faults has struck so far, by name."""
        struck: Counter[str] = Counter()
        for (name, _), made in zip(self.faults, await world.faults_made_each(), strict=True):
            struck[name] += made
        return +struck


def some_trouble(chance: random.Random) -> Trouble:
    """One to three faults at calls of one restore, and perhaps a directory that lags."""
    number = chance.randint(1, _MOST_FAULTS)
    lag, index_lag = chance.choice(_LAGS), chance.choice(_LAGS)
    visible = chance.choice(("old", "neither", "both"))
    switches = {"replicationDelaySeconds": lag, "indexDelaySeconds": index_lag}
    return Trouble(
        faults=tuple(_a_fault(chance) for _ in range(number)),
        switches=(*switches.items(), ("restoreVisibility", visible)),
    )


def _a_fault(chance: random.Random) -> tuple[str, Json]:
    is_change = chance.random() < 1 / 2
    # A change that is late would still be under way when the clock is moved past its lease.
    known = {**FAULTS, **AFTER} if is_change else FAULTS
    names = [name for name in known if not (is_change and name == "late")]
    name = chance.choice([name for name in names if not name.startswith("never")])
    if chance.random() < _RARE:
        name = chance.choice([name for name in names if name.startswith("never")])
    method, path = chance.choice(_CHANGES) if is_change else ("GET", chance.choice(_READS))
    place = {
        "method": method,
        "path": path,
        "calls": [chance.choice((1, 1, 2) if is_change else (1, 1, 2, 3))],
    }
    return name, {**known[name], **place}
