"""Derive the trace id of a restore, which its caller and every call to Graph share.

A restore whose caller named no trace has one all the same, derived from its id, so that whoever
knows the restore can ask Microsoft's support for its calls.

Source: W3C "Trace Context", 3.2 traceparent; Microsoft Graph, "Best practices", client-request-id.
"""

import hashlib
import re
from collections.abc import Mapping

_TRACEPARENT = re.compile(r"(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?")
_NO_TRACE = "0" * 32


def trace_in(traceparent: str | None) -> str:
    """The trace id of a `traceparent` header: 32 hex digits, or empty if it is none."""
    match = _TRACEPARENT.fullmatch((traceparent or "").strip())
    return match[1] if match is not None and match[1] != _NO_TRACE else ""


def trace_of(restore_id: str) -> str:
    """The trace id of a restore whose caller named none; always the same."""
    return hashlib.sha256(restore_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def trace_headers(trace_id: str) -> Mapping[str, str]:
    """The headers of a call to Graph within this trace; none without a trace.

    `client-request-id` is a GUID, and Graph writes it into its logs beside its own request id.
    """
    if not trace_id:
        return {}
    span = hashlib.sha256(trace_id.encode()).hexdigest()[:16]
    parts = (trace_id[:8], trace_id[8:12], trace_id[12:16], trace_id[16:20], trace_id[20:])
    return {"client-request-id": "-".join(parts), "traceparent": f"00-{trace_id}-{span}-01"}
