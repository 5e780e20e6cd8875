"""Make requests as callers write them, and read the faults they are answered with."""

import json
from typing import Any

import pytest

from shared.domain.requests.request import RestoreKind, RestoreRequest
from shared.errors import InvalidRequestError
from shared.intake.requests import parse_http, read_message
from tests.reading import said

SKU = "6fd2c87f-b296-42f0-b197-1e91e994b900"
PLAN = "efb87545-963c-4e0d-99df-69c6916d9eb0"
HOSTS = ("*.logic.azure.com", "flows.example.com")
MINIMAL: dict[str, Any] = {"kind": "mailbox", "user": "megan.bowen@contoso.com"}
FULL: dict[str, Any] = MINIMAL | {
    "idempotencyKey": "case 4711",
    "license": {
        "skuIds": [SKU],
        "skuPartNumbers": ["SPE_E3"],
        "disabledPlans": [PLAN],
    },
    "licenseRemovedAt": "2026-11-01T08:00:00Z",
    "onUpnConflict": "rename",
    "newUserPrincipalName": "megan.bowen2@contoso.com",
    "onAddressConflict": "drop",
    "acceptUnknownWindow": True,
    "acceptRehire": True,
    "allowSynced": True,
    "dryRun": True,
    "notBefore": "2026-11-23T08:00:00+01:00",
    "reason": "Left by mistake.\nSee the ticket.",
    "ticket": "INC-4711",
    "callbackUrl": "https://prod-12.westeurope.logic.azure.com/workflows/1?sig=secret",
}


def to_bytes(body: object) -> bytes:
    """A body as it comes in: bytes stay, all else is written as JSON."""
    return body if isinstance(body, bytes) else json.dumps(body).encode()


def http(
    body: object, *, header_key: str | None = None, fixed_kind: RestoreKind | None = None
) -> RestoreRequest:
    """The request in an HTTP body."""
    return parse_http(
        to_bytes(body), header_key=header_key, callback_hosts=HOSTS, fixed_kind=fixed_kind
    )


def message(body: object, *, message_id: str = "message-1") -> tuple[RestoreRequest, str | None]:
    """The request in a queue message, and who sent it; raises what it is refused for."""
    read = read_message(to_bytes(body), message_id=message_id, callback_hosts=HOSTS)
    if read.refusal is not None:
        raise read.refusal
    assert read.request is not None
    return read.request, read.sender


def http_faults(body: object, **options: Any) -> dict[str, str]:
    """What an HTTP body is refused for: pointer -> message."""
    with pytest.raises(InvalidRequestError) as refused:
        http(body, **options)
    return _by_pointer(refused.value)


def message_faults(body: object, **options: Any) -> dict[str, str]:
    """What a queue message is refused for: pointer -> message."""
    with pytest.raises(InvalidRequestError) as refused:
        message(body, **options)
    return _by_pointer(refused.value)


def _by_pointer(error: InvalidRequestError) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for fault in error.faults:
        found.setdefault(fault.pointer, []).append(said(fault).message)
    return {pointer: " / ".join(messages) for pointer, messages in found.items()}
