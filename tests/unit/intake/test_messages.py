"""Queue messages: plain, base64, CloudEvents; keys that survive redelivery; no overrides."""

import base64
import json
from typing import Any

import pytest

from shared.domain.requests.request import RestoreKind, RestoreRequest
from tests.unit.intake.requests_of import FULL, MINIMAL, message, message_faults

PLAIN = MINIMAL | {"version": 1, "requestedBy": "HR portal"}
EVENT = {
    "specversion": "1.0",
    "id": "event-1",
    "source": "/hr/portal",
    "type": "hr.person.returned",
    "data": MINIMAL,
}
EXPECTED = RestoreRequest(RestoreKind.MAILBOX, "megan.bowen@contoso.com")


def _base64(body: object) -> str:
    return base64.b64encode(json.dumps(body).encode()).decode()


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(PLAIN).encode(),
        b"\xef\xbb\xbf \n" + json.dumps(PLAIN).encode() + b"\n",
        _base64(PLAIN).encode(),
        b"\n" + base64.encodebytes(json.dumps(PLAIN).encode()),
        base64.b64encode(b"\xef\xbb\xbf" + json.dumps(PLAIN).encode()),
    ],
)
def test_plain_json_and_base64_are_the_same(body: bytes) -> None:
    """A sender that encodes, wraps lines or marks the byte order is understood like any other."""
    request, sender = message(body)

    assert (RestoreKind.MAILBOX, "megan.bowen@contoso.com") == (request.kind, request.user)
    assert "HR portal" == sender


def test_without_a_key_the_message_id_is_the_key() -> None:
    """A redelivery has the same id, and so the same key."""
    assert "message-1" == message(PLAIN)[0].idempotency_key
    assert "own" == message(PLAIN | {"idempotencyKey": "own"})[0].idempotency_key


def test_a_message_need_not_say_who_asks() -> None:
    """A plain message without requestedBy comes from a nameless app."""
    assert message(MINIMAL | {"version": 1})[1] is None


def test_an_event_brings_key_and_sender_along() -> None:
    """The id of a CloudEvents event is the key and its source the sender, unless data say it."""
    request, sender = message(EVENT)
    own = MINIMAL | {"idempotencyKey": "own", "requestedBy": "HR portal", "version": 1}
    named, name = message(EVENT | {"data": own})

    assert ("event-1", "/hr/portal") == (request.idempotency_key, sender)
    assert ("own", "HR portal") == (named.idempotency_key, name)


def test_an_event_may_be_extended_and_encoded() -> None:
    """Extension attributes, nulls, data_base64 and JSON media types are CloudEvents' own."""
    extended = EVENT | {"traceparent": "00-1", "comexampleother": 3, "subject": None}
    encoded = {name: value for name, value in extended.items() if name != "data"}
    encoded |= {"data_base64": _base64(MINIMAL), "datacontenttype": "application/json"}

    assert message(EVENT) == message(extended)
    assert message(EVENT) == message(encoded)
    assert message(EVENT) == message(_base64(encoded).encode())


def test_a_long_source_is_cut_to_a_name() -> None:
    """The sender's name is kept in the record, so it has a limit."""
    assert "s" * 256 == message(EVENT | {"source": "s" * 300})[1]


BAD_PLAIN: list[tuple[dict[str, Any], str, str]] = [
    ({"version": None}, "/version", 'write "version": 1'),
    ({"version": 2}, "/version", "must be the number 1"),
    ({"version": "1"}, "/version", "must be the number 1"),
    ({"version": True}, "/version", "must be the number 1"),
    ({"version": 1.0}, "/version", "must be the number 1"),
    ({"requestedBy": 1}, "/requestedBy", "must be text"),
    ({"requestedBy": "a" * 257}, "/requestedBy", "at most 256"),
    ({"requestedby": "a"}, "/requestedby", 'did you mean "requestedBy"?'),
    ({"acceptUnknownWindow": True}, "/acceptUnknownWindow", "Restore.Override"),
    ({"acceptRehire": True}, "/acceptRehire", "Restore.Override"),
    ({"allowSynced": True}, "/allowSynced", "a queue message has Restore.Request only"),
    ({"onAddressConflict": "drop"}, "/onAddressConflict", "Restore.Override"),
]


@pytest.mark.parametrize(("fields", "pointer", "text"), BAD_PLAIN)
def test_a_bad_message_says_where(fields: dict[str, Any], pointer: str, text: str) -> None:
    """What a message adds to a request has faults of its own."""
    faults = message_faults(PLAIN | fields)

    assert [pointer] == list(faults)
    assert text in faults[pointer]


def test_the_version_is_required_of_a_plain_message() -> None:
    """A message without a version is of no version."""
    assert {"/version": "is required"} == message_faults(MINIMAL)


