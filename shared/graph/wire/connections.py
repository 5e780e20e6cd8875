"""Carry a request to Graph and its answer back, over aiohttp, whose parser is compiled.

The SDK makes the requests; what it sends them with (kiota's middleware over httpx, httpcore and
anyio) took nine times the processor time of aiohttp, two fifths of a whole restore.

Why not aiohttp under httpx (`httpx-aiohttp` 0.2.0): its table of errors makes a ConnectTimeout of
every ClientConnectionError, so that a connection lost after the request was sent would pass for
one that never came about, and the effect would be sent again. And half of the time is httpx's own.
"""

from collections.abc import Mapping
from typing import Protocol

import aiohttp
from aiohttp.client_reqrep import ConnectionKey
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from yarl import URL

from shared.graph.wire.http_answer import HttpAnswer

# One instance runs 64 restores at once (host.json), each with up to four calls in a moment, and on
# average with less than one.
_CONNECTIONS = 128

# A connection that was idle for longer may have been dropped without notice, and the next effect
# would be lost on it.
_EXPIRY_SECONDS = 20.0

# Graph answers these calls within a second or two; its gateway gives up at about 60 s, we before:
# an invocation is to last a minute at most, and an answer lost is looked for, not waited for.
# `connect` is the wait for one of the connections and the making of it together. `total` is longer
# than both, so that it ends what the others do not: an answer that trickles, and one whose framing
# breaks in the middle, for whose end aiohttp would wait for ever.
TIMEOUT = aiohttp.ClientTimeout(total=45.0, connect=10.0, sock_connect=5.0, sock_read=25.0)

# aiohttp's own 8 KiB would take an answer for a broken one that others read.
_LONGEST_HEADER = 65_536

_USER_AGENT = "reprieve"


class AnswerLostError(aiohttp.ClientError):
    """The connection ended when the request was, or may have been, under way."""


class Carrier(Protocol):
    """Whatever carries a request."""

    async def send(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None
    ) -> HttpAnswer:
        """Send it, once. Raises what aiohttp raises, and AnswerLostError."""

    async def close(self) -> None:
        """Close every connection."""


class _Connector(aiohttp.TCPConnector):
    """Takes no connection on which something has come that nobody asked for.

    It would pass for the answer to the next request. aiohttp 3.14 looks whether an idle connection
    is there, and not whether it is clean; the pool has no public place for it.
    """

    async def _get(self, key: ConnectionKey, traces: list[Trace]) -> Connection | None:
        while (found := await super()._get(key, traces)) is not None:
            if found.protocol is not None and not found.protocol.should_close:
                return found
            found.close()
        return None


class Connections:
    """The wire to Graph: short time-outs, no retry, no redirect, no cookies, no proxy.

    The certificates trusted are the machine's, or those that SSL_CERT_FILE or SSL_CERT_DIR name, as
    on the way to storage: one list of them, half a megabyte, is read once.
    """

    def __init__(
        self, timeout: aiohttp.ClientTimeout = TIMEOUT, connections: int = _CONNECTIONS
    ) -> None:
        self._timeout, self._connections = timeout, connections
        self._session: aiohttp.ClientSession | None = None

    async def send(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None
    ) -> HttpAnswer:
        """Send it, once. Raises what aiohttp raises, and AnswerLostError."""
        address = _address(url)
        async with self._opened().request(
            method, address, headers=headers, data=content, allow_redirects=False
        ) as response:
            body = await response.read()
            return HttpAnswer(response.status, _lowered(response), address.path, body)

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    def _opened(self) -> aiohttp.ClientSession:
        """The session, which wants a loop that runs and so is made with the first request."""
        if self._session is not None and self._session.closed:
            raise aiohttp.ClientConnectionError("the connections to Graph are closed")
        if self._session is None:
            connector = _Connector(
                limit=self._connections,
                keepalive_timeout=_EXPIRY_SECONDS,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                timeout=self._timeout,
                headers={"User-Agent": _USER_AGENT},
                # An effect without a body has no type: aiohttp would call it octets.
                skip_auto_headers=("Content-Type",),
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
                max_line_size=_LONGEST_HEADER,
                max_field_size=_LONGEST_HEADER,
                middlewares=(_once,),
            )
        return self._session


async def _once(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Keep aiohttp from sending a GET or DELETE again when its connection was lost.

    It does so for two kinds of error; of these, ClientConnectorError alone is raised before a
    connection is there. Source: aiohttp 3, `ClientSession._request`; RFC 9112, 9.3.1.
    """
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise AnswerLostError(f"{type(error).__name__} {error}".strip()) from error


def _address(url: str) -> URL:
    """The address as it is: aiohttp would quote some of it once more."""
    try:
        return URL(url, encoded=True)
    except ValueError as error:
        raise aiohttp.InvalidUrlClientError(url, str(error)) from error


def _lowered(response: aiohttp.ClientResponse) -> dict[str, str]:
    """The headers by names in lower case; several of one name between commas."""
    headers: dict[str, str] = {}
    for name, text in response.headers.items():
        known = headers.get(lowered := name.lower())
        headers[lowered] = text if known is None else f"{known}, {text}"
    return headers
