"""Behave as a client like the engine under Power Automate and Logic Apps.

It knows nothing of the product: what it takes from an answer is what the engine takes.

Sources: Azure Logic Apps docs, "Create custom APIs" (asynchronous polling) and "Handle errors and
exceptions" (default retry policy); Power Automate docs, "Asynchronous flow pattern"; Azure
connectors SDK docs, "Long-running operations".
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

RUN_HEADER: Final = "x-ms-workflow-run-id"
MOST_REPETITIONS: Final = 4
DEFAULT_POLL_SECONDS: Final = 20
LIMIT_SECONDS: Final = 120
"""How long one request may take; what comes later is lost."""

# The exponential default policy waits 5 to 45 seconds.
_BACK_OFF: Final = (7, 14, 28, 45)
# A restore waits for days; a test that polls this often is going in circles.
_MOST_POLLS: Final = 500
_TIMEOUT, _TOO_MANY, _SERVER = 408, 429, 500

type Wait = Callable[[float], Awaitable[object]]


class LostAnswerError(Exception):
    """No answer within the limit; the request may have arrived all the same."""


class ProtocolError(AssertionError):
    """The service answered with something the engine cannot follow; the action would fail."""


@dataclass(frozen=True)
class Request:
    """One request of the engine."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: Any = None


@dataclass(frozen=True)
class Answer:
    """One answer as the engine sees it."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None

    def header(self, name: str) -> str | None:
        """The header of this name, in any case."""
        found = (value for key, value in self.headers.items() if key.lower() == name.lower())
        return next(found, None)


class Transport(Protocol):
    """Whatever carries a request to the service."""

    async def __call__(self, request: Request, /) -> Answer:
        """The answer. Raises: LostAnswerError."""


@dataclass
class Run:
    """What one action came to, and every request and wait on the way."""

    sent: list[Request] = field(default_factory=list)
    answers: list[Answer | None] = field(default_factory=list)
    """None for an answer that was lost."""
    waits: list[float] = field(default_factory=list)
    outcome: Answer = field(default_factory=lambda: Answer(0))

    @property
    def succeeded(self) -> bool:
        """Whether the action is green."""
        return 200 <= self.outcome.status < 300

    @property
    def polls(self) -> list[Request]:
        """Every look at a Location."""
        return [request for request in self.sent if request.method == "GET"]


class Engine:
    """Runs one action at a time, under the id of one run of a flow."""

    def __init__(
        self,
        transport: Transport,
        wait: Wait,
        *,
        run_id: str,
        limit_seconds: float = LIMIT_SECONDS,
    ) -> None:
        self._transport, self._wait, self._limit = transport, wait, limit_seconds
        self._headers = {RUN_HEADER: run_id}

    async def act(self, method: str, url: str, body: object = None) -> Run:
        """Send the request of an action and follow it to its end.

        Raises: ProtocolError where the engine could not go on.
        """
        run = Run()
        answer = await self._send(Request(method, url, self._headers, body), run)
        for _ in range(_MOST_POLLS):
            location = answer.header("Location")
            if answer.status != 202 or location is None:
                run.outcome = answer
                return run
            await self._pause(_poll_after(answer), run)
            answer = await self._send(Request("GET", _absolute(location), self._headers), run)
        raise ProtocolError(f"still 202 after {_MOST_POLLS} polls")

    async def _send(self, request: Request, run: Run) -> Answer:
        """The first answer that is not to be tried again, or the last of all."""
        answer = await self._once(request, run)
        for back_off in _BACK_OFF[:MOST_REPETITIONS]:
            if answer is not None and not _is_to_be_repeated(answer.status):
                return answer
            await self._pause(max(back_off, _asked(answer)), run)
            answer = await self._once(request, run)
        return answer if answer is not None else Answer(_TIMEOUT)

    async def _once(self, request: Request, run: Run) -> Answer | None:
        run.sent.append(request)
        try:
            async with asyncio.timeout(self._limit):
                answer = await self._transport(request)
        except (LostAnswerError, TimeoutError):
            run.answers.append(None)
            return None
        run.answers.append(answer)
        return answer

    async def _pause(self, seconds: float, run: Run) -> None:
        run.waits.append(seconds)
        await self._wait(seconds)


def _is_to_be_repeated(status: int) -> bool:
    return status in {_TIMEOUT, _TOO_MANY} or status >= _SERVER


def _asked(answer: Answer | None) -> int:
    said = answer.header("Retry-After") if answer is not None else None
    return int(said) if said is not None and said.isdecimal() else 0


def _poll_after(answer: Answer) -> int:
    said = answer.header("Retry-After")
    if said is None:
        return DEFAULT_POLL_SECONDS
    if not said.isdecimal():
        raise ProtocolError(f"Retry-After is not a number of whole seconds: {said!r}")
    return int(said)


def _absolute(location: str) -> str:
    parts = urlsplit(location)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ProtocolError(f"Location is not absolute: {location!r}")
    return location
