"""Parse a restore request from the bytes of an HTTP body or a queue message.

A request that cannot be understood becomes an InvalidRequestError with every fault and its JSON
pointer. It is raised for a caller over HTTP, and kept with what was read for a message.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.domain.requests.request import LicenseChoice, RestoreKind, RestoreRequest
from shared.domain.text import text
from shared.errors import Fault, InvalidRequestError, WrongContentTypeError
from shared.intake.envelope import Letter, open_message
from shared.intake.rules import (
    cross_faults,
    header_key_faults,
    queue_faults,
    schedule_faults,
    target_faults,
)
from shared.intake.wire.check import Checked, Suggestions, check
from shared.intake.wire.decode import Document, decode, is_csv, is_json
from shared.intake.wire.fields import wrong_key
from shared.intake.wire.models import LicenseWire, RestoreFields, RestoreWire

_CALLBACK = "callbackUrl"


def check_content_type(content_type: str | None) -> None:
    """Let a body pass that is declared to be JSON, or not declared at all.

    Raises: WrongContentTypeError.
    """
    if content_type and not is_json(content_type):
        raise WrongContentTypeError(content_type, is_csv=is_csv(content_type))


def is_declared_csv(content_type: str | None) -> bool:
    """Whether a body that may be JSON or CSV is declared to be CSV.

    Raises: WrongContentTypeError where it is declared to be neither.
    """
    if content_type and is_csv(content_type):
        return True
    if content_type and not is_json(content_type):
        raise WrongContentTypeError(content_type, takes_csv=True)
    return False


def parse_http(
    body: bytes,
    *,
    header_key: str | None,
    callback_hosts: Sequence[str] = (),
    latest: datetime | None = None,
    fixed_kind: RestoreKind | None = None,
) -> RestoreRequest:
    """The restore request in an HTTP body; `header_key` is the header Idempotency-Key.

    With `fixed_kind` the route has chosen the kind, and the body must not name one. A callbackUrl
    must lead to one of `callback_hosts`, and notBefore lie no later than `latest`.

    Raises: InvalidRequestError; BodyTooLargeError, which is one. Nothing was begun.
    """
    document = decode(body)
    extra = (
        *document.faults,
        *header_key_faults(document, header_key),
        *target_faults(document, _CALLBACK, callback_hosts),
        *schedule_faults(document, latest),
    )
    if fixed_kind is not None:
        fields = _accept(check(RestoreFields, document), document, extra)
        return _request(fields, fixed_kind, fields.idempotency_key or header_key or None)
    wire = _accept(check(RestoreWire, document), document, extra)
    return _request(wire, RestoreKind(wire.kind), wire.idempotency_key or header_key or None)


def read_request(
    document: Document,
    suggest: Suggestions,
    *,
    callback_hosts: Sequence[str],
    extra: Iterable[Fault] = (),
) -> RestoreRequest:
    """The restore request in an object of a larger document; `extra` are faults found before.

    Raises: InvalidRequestError. Nothing was begun.
    """
    found = (*document.faults, *target_faults(document, _CALLBACK, callback_hosts), *extra)
    wire = _accept(check(RestoreWire, document, suggest), document, found)
    return _request(wire, RestoreKind(wire.kind), wire.idempotency_key)


@dataclass(frozen=True, slots=True)
class Message:
    """A queue message, read: the request in it, or why there is none, and who sent it.

    `source` is that of a CloudEvents event, `sender` the name of the app that asks, if it says so;
    both are the message's own word. `has_own_key`: the key lies in the body, so a copy of the
    message has it as well.
    """

    request: RestoreRequest | None
    refusal: InvalidRequestError | None = None
    has_own_key: bool = False
    source: str | None = None
    sender: str | None = None
    traceparent: str | None = None


def read_message(
    body: bytes,
    *,
    message_id: str,
    callback_hosts: Sequence[str] = (),
    latest: datetime | None = None,
) -> Message:
    """The restore request in a queue message, or every fault of it. Raises nothing.

    The request always has a key: its own, else the id of the CloudEvents event, else the id of
    the message. Each of them is the same on redelivery, so a redelivery never doubles. A
    callbackUrl must lead to one of `callback_hosts`, and notBefore lie no later than `latest`.
    """
    letter = open_message(body)
    late = () if letter.document is None else schedule_faults(letter.document, latest)
    try:
        request, refusal = _request_in(letter, message_id, callback_hosts, late), None
    except InvalidRequestError as error:
        request, refusal = None, error
    return Message(
        request,
        refusal,
        has_own_key=letter.key is not None or _names_key(letter.document),
        source=letter.source,
        sender=letter.sender,
        traceparent=letter.traceparent,
    )


def _names_key(document: Document | None) -> bool:
    return document is not None and document.value.get("idempotencyKey") is not None


def _request_in(
    letter: Letter, message_id: str, callback_hosts: Sequence[str], late: Iterable[Fault]
) -> RestoreRequest:
    document = letter.document
    if document is None:
        raise InvalidRequestError(letter.faults)
    extra = [
        *letter.faults,
        *queue_faults(document),
        *target_faults(document, _CALLBACK, callback_hosts),
        *late,
    ]
    if letter.key is None:
        extra += [
            Fault("/idempotencyKey", text("fault", "message-id", wrong=wrong))
            for wrong in wrong_key(message_id)
        ]
    wire = _accept(check(letter.model, document), document, extra)
    return _request(wire, RestoreKind(wire.kind), wire.idempotency_key or letter.key or message_id)


def _accept[W: RestoreFields](checked: Checked[W], document: Document, extra: Iterable[Fault]) -> W:
    faults = (*extra, *checked.faults, *cross_faults(document))
    if faults or checked.wire is None:
        raise InvalidRequestError(tuple(dict.fromkeys(faults)))
    return checked.wire


def _request(wire: RestoreFields, kind: RestoreKind, key: str | None) -> RestoreRequest:
    return RestoreRequest(
        kind=kind,
        user=wire.user,
        idempotency_key=key,
        license=None if wire.license is None else _license(wire.license),
        license_removed_at=wire.license_removed_at,
        on_upn_conflict=wire.on_upn_conflict,
        new_user_principal_name=wire.new_user_principal_name,
        on_address_conflict=wire.on_address_conflict,
        accept_unknown_window=wire.accept_unknown_window,
        accept_rehire=wire.accept_rehire,
        allow_synced=wire.allow_synced,
        dry_run=wire.dry_run,
        not_before=wire.not_before,
        reason=wire.reason,
        ticket=wire.ticket,
        callback_url=wire.callback_url,
    )


def _license(wire: LicenseWire) -> LicenseChoice:
    return LicenseChoice(
        sku_ids=tuple(wire.sku_ids),
        sku_part_numbers=tuple(wire.sku_part_numbers),
        disabled_plans=tuple(wire.disabled_plans),
        all_lost=wire.all,
    )
