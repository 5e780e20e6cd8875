"""Make queue messages as an attacker or a careless script would write them."""

import base64
import json
from typing import Any

from hypothesis import strategies as st

from shared.intake.wire.models import EventDataWire, EventWire
from tests.builders import ENTERPRISEPACK_ID, EXCHANGE_PLAN_ID, UPN, USER_ID

_NAMES = [
    field.alias or name
    for model in (EventDataWire, EventWire)
    for name, field in model.model_fields.items()
]

# What the fields hold in good requests, so that a part of all messages gets past the intake.
_LIKELY = st.sampled_from(
    [
        *("user", "license", "mailbox", USER_ID, USER_ID.upper(), UPN, UPN.upper(), "nobody@x.org"),
        *("1.0", "/hr", "fail", "rename", "drop", "2026-11-23T08:00:00Z", "2027-11-23T08:00:00Z"),
        *("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", ENTERPRISEPACK_ID, EXCHANGE_PLAN_ID),
        *("' or 1 eq 1 or '", "%27", "..", "%00", "\x00", "\u202e", "\ud800", "é" * 400),
    ]
)
_HUGE = st.sampled_from([10**400, -(10**4000), 1e308, float("inf"), float("nan"), 2**63, 2**53 + 1])
_SCALARS = _LIKELY | st.none() | st.booleans() | st.integers() | st.floats() | st.text() | _HUGE
_NAME = st.sampled_from(_NAMES) | st.text()
_JSON = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAME, inner, max_size=5),
    max_leaves=12,
)
_REQUESTS = st.fixed_dictionaries(
    {
        "version": st.just(1) | st.just(1) | _SCALARS,
        "kind": st.sampled_from(["user", "license", "mailbox"]) | _SCALARS,
        "user": st.sampled_from([USER_ID, UPN]) | _LIKELY | _SCALARS,
    },
    optional={
        "idempotencyKey": _LIKELY | st.text(),
        "license": st.fixed_dictionaries(
            {}, optional={"skuIds": st.lists(_LIKELY), "disabledPlans": st.lists(_LIKELY)}
        ),
        **{name: _LIKELY | st.booleans() for name in ("dryRun", "notBefore", "onUpnConflict")},
        **dict.fromkeys(("reason", "ticket", "requestedBy", "callbackUrl"), _SCALARS),
    },
)
# Good ones, so that the use cases behind the intake are met as well.
_GOOD = st.fixed_dictionaries(
    {
        "version": st.just(1),
        "kind": st.sampled_from(["user", "license", "mailbox"]),
        "user": st.sampled_from([USER_ID, USER_ID.upper(), UPN, "no'body@x.org", "%27", "..", "é"]),
    },
    optional={
        "idempotencyKey": st.sampled_from(["k", "é", "'", "..", "%2f"]),
        "license": st.sampled_from([{"skuIds": [ENTERPRISEPACK_ID]}, {"skuPartNumbers": ["'"]}]),
        "dryRun": st.booleans(),
        "notBefore": st.sampled_from(["2026-11-23T08:00:00Z", "2998-12-31T23:59:59Z"]),
        "licenseRemovedAt": st.sampled_from(["1971-01-01T00:00:00Z", "2998-12-31T23:59:59Z"]),
        "reason": st.sampled_from(["", "<&é💥\n", "x" * 1024]),
        "requestedBy": st.sampled_from(["HR", "'; drop table"]),
    },
)
_MIXED = st.builds(lambda good, bad: good | bad, _REQUESTS, st.dictionaries(_NAME, _JSON))


def _event(data: Any, event_id: Any, *, encoded: bool) -> Any:
    envelope = {"specversion": "1.0", "id": event_id, "source": "/hr", "type": "t"}
    if not encoded:
        return {**envelope, "data": data}
    return {**envelope, "data_base64": base64.b64encode(_dumped(data)).decode()}


def _dumped(value: Any) -> bytes:
    return _without_limit(value).encode()


def _without_limit(value: Any) -> str:
    """JSON text of any number, however long: json.dumps refuses integers of many digits."""
    try:
        return json.dumps(value)
    except ValueError:
        return '{"version": 1, "kind": "user", "user": ' + "9" * 5000 + "}"


def _twice(request: dict[str, Any]) -> bytes:
    """The same object with every name in it written twice."""
    text = _without_limit(request)
    return f"{text[:-1]}, {text[1:]}".encode() if request else b"{}"


def _deep(opening: str, depth: int, closing: str) -> bytes:
    nested = opening * depth + "1" + closing * depth
    return f'{{"version": 1, "kind": "user", "user": {nested}}}'.encode()


_OBJECTS = _REQUESTS | _MIXED
_EVENTS = st.builds(
    _event, _GOOD | _OBJECTS | _JSON, _LIKELY | st.text(min_size=1), encoded=st.booleans()
)
_TEXTS = st.one_of(
    st.binary(),
    st.text().map(lambda text: text.encode("utf-8", "surrogatepass")),
    _JSON.map(_dumped),
    _OBJECTS.map(_dumped),
    _GOOD.map(_dumped),
    _GOOD.map(_dumped),
    _OBJECTS.map(_twice),
    st.builds(
        _event, _GOOD | _OBJECTS | _JSON, _LIKELY | st.text(min_size=1), encoded=st.booleans()
    ).map(_dumped),
    st.builds(_deep, st.sampled_from(["[", '{"a":']), st.integers(1, 9000), st.sampled_from("]}")),
    st.integers(1, 70_000).map(lambda size: b'{"kind": "' + b"x" * size),
)


def _cut(body: bytes, at: int, flip: int) -> bytes:
    """The body with one byte changed, or its end cut off."""
    if not body:
        return body
    place = at % len(body)
    return body[:place] if flip == 0 else body[:place] + bytes([flip]) + body[place + 1 :]


MESSAGES = st.one_of(
    _TEXTS,
    _GOOD.map(_dumped),
    _TEXTS.map(base64.b64encode),
    st.builds(_cut, _TEXTS, st.integers(0, 70_000), st.integers(0, 255)),
)
"""Bodies of messages, as the worker gets them."""
