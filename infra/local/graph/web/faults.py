"""Inject the faults that tests order: answers, delays and cut connections."""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from infra.local.graph.web.wire import Answer, GraphError, Json, words

FIELDS = words(
    "method path calls times latencySeconds status retryAfter code message when drop truncate "
    "contentType hang body headers"
)


@dataclass(slots=True)
class Fault:
    """One rule: which calls it meets, and what it does to them."""

    pattern: re.Pattern[str]
    method: str | None
    calls: frozenset[int] | None
    times: int | None
    order: Json
    seen: int = 0
    made: int = 0
    healed: asyncio.Event = field(default_factory=asyncio.Event)

    def meets(self, method: str, path: str) -> bool:
        """Tell whether this call is to suffer; counts the calls it was asked about."""
        if self.method and self.method != method.upper():
            return False
        if not self.pattern.search(path):
            return False
        self.seen += 1
        if self.calls is not None and self.seen not in self.calls:
            return False
        if self.times is not None and self.made >= self.times:
            return False
        self.made += 1
        return True

    async def keep_waiting(self) -> None:
        """Let the call wait as long as ordered, in real time, or until the rule is taken back."""
        seconds = float(self.order.get("latencySeconds") or 0)
        if seconds:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.healed.wait(), seconds)

    @property
    def after(self) -> bool:
        """Tell whether the effect is made before the fault strikes."""
        return "after" in {self.order.get("when"), self.order.get("drop")}

    @property
    def drops(self) -> bool:
        """Tell whether the connection is cut."""
        return self.order.get("drop") is not None

    @property
    def hangs(self) -> bool:
        """Tell whether there is never an answer."""
        return bool(self.order.get("hang"))

    @property
    def truncates(self) -> bool:
        """Tell whether the answer breaks off half-way."""
        return bool(self.order.get("truncate"))

    @property
    def replaces(self) -> bool:
        """Tell whether the answer is another than the true one."""
        return "status" in self.order or "contentType" in self.order


@dataclass(slots=True)
class Faults:
    """The rules in force, asked in order; the first that meets a call strikes."""

    rules: list[Fault] = field(default_factory=list)

    def add(self, orders: Any) -> None:
        """Add rules; raises ValueError for what is not one."""
        for order in orders if isinstance(orders, list) else [orders]:
            self.rules.append(_rule(order))

    def clear(self) -> None:
        """Take every rule back; calls that one keeps waiting go on."""
        for rule in self.rules:
            rule.healed.set()
        self.rules.clear()

    def strike(self, method: str, path: str) -> Fault | None:
        """Answer the fault for this call, if there is one."""
        return next((rule for rule in self.rules if rule.meets(method, path)), None)

    def to_json(self) -> list[Json]:
        """Answer the rules and how often each has struck."""
        return [{**rule.order, "seen": rule.seen, "made": rule.made} for rule in self.rules]


def replacement(fault: Fault) -> Answer | GraphError:
    """Answer what the fault puts in place of the true answer."""
    order = fault.order
    status = int(order.get("status", HTTPStatus.OK))
    headers: dict[str, str] = dict(order.get("headers") or {})
    if order.get("retryAfter") is not None:
        headers["Retry-After"] = str(order["retryAfter"])
    kind = order.get("contentType")
    if kind or "body" in order:
        body = order.get("body", f"<html><body><h1>{status}</h1></body></html>")
        text = body if isinstance(body, str) else None
        shown = None if isinstance(body, str) else body
        return Answer(status, shown, headers, text=text, content_type=kind or "application/json")
    code, message = _words(status)
    return GraphError(
        status, order.get("code") or code, order.get("message") or message, headers=headers
    )


def _rule(order: Any) -> Fault:
    if not isinstance(order, dict) or set(order) - FIELDS:
        raise ValueError(f"a fault is an object with some of: {', '.join(sorted(FIELDS))}")
    if order.get("when", "before") not in {"before", "after"}:
        raise ValueError("when is before or after")
    if order.get("drop") not in {None, "before", "after"}:
        raise ValueError("drop is before or after")
    try:
        pattern = re.compile(order.get("path") or "", re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"path is not a regular expression: {error}") from error
    calls = order.get("calls")
    return Fault(
        pattern=pattern,
        method=order["method"].upper() if order.get("method") else None,
        calls=frozenset(calls) if calls is not None else None,
        times=order.get("times"),
        order=order,
    )


def _words(status: int) -> tuple[str, str]:
    """Answer the usual code and message of a status.

    Source of the 429: Microsoft "Microsoft Graph throttling guidance".
    """
    known = {
        400: ("Request_BadRequest", "Invalid request."),
        401: ("InvalidAuthenticationToken", "Access token is empty."),
        403: ("Authorization_RequestDenied", "Insufficient privileges to complete the operation."),
        404: ("Request_ResourceNotFound", "Resource does not exist."),
        429: ("TooManyRequests", "Please retry again later."),
        500: ("InternalServerError", "An internal server error has occurred."),
        502: ("BadGateway", "The upstream server sent no valid answer."),
        503: ("serviceNotAvailable", "The service is temporarily unavailable. Please retry."),
        504: ("GatewayTimeout", "The upstream server did not answer in time."),
    }
    return known.get(status, ("UnknownError", "An error was asked for."))
