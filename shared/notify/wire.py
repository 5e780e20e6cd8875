"""The wire: one HTTPS request to one address, under the name that the address was checked for."""

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
    return Internet(SystemResolver(), httpx.AsyncHTTPTransport(limits=_LIMITS, retries=0))


class Post:
    """Sends POST requests over one transport."""

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self._client = httpx.AsyncClient(
            transport=transport, timeout=_TIMEOUT, follow_redirects=False, trust_env=False
        )

    async def send(
        self, url: str, address: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, str]]:
        """Status and headers of the answer to this body, sent to this very address.

        The certificate is checked against the name in `url`, which is in the header Host as well.
        The answer's body is not read: it may be endless.

        Raises:
            httpx.HTTPError: it may have arrived all the same.
        """
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        target = httpx.URL(scheme="https", host=address, raw_path=path.encode("ascii"))
        fixed = {
            "host": parts.hostname or "",
            # Not application/cloudevents+json: flows parse plain JSON without being told to.
            "content-type": "application/json; charset=utf-8",
            "user-agent": f"reprieve/{__version__}",
            "connection": "close",
        }
        extensions = {"sni_hostname": parts.hostname or ""}
        request = self._client.build_request(
            "POST", target, content=body, headers={**headers, **fixed}, extensions=extensions
        )
        response = await self._client.send(request, stream=True)
        try:
            return response.status_code, response.headers
        finally:
            await response.aclose()
