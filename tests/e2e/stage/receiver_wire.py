"""Lead the product's host to the receiver of callbacks (see receiver.py).

The product's rules stay as they are: names on the allow-list, public addresses, port 443, and a
certificate for the name. Only the last step is bent: what goes to the public address that the
test's resolver names arrives on this machine, where a server holds a certificate for the name.
"""

import json
import ssl
from pathlib import Path

import httpx

from shared.notify.wire import Internet

HOST = "prod-1.test.logic.azure.com"
_PUBLIC = "93.184.216.34"
# A connection of its own for each request, which ends with it.
_NOTHING_KEPT = httpx.Limits(max_keepalive_connections=0)


class _PublicResolver:
    """Every name leads to one public address, which stands for this machine."""

    async def resolve(self, host: str) -> tuple[str, ...]:  # noqa: ARG002 - the port's
        """The address."""
        return (_PUBLIC,)


class _ToThisMachine(httpx.AsyncBaseTransport):
    """Carries requests for the public address to the server that the file names."""

    def __init__(self, file: Path) -> None:
        self._file = file

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it on, with the certificate checked against the name as ever."""
        if not self._file.exists():
            raise httpx.ConnectError("nobody listens")
        there = json.loads(self._file.read_text(encoding="utf-8"))
        assert request.url.host == _PUBLIC
        request.url = request.url.copy_with(host="127.0.0.1", port=there["port"])
        context = ssl.create_default_context(cafile=there["certificate"])
        inner = httpx.AsyncHTTPTransport(verify=context, limits=_NOTHING_KEPT)
        return await inner.handle_async_request(request)


def receiver_wire(file: Path) -> Internet:
    """The wire to the receiver of that file, whenever there is one."""
    return Internet(_PublicResolver(), _ToThisMachine(file))
