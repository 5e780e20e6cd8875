"""Check at the start that host.json says what the code relies on.

A setting `AzureFunctionsJobHost__a__b` stands in for `a.b` of the file.
Source: Microsoft Learn, "host.json reference for Azure Functions", Override host.json values.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from shared.domain.text import Text, text
from shared.upkeep.sweep import SWEEP_TIME

# How long a worker may live on after the host has failed its runs: five seconds to end by itself,
# and a second to be killed. A message that comes back takes the lease of its own failed run, which
# must be over by then (shared/restore/message_again.py).
# Source: azure-functions-host, WorkerConstants.cs.
DYING_TIME: Final = timedelta(seconds=6)

# Of its tries, a request that meets storage that is down uses two before it is put back, and one
# that kills its readers is kept unread at the third; two more are for chance.
LEAST_DEQUEUE_COUNT: Final = 5

_OVERRIDE: Final = "azurefunctionsjobhost__"
_TIME_SPAN = re.compile(r"(?:([0-9]+)\.)?([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:\.[0-9]+)?")

_VISIBILITY = "extensions.queues.visibilityTimeout"
_DEQUEUES = "extensions.queues.maxDequeueCount"
_ENCODING = "extensions.queues.messageEncoding"
_TIMEOUT = "functionTimeout"


def doubts_of_host_json(written: str, env: Mapping[str, str]) -> Iterator[Text]:
    """Whatever does not fit the code, with what to write instead."""
    try:
        host = json.loads(written)
    except ValueError:
        host = None
    if not isinstance(host, dict):
        yield text("doubt", "no-json", setting="host.json")
        return
    yield from _doubts(_Values(host, env))


class _Values:
    """The values of a host.json by their path, as the host itself sees them."""

    def __init__(self, host: Mapping[str, object], env: Mapping[str, str]) -> None:
        self._host = host
        self._overrides = {
            name.lower().removeprefix(_OVERRIDE): value
            for name, value in env.items()
            if name.lower().startswith(_OVERRIDE)
        }

    def text(self, path: str) -> str:
        """The value as text; empty where nothing is said."""
        override = self._overrides.get(path.lower().replace(".", "__"))
        if override is not None:
            return override.strip()
        value: object = self._host
        for step in path.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        return "" if value is None else str(value)

    def span(self, path: str) -> timedelta | None:
        """The value as a time span; None where it is none, or nothing is said."""
        match = _TIME_SPAN.fullmatch(self.text(path))
        if match is None:
            return None
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def _doubts(values: _Values) -> Iterator[Text]:
    visibility = values.span(_VISIBILITY)
    if visibility is None or visibility <= DYING_TIME:
        least = round(DYING_TIME.total_seconds())
        yield text("doubt", "too-soon", setting=f"host.json {_VISIBILITY}", least=least)
    dequeues = values.text(_DEQUEUES)
    # The host's own default is five.
    if dequeues and (not dequeues.isdecimal() or int(dequeues) < LEAST_DEQUEUE_COUNT):
        setting = f"host.json {_DEQUEUES}"
        yield text("doubt", "too-few", setting=setting, least=LEAST_DEQUEUE_COUNT)
    if values.text(_ENCODING).lower() != "none":
        yield text("doubt", "encoding", setting=f"host.json {_ENCODING}")
    timeout = values.span(_TIMEOUT)
    if timeout is not None and timeout < 2 * SWEEP_TIME:
        yield text("doubt", "too-short", setting=f"host.json {_TIMEOUT}")
