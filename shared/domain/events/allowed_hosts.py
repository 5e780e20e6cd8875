"""Decide whether events may be sent to a host, by the administrator's list of allowed names.

Only names are allowed, and only port 443: what stands in a URL is then exactly what an
administrator has written into the setting, and the certificate proves it.
"""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from shared.domain.text import Text, text

HTTPS_PORT = 443

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(\.{_LABEL})*")
# A host whose last label is a number is an IPv4 address in some notation: 127.1, 0x7f.1 or
# 2130706433 all reach this machine. Source: WHATWG URL Standard, "ends in a number checker".
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


def wrong_target(url: str, allowed: Sequence[str]) -> Text | None:
    """The fault in the host and port of an https URL, or None; the URL is not quoted.

    `allowed`: lower-case host names; a leading `*.` stands for one label or more.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return text("fault", "no-url")
    if parts.scheme != "https" or parts.username is not None:
        return text("fault", "not-https")
    if port not in {None, HTTPS_PORT}:
        return text("fault", "port")
    if not _is_name(host) or not any(_covers(pattern, host) for pattern in allowed):
        if not allowed:
            return text("fault", "no-host-allowed")
        return text("fault", "host-not-allowed", hosts=tuple(allowed))
    return None


def _is_name(host: str) -> bool:
    is_number = _NUMBER.fullmatch(host.rpartition(".")[2]) is not None
    return _NAME.fullmatch(host) is not None and not is_number


def _covers(pattern: str, host: str) -> bool:
    if pattern.startswith("*."):
        return host.endswith(pattern[1:])
    return host == pattern