def test_overrides_that_are_not_used_pass() -> None:
    """Saying no to an override needs no role."""
    unused = {
        "acceptUnknownWindow": False,
        "acceptRehire": False,
        "allowSynced": False,
        "onAddressConflict": "fail",
    }

    assert message(PLAIN) == message(PLAIN | unused)


BAD_EVENT: list[tuple[dict[str, Any], str, str]] = [
    ({"specversion": "0.3"}, "/specversion", '"1.0"'),
    ({"specversion": 1.0}, "/specversion", '"1.0"'),
    ({"id": ""}, "/id", "is empty"),
    ({"id": None}, "/id", "must be text"),
    ({"id": "e" * 129}, "/id", "or set idempotencyKey in the data"),
    ({"source": None}, "/source", "must be text"),
    ({"type": 1}, "/type", "must be text"),
    ({"datacontenttype": "text/xml"}, "/datacontenttype", "application/json"),
    ({"data": None}, "/data", "is required"),
    ({"data": "kind=user"}, "/data", "must be an object"),
    ({"data": [MINIMAL]}, "/data", "must be an object"),
    ({"data_base64": "e30="}, "/data_base64", "cannot stand beside data"),
    ({"data": None, "data_base64": 1}, "/data_base64", "must be text"),
    ({"data": None, "data_base64": "*"}, "/data_base64", "is not base64"),
    ({"data": None, "data_base64": "eyI="}, "/data_base64", "is not JSON"),
    ({"data": MINIMAL | {"extra": 1}}, "/data/extra", "not a field"),
    ({"data": MINIMAL | {"version": 2}}, "/data/version", "must be the number 1"),
    ({"data": MINIMAL | {"allowSynced": True}}, "/data/allowSynced", "Restore.Override"),
]


@pytest.mark.parametrize(("fields", "pointer", "text"), BAD_EVENT)
def test_a_bad_event_says_where(fields: dict[str, Any], pointer: str, text: str) -> None:
    """Faults of the envelope point into it, those of the request into its data."""
    faults = message_faults(EVENT | fields)

    assert [pointer] == list(faults)
    assert text in faults[pointer]


def test_envelope_and_request_are_judged_together() -> None:
    """Faults on both levels come at once, and point into the encoded data where that was sent."""
    bad = {"kind": "user", "usr": 1, "onAddressConflict": "drop"}
    plain = {"specversion": "2", "id": "e" * 129, "data": bad, "type": ""}
    encoded = {"specversion": "2", "source": "/s", "id": "e", "data_base64": _base64(bad)}

    expected = {"/specversion", "/id", "/source", "/type"}
    expected |= {"/data/usr", "/data/user", "/data/onAddressConflict"}
    assert expected == set(message_faults(plain))
    inside = {f"/data_base64/{name}" for name in ("usr", "user", "onAddressConflict")}
    assert {"/specversion", "/type"} | inside == set(message_faults(encoded))


def test_full_requests_pass_without_the_overrides() -> None:
    """The queue takes all that HTTP takes but the overrides."""
    plain = FULL | {
        "acceptUnknownWindow": False,
        "acceptRehire": False,
        "allowSynced": False,
        "onAddressConflict": "fail",
    }

    assert "case 4711" == message(plain | {"version": 1})[0].idempotency_key


@pytest.mark.parametrize(
    "body",
    [
        *(b"restore megan", b"123", b"\xff\xfe", b"<xml/>", b"e30", b"null"),
        base64.b64encode(_base64(PLAIN).encode()),
    ],
)
def test_neither_json_nor_base64_is_one_fault(body: bytes) -> None:
    """What is neither is refused as a whole; base64 is opened once."""
    assert "neither a JSON object nor base64" in message_faults(body)[""]


def test_what_a_sender_encoded_wrongly_is_told_as_that() -> None:
    """JSON in JSON, and the base64 of PowerShell's Unicode, which is UTF-16."""
    written = json.dumps(PLAIN)

    assert "was turned into JSON twice" in message_faults(json.dumps(written).encode())[""]
    assert "is UTF-16" in message_faults(base64.b64encode(written.encode("utf-16-le")))[""]


@pytest.mark.parametrize("body", [b"", b" \n", b"\xef\xbb\xbf"])
def test_an_empty_message_is_one_fault(body: bytes) -> None:
    """Nothing is said to be nothing."""
    assert "is empty" in message_faults(body)[""]


def test_a_message_is_no_larger_than_a_request() -> None:
    """The limit counts the bytes as they came."""
    faults = message_faults(base64.b64encode(b" " * 65_537))

    assert {"": "has 87,384 bytes; send at most 65,536"} == faults


def test_an_id_that_cannot_be_a_key_is_a_fault() -> None:
    """A host that hands over no message id cannot make two messages one restore."""
    assert "the message id in its place is empty" in str(message_faults(PLAIN, message_id=""))
