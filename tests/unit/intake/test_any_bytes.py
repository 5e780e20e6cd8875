"""Whatever comes in, the answer is a request or InvalidRequestError, and nothing else."""

import base64
import json
from functools import partial
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.domain.requests.request import RestoreKind, RestoreRequest, fingerprint
from shared.errors import InvalidRequestError
from shared.intake.requests import parse_http, read_message
from shared.intake.wire.models import EventDataWire, EventWire
from tests.reading import said
from tests.unit.intake.requests_of import FULL, HOSTS, MINIMAL

_NAMES = [
    field.alias or name
    for model in (EventDataWire, EventWire)
    for name, field in model.model_fields.items()
]
_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["1.0", "rename", "drop", "mailbox", "2026-11-01T08:00:00Z", *_NAMES])
)
_JSON = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(_NAMES) | st.text(), inner, max_size=6)
    ),
    max_leaves=20,
)
_OBJECTS = st.dictionaries(st.sampled_from(_NAMES) | st.text(), _JSON, max_size=12)


def _understood(body: bytes, header_key: str | None, message_id: str) -> list[RestoreRequest]:
    """The requests that came of the bytes; every door must answer, or refuse with faults."""
    requests = []
    for kind in (None, RestoreKind.USER):
        try:
            requests.append(
                parse_http(body, header_key=header_key, callback_hosts=HOSTS, fixed_kind=kind)
            )
        except InvalidRequestError as error:
            _check(error)
    message = read_message(body, message_id=message_id, callback_hosts=HOSTS)
    if message.request is not None:
        requests.append(message.request)
    elif message.refusal is not None:
        _check(message.refusal)
    assert (message.request is None) is (message.refusal is not None)
    return requests


def _check(error: InvalidRequestError) -> None:
    assert error.faults
    assert len(set(error.faults)) == len(error.faults)
    for fault in error.faults:
        assert fault.pointer == "" or fault.pointer.startswith("/")
        assert said(fault).message
    # The answer is UTF-8, whatever the names in the body were.
    said(error).message.encode()


@settings(deadline=None)
@given(body=st.binary(), key=st.none() | st.text(), message_id=st.text())
@example(b"{" * 65_000, None, "")
@example(b"[" * 65_536, None, "m")
@example(b'{"a":' * 13_000, None, "m")
@example(b"9" * 65_536, None, "m")
@example(b'{"version": ' + b"9" * 5000 + b"}", None, "m")
@example(b'{"\\ud83d": "\\ude00"}', "\ud800", "\udfff")
def test_any_bytes_are_answered(body: bytes, key: str | None, message_id: str) -> None:
    """Arbitrary bytes raise nothing but InvalidRequestError."""
    _understood(body, key, message_id)
    _understood(base64.b64encode(body), key, message_id)


@settings(deadline=None)
@given(value=_JSON, key=st.none() | st.text(), message_id=st.text())
def test_any_json_is_answered(value: Any, key: str | None, message_id: str) -> None:
    """Arbitrary JSON, NaN and lone surrogates included, raises nothing but InvalidRequestError."""
    _understood(json.dumps(value).encode(), key, message_id)


@settings(deadline=None)
@given(fields=_OBJECTS, event=st.booleans())
def test_any_fields_are_answered(fields: dict[str, Any], *, event: bool) -> None:
    """Anything in the place of any field raises nothing but InvalidRequestError."""
    body = MINIMAL | fields
    if event:
        body = {"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "data": body}

    _understood(json.dumps(body).encode(), None, "m")


@settings(deadline=None)
@given(
    order=st.permutations(list(FULL)),
    inner=st.permutations(list(FULL["license"])),
    indent=st.none() | st.integers(0, 3),
    is_ascii=st.booleans(),
)
def test_a_request_means_the_same_however_it_is_written(
    order: list[str], inner: list[str], indent: int | None, *, is_ascii: bool
) -> None:
    """Order, white space and escapes change nothing of what is asked for."""
    license_ = {name: FULL["license"][name] for name in inner}
    body = {name: FULL[name] for name in order} | {"license": license_, "reason": "Größe 😀"}
    written = json.dumps(body, indent=indent, ensure_ascii=is_ascii).encode()
    plain = json.dumps(FULL | {"reason": "Größe 😀"}).encode()

    expected = parse_http(plain, header_key=None, callback_hosts=HOSTS)
    assert expected == parse_http(written, header_key="case 4711", callback_hosts=HOSTS)
    assert fingerprint(expected) == fingerprint(
        parse_http(written, header_key=None, callback_hosts=HOSTS)
    )


@example(key="")
@given(key=st.text(st.characters(codec="utf-8"), max_size=140))
def test_one_rule_for_keys_at_every_door(key: str) -> None:
    """A key passes in the header, the body, a message or an event, or in none of them."""
    body = json.dumps(MINIMAL).encode()
    keyed = json.dumps(MINIMAL | {"idempotencyKey": key}).encode()
    plain = json.dumps(MINIMAL | {"version": 1}).encode()
    envelope = {"specversion": "1.0", "id": key, "source": "/s", "type": "t", "data": MINIMAL}
    event = json.dumps(envelope).encode()

    is_good = 1 <= len(key) <= 128 and key.isprintable()
    # Over HTTP, empty is left out.
    is_good_there = is_good or not key
    for sent, header in ((body, key), (keyed, None)):
        assert is_good_there is _passes(
            partial(parse_http, sent, header_key=header, callback_hosts=HOSTS)
        )
    for message, message_id in ((plain, key), (event, "m")):
        read = read_message(message, message_id=message_id, callback_hosts=HOSTS)
        assert is_good is (read.request is not None)


def _passes(parse: Any) -> bool:
    try:
        parse()
    except InvalidRequestError:
        return False
    return True
