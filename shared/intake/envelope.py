"""Unwrap the body of a queue message to the restore request inside.

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
    """The restore request that lies in a message, if one does, and what its envelope says.

    `key` is the event's id, which is the key of a request that names none; `source` says whose keys
    the event's are. `sender` is who asks, by the request's own word or else the event's.
    """

    document: Document | None
    faults: tuple[Fault, ...] = ()
    model: type[EventDataWire] = MessageWire
    key: str | None = None
    source: str | None = None
    sender: str | None = None
    traceparent: str | None = None


def open_message(body: bytes) -> Letter:
    """Unwrap a message. Decodes each byte of it once, and raises nothing."""
    try:
        check_size(body)
        document = decode(_unwrapped(body))
    except InvalidRequestError as error:
        return Letter(None, error.faults)
    if "specversion" in document.value:
        return _open_event(document)
    return Letter(document, document.faults, sender=_name(document.value.get("requestedBy")))


def _unwrapped(body: bytes) -> bytes:
    if _looks_like_json(body):
        return body
    decoded = _from_base64(body.removeprefix(_UTF8_BOM))
    if decoded is None or not _looks_like_json(decoded):
        raise InvalidRequestError((Fault("", text("fault", "neither-json-nor-base64")),))
    return decoded


def _looks_like_json(body: bytes) -> bool:
    """The first byte tells: base64 has no bracket and no quotation mark; nothing is empty JSON."""
    bare = body.removeprefix(_UTF8_BOM).strip()
    return not bare or bare[:1] in b'{["'


def _from_base64(text: bytes) -> bytes | None:
    """The decoded bytes, or None; line breaks are taken out, as the base64 tool writes them."""
    try:
        return base64.b64decode(b"".join(text.split()), validate=True)
    except ValueError:
        return None


def _open_event(envelope: Document) -> Letter:
    """The request in an event, and the faults of both.

    Source of the extension `traceparent`: CloudEvents, "Distributed Tracing extension".
    """
    checked = check(EventWire, envelope)
    faults = [*envelope.faults, *checked.faults, *_envelope_faults(envelope.value)]
    try:
        data = _data(envelope)
        faults += [*_key_faults(envelope.value.get("id"), data), *data.faults]
    except InvalidRequestError as error:
        data = None
        faults += error.faults
    event, inner = checked.wire, data.value if data is not None else {}
    trace = envelope.value.get("traceparent")
    return Letter(
        data,
        tuple(faults),
        EventDataWire,
        key=event.id if event is not None else None,
        source=event.source if event is not None else None,
        sender=_name(inner.get("requestedBy")) or _name(_beginning(envelope.value.get("source"))),
        traceparent=trace if isinstance(trace, str) else None,
    )


def _name(value: object) -> str | None:
    """A name as the record keeps it; None for what is none, or too long for one."""
    is_name = isinstance(value, str) and value.isprintable() and 0 < len(value) <= MAX_NAME
    return str(value) if is_name else None


def _beginning(source: object) -> object:
    """A source, which is a URI of any length, as far as a name goes."""
    return source[:MAX_NAME] if isinstance(source, str) else source


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


def _data(envelope: Document) -> Document:
    """The request inside an event.

    Raises: InvalidRequestError where there is none.
    """
    data, encoded = envelope.value.get("data"), envelope.value.get("data_base64")
    if isinstance(data, dict):
        return Document(data, "/data")
    if data is None and isinstance(encoded, str):
        return _decoded(encoded)
    if data is not None:
        raise InvalidRequestError((Fault("/data", text("fault", "data-no-object")),))
    if encoded is None:
        raise InvalidRequestError((Fault("/data", text("fault", "data-missing")),))
    # The fault that it is no text was reported with the envelope.
    raise InvalidRequestError(())


def _decoded(encoded: str) -> Document:
    decoded = _from_base64(encoded.encode())
    if decoded is None:
        raise InvalidRequestError((Fault("/data_base64", text("fault", "not-base64")),))
    return decode(decoded, "/data_base64")
