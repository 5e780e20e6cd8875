"""Sign events by Standard Webhooks, so that a receiver can tell who sent them.

Source: Standard Webhooks specification, "Signature scheme": the headers webhook-id,
webhook-timestamp and webhook-signature; HMAC-SHA256 over `id.timestamp.body`, in base64 after
`v1,`; several signatures with spaces between while a secret is being replaced.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime


def signed_headers(
    event_id: str, body: bytes, now: datetime, secrets: Sequence[bytes]
) -> dict[str, str]:
    """The headers that name and sign this event; without a secret they name it only."""
    timestamp = str(int(now.timestamp()))
    headers = {"webhook-id": event_id, "webhook-timestamp": timestamp}
    if secrets:
        content = f"{event_id}.{timestamp}.".encode() + body
        headers["webhook-signature"] = " ".join(_signature(key, content) for key in secrets)
    return headers


def _signature(secret: bytes, content: bytes) -> str:
    digest = hmac.new(secret, content, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"
