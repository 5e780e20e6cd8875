"""Ask servers of this machine for something, without reading any certificate for it.

httpx reads all that the machine trusts for each client, and makes one for each request: five times
as long as the request takes.
"""

import ssl
from typing import Any

import httpx

_CERTIFICATES = ssl.create_default_context()


def ask(method: str, url: str, *, seconds: float = 60, **more: Any) -> httpx.Response:
    """The answer to this request; `more` is what `httpx.request` takes besides.

    Raises:
        HTTPError: nobody answered within so many seconds.
    """
    return httpx.request(method, url, timeout=seconds, verify=_CERTIFICATES, **more)


def order(url: str, body: object, *, seconds: float = 60) -> None:
    """Post this to the control of a stand-in.

    Raises:
        HTTPError: it was refused, or nobody answered within so many seconds.
    """
    ask("POST", url, json=body, seconds=seconds).raise_for_status()
