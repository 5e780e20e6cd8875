"""Send one HTTPS request to one checked address, with the certificate checked for its name."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from shared import __version__
from shared.notify.resolver import Resolver, SystemResolver

# In seconds. Receivers of flows answer within one; whoever is slower is tried again. The whole of
# a sending has an end of its own, in `http`.
_TIMEOUT = httpx.Timeout(5.0, connect=3.0)

# No connection is used twice: it is pooled by address, and the next event for this address may be
# for another name, which its certificate was not checked for.
_LIMITS = httpx.Limits(max_connections=32, max_keepalive_connections=0)


@dataclass(frozen=True, slots=True)
class Internet:
    """How the outside is reached: names to addresses, and bytes to an address."""

    resolver: Resolver
    transport: httpx.AsyncBaseTransport


def internet() -> Internet:
    """The resolver and the network of this machine, certificates checked; no proxy."""
    return Internet(SystemResolver(), _Network())


class _Network(httpx.AsyncBaseTransport):
    """The network, whose trusted certificates (half a megabyte) are read with the first event."""

    def __init__(self) -> None:
        self._network: httpx.AsyncHTTPTransport | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._network is None:
            self._network = httpx.AsyncHTTPTransport(limits=_LIMITS, retries=0)
        return await self._network.handle_async_request(request)


class Post:
    """Sends POST requests over one transport; nothing of an answer is kept for the next request.

    Through the transport and not through a client: a client keeps cookies, by address here, and
    would send those of one receiver to every other one behind the same address.
    """

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self._transport = transport

    async def send(
        self, url: str, address: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, str]]:
        """Status and headers of the answer to this body, sent to this very address.

        The certificate is checked against the name in `url`, which is in the header Host as well.
        The answer's body is not read: it may be endless.

        Raises:
            httpx.HTTPError: it may have arrived all the same.
        """
        response = await self._transport.handle_async_request(_request(url, address, body, headers))
        try:
            return response.status_code, response.headers
        finally:
            await response.aclose()


def _request(url: str, address: str, body: bytes, headers: Mapping[str, str]) -> httpx.Request:
    """The request, with no header but these: an answer in another encoding is of no use."""
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    fixed = {
        "host": parts.hostname or "",
        # Not application/cloudevents+json: flows parse plain JSON without being told to.
        "content-type": "application/json; charset=utf-8",
        "user-agent": f"reprieve/{__version__}",
        "connection": "close",
    }
    return httpx.Request(
        "POST",
        httpx.URL(scheme="https", host=address, raw_path=path.encode("ascii")),
        content=body,
        headers={**headers, **fixed},
        extensions={"sni_hostname": parts.hostname or "", "timeout": _TIMEOUT.as_dict()},
    )
