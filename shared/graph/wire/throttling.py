"""Read from Graph's 429 (or 503) how long to wait, and which quota of the tenant is used up.

Nothing here waits: a restore that meets a 429 gives its message back and comes again later
(`shared/restore/throttle.py`).
"""

import math
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime

from shared.errors import Quota
from shared.graph.wire.http_answer import HttpAnswer

# Graph asks for seconds or minutes; a longer wait is a broken header, and a restore waits less than
# a day for Graph anyway.
_LONGEST_WAIT = timedelta(days=1)

_OTHER_SERVICES = ("/auditLogs/", "/mailboxSettings")


def retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """The wait in `Retry-After`: seconds, also fractional, or until a date; None if absent.

    A date is measured against the answer's own `Date`, so our clock does not come into it.
    Source: RFC 9110, 10.2.3; Microsoft's samples of a 429 carry fractions ("2.128").
    """
    raw = headers.get("retry-after", "")
    try:
        seconds = float(raw)
    except ValueError:
        return _until(raw, headers.get("date", ""))
    if math.isnan(seconds):
        return None
    return timedelta(seconds=min(max(seconds, 0), _LONGEST_WAIT.total_seconds()))


def quota(response: HttpAnswer) -> Quota | None:
    """The tenant-wide quota that a 429 is about, or None: the service has one of its own.

    Audit logs and mailboxes are counted apart from users and licences. A 429 below the limits (the
    service is loaded) names no scope, and is taken for all of them.
    Source: Microsoft "Microsoft Graph throttling guidance" (x-ms-throttle-scope:
    Tenant_Application/ReadWrite/...) and "Microsoft Graph service-specific throttling limits".
    """
    if any(part in response.path for part in _OTHER_SERVICES):
        return None
    _, _, scope = response.headers.get("x-ms-throttle-scope", "").partition("/")
    return Quota.WRITES if scope.partition("/")[0].lower() == "write" else Quota.REQUESTS


def _until(date: str, now: str) -> timedelta | None:
    try:
        wait = parsedate_to_datetime(date) - parsedate_to_datetime(now)
    except (ValueError, TypeError):
        return None
    return min(max(wait, timedelta(0)), _LONGEST_WAIT)
