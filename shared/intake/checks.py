"""Read the body of a check: one restore request, or a list of up to a hundred."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from pydantic import Field

from shared.domain.requests.request import RestoreRequest
from shared.errors import Fault, InvalidRequestError
from shared.intake.requests import read_request
from shared.intake.rules import schedule_faults
from shared.intake.wire.check import Suggestions, check
from shared.intake.wire.decode import examine, parse, pointer_to
from shared.intake.wire.models import Wire

MOST_CHECKS: Final = 100


class ChecksEnvelope(Wire):
    """Many restore requests to check at once; each is judged for itself."""

    restores: list[object] = Field(
        min_length=1,
        max_length=MOST_CHECKS,
        description="1 to 100 restore requests, each as for StartRestore.",
    )


def parse_checks(
    body: bytes, *, callback_hosts: Sequence[str] = (), latest: datetime | None = None
) -> tuple[RestoreRequest, ...] | None:
    """The requests in a list of them; None if the body is no list but a request by itself.

    Raises: InvalidRequestError with the faults of all of them; BodyTooLargeError, which is one.
    """
    value = parse(body)
    if not isinstance(value, dict) or not _is_list(value):
        return None
    document = examine(value, "")
    checked = check(ChecksEnvelope, document)
    faults = [*document.faults, *checked.faults]
    requests: list[RestoreRequest] = []
    suggest = Suggestions()
    for at, item in enumerate(checked.wire.restores if checked.wire is not None else ()):
        try:
            requests.append(_request(item, at, suggest, callback_hosts, latest))
        except InvalidRequestError as error:
            faults += error.faults
    if faults:
        raise InvalidRequestError(tuple(dict.fromkeys(faults)))
    return tuple(requests)


def _is_list(value: Mapping[str, object]) -> bool:
    """Whether this is a list of checks, also one by another name, which is then told its own."""
    if "restores" in value or "user" in value:
        return "restores" in value
    suggest = Suggestions()
    lists = (name for name, field in value.items() if isinstance(field, list))
    return any(suggest(ChecksEnvelope, (name,)) is not None for name in lists)


def _request(
    item: object,
    at: int,
    suggest: Suggestions,
    callback_hosts: Sequence[str],
    latest: datetime | None,
) -> RestoreRequest:
    document = examine(item, pointer_to("", "restores", at))
    extra: list[Fault] = [*schedule_faults(document, latest)]
    return read_request(document, suggest, callback_hosts=callback_hosts, extra=extra)
