"""Send one event to a URL over HTTPS, after judging where the URL leads.

Where a URL leads is judged again before each sending: the allow-list may have changed since it was
taken in, and a name may lead elsewhere now. Every address of the name must be public, and the
connection goes to one of those that were judged: between judging and calling nothing is looked up
again. Source: OWASP "Server-Side Request Forgery Prevention Cheat Sheet".

Logs and answers carry codes only; a URL holds the receiver's own secret.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx

from shared.domain.events.allowed_hosts import wrong_target
from shared.notify.addresses import is_public
from shared.notify.places import Places
from shared.notify.signature import signed_headers
from shared.notify.wire import Internet, Post
from shared.ports.clock import Clock
from shared.ports.events import DeliveryAnswer, DeliveryReport

# Everything included: the name, the connection, the answer. A work invocation waits for it.
SENDING_TIME = timedelta(seconds=10)

_SECONDS = re.compile(r"[0-9]{1,6}")
_ASKS_TO_WAIT = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}


class HttpNotifier:
    """The Notifier port; owns its connections."""

    def __init__(
        self,
        clock: Clock,
        *,
        allowed_hosts: Sequence[str],
        secrets: Sequence[bytes],
        wire: Internet,
        sending_time: timedelta = SENDING_TIME,
    ) -> None:
        self._clock, self._sending_time = clock, sending_time
        self._allowed_hosts, self._secrets = allowed_hosts, secrets
        self._resolver, self._post = wire.resolver, Post(wire.transport)
        self._places = Places()

    async def send(self, url: str, event_id: str, body: str, *, caller: str) -> DeliveryReport:
        """Send once, to an address that was judged; within the sending time, whatever happens."""
        if wrong_target(url, self._allowed_hosts) is not None:
            return DeliveryReport(DeliveryAnswer.FAILED, "host-not-allowed")
        host = urlsplit(url).hostname or ""
        if not self._places.has_room(host, caller):
            return DeliveryReport(DeliveryAnswer.BUSY, "no-room")
        try:
            with self._places.taken(host, caller):
                async with asyncio.timeout(self._sending_time.total_seconds()):
                    return await self._send(url, event_id, body.encode("ascii"))
        except TimeoutError:
            return DeliveryReport(DeliveryAnswer.FAILED, "timeout")

    async def _send(self, url: str, event_id: str, body: bytes) -> DeliveryReport:
        try:
            addresses = await self._resolver.resolve(urlsplit(url).hostname or "")
        except (OSError, UnicodeError):
            return DeliveryReport(DeliveryAnswer.FAILED, "name-not-found")
        if not addresses or not all(map(is_public, addresses)):
            return DeliveryReport(DeliveryAnswer.FAILED, "address-not-public")
        headers = signed_headers(event_id, body, self._clock.now(), self._secrets)
        try:
            status, answered = await self._post.send(url, addresses[0], body, headers)
        except httpx.TimeoutException:
            return DeliveryReport(DeliveryAnswer.FAILED, "timeout")
        except (httpx.HTTPError, httpx.InvalidURL):
            return DeliveryReport(DeliveryAnswer.FAILED, "connection-failed")
        return _told(status, answered)


def _told(status: int, headers: Mapping[str, str]) -> DeliveryReport:
    why = f"http-{status}"
    if 200 <= status < 300:  # noqa: PLR2004 - the class of statuses that says yes
        return DeliveryReport(DeliveryAnswer.DELIVERED, why)
    if status == HTTPStatus.GONE:
        return DeliveryReport(DeliveryAnswer.GONE, why)
    if status == HTTPStatus.NOT_FOUND:
        return DeliveryReport(DeliveryAnswer.MISSING, why)
    return DeliveryReport(DeliveryAnswer.FAILED, why, _asked(status, headers))


def _asked(status: int, headers: Mapping[str, str]) -> timedelta | None:
    text = headers.get("retry-after", "")
    if status not in _ASKS_TO_WAIT or _SECONDS.fullmatch(text) is None:
        return None
    return timedelta(seconds=int(text))
