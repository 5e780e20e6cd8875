"""The body of a queue message: unwrapped to the restore request inside, in whatever it came.

Plain JSON or base64 of it; a request of its own, or the data of a CloudEvents event.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass

from shared.domain.text import text
from shared.errors import Fault, InvalidRequestError
from shared.intake.wire.check import check
from shared.intake.wire.decode import Document, check_size, decode, is_json
from shared.intake.wire.fields import MAX_NAME, wrong_key
from shared.intake.wire.models import EventDataWire, EventWire, MessageWire

_UTF8_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Letter:
    """A restore request from the queue and what its envelope adds.

    `key` and `sender` stand in where the request itself names none.
    """

    document: Document
    model: type[EventDataWire]
    key: str | None = None
    sender: str | None = None
    faults: tuple[Fault, ...] = ()


def open_message(body: bytes) -> Letter:
    """The request in a message, and the faults of the wrapping so far.

    Raises: InvalidRequestError when no request can be found in it; BodyTooLargeError.
    """
    check_size(body)
    document = decode(_unwrapped(body))
    if "specversion" in document.value:
        return _open_event(document)
    return Letter(document, MessageWire, faults=document.faults)


def traceparent_of(body: bytes) -> str | None:
    """The extension `traceparent` of a CloudEvents event; None where there is none to be read.

    Source: CloudEvents, "Distributed Tracing extension".
    """
    document = _readable(body)
    found = document.get("traceparent") if "specversion" in document else None
    return found if isinstance(found, str) else None


def sender_of(body: bytes) -> str | None:
    """Who sent a message that may be wrong in other ways; None where it does not say so."""
    document = _readable(body)
    data = document.get("data")
    inner = data if "specversion" in document and isinstance(data, dict) else document
    name = inner.get("requestedBy") or document.get("source")
    is_name = isinstance(name, str) and name.isprintable() and 0 < len(name) <= MAX_NAME
    return name if is_name and isinstance(name, str) else None


def _readable(body: bytes) -> dict[str, object]:
    """The JSON object in a message; empty where there is none."""
    try:
        check_size(body)
        return decode(_unwrapped(body)).value
    except InvalidRequestError:
        return {}


def _unwrapped(body: bytes) -> bytes:
    if _looks_like_json(body):
        return body
    decoded = _from_base64(body.removeprefix(_UTF8_BOM))
    if decoded is None or not _looks_like_json(decoded):
        raise InvalidRequestError((Fault("", text("fault", "neither-json-nor-base64")),))
    return decoded


def _looks_like_json(body: bytes) -> bool:
    """Base64 has no brackets, so the first byte tells; nothing at all is said to be empty JSON."""
    bare = body.removeprefix(_UTF8_BOM).strip()
    return not bare or bare[:1] in b"{["


def _from_base64(text: bytes) -> bytes | None:
    """The decoded bytes, or None; line breaks are taken out, as the base64 tool writes them."""
    try:
        return base64.b64decode(b"".join(text.split()), validate=True)
    except ValueError:
        return None


def _open_event(envelope: Document) -> Letter:
    checked = check(EventWire, envelope)
    faults = [*envelope.faults, *checked.faults, *_envelope_faults(envelope.value)]
    data = _data(envelope, faults)
    faults += _key_faults(envelope.value.get("id"), data)
    event = checked.wire
    if event is None:
        return Letter(data, EventDataWire, faults=(*faults, *data.faults))
    return Letter(
        data,
        EventDataWire,
        key=event.id,
        sender=event.source[:MAX_NAME],
        faults=(*faults, *data.faults),
    )


def _envelope_faults(event: dict[str, object]) -> Iterator[Fault]:
    kind = event.get("datacontenttype")
    if isinstance(kind, str) and not is_json(kind):
        yield Fault("/datacontenttype", text("fault", "data-type"))
    if event.get("data") is not None and event.get("data_base64") is not None:
        yield Fault("/data_base64", text("fault", "data-twice"))


def _key_faults(event_id: object, data: Document) -> Iterator[Fault]:
    """An id that cannot be a key is a fault only where it has to be one."""
    if isinstance(event_id, str) and event_id and data.value.get("idempotencyKey") is None:
        for wrong in wrong_key(event_id):
            yield Fault("/id", text("fault", "event-id", wrong=wrong))


def _data(envelope: Document, faults: list[Fault]) -> Document:
    """The request inside an event; where there is none, that is one fault more to raise."""
    data, encoded = envelope.value.get("data"), envelope.value.get("data_base64")
    if isinstance(data, dict):
        return Document(data, "/data")
    if data is None and isinstance(encoded, str):
        return _decoded(encoded, faults)
    if data is not None:
        faults.append(Fault("/data", text("fault", "data-no-object")))
    elif encoded is None:
        faults.append(Fault("/data", text("fault", "data-missing")))
    raise InvalidRequestError(tuple(faults))


def _decoded(encoded: str, faults: list[Fault]) -> Document:
    decoded = _from_base64(encoded.encode())
    if decoded is None:
        fault = Fault("/data_base64", text("fault", "not-base64"))
        raise InvalidRequestError((*faults, fault))
    try:
        return decode(decoded, "/data_base64")
    except InvalidRequestError as error:
        raise InvalidRequestError((*faults, *error.faults)) from None
