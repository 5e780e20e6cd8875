"""Take one person out of what is stored: names, addresses and texts go, ids and codes stay.

Whatever is stored is values within values, so one walk does for records, batches and guards alike.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, Final

from shared.domain.audit_trail.readings import readings
from shared.domain.decision import Candidate, StepName
from shared.domain.person import Person
from shared.domain.records.chain import without_personal
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.requests.request import RequestedBy, RestoreRequest, fingerprint
from shared.domain.text import Param, Text, text

# Shorter than any name that tells one person from others; and "Al" is a part of too much.
_SHORTEST: Final = 3
# What is no text of a person: an instant, a GUID, the id of a restore.
_KEPT: Final = re.compile(
    r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
    r"|[0-9a-f]{32}"
)
# The steps that a plan names are words of the service.
_STEPS: Final = frozenset(step.value for step in StepName)


@dataclass(frozen=True)
class Traces:
    """By what one person is recognised: the object id, and all names and addresses known."""

    user_id: str
    names: frozenset[str] = frozenset()
    """In lower case."""

    def with_names(self, names: Iterable[str | None]) -> "Traces":
        """The same, with more names; what is too short to tell anybody apart is left out."""
        more = {name.casefold() for name in names if name and len(name) >= _SHORTEST}
        return Traces(self.user_id, self.names | more)

    def are_in(self, written: str) -> bool:
        """Whether a name or an address of the person stands in this text, as a word of its own.

        Also as URLs, JSON and base64 write it, or the object id among other words: whatever is
        said of the person there goes, though nobody knows by which name.
        """
        if self.user_id in written and written != self.user_id:
            return True
        if self._pattern is None:
            return False
        return any(self._pattern.search(one.casefold()) for one in readings(written))

    def is_of(self, record: Record) -> bool:
        """Whether the restore is this person's own."""
        if record.person is not None:
            return record.person.id == self.user_id
        asked = record.request.user.casefold() if record.request is not None else ""
        return asked == self.user_id.casefold() or asked in self.names

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        if not self.names:
            return None
        return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(self.names)))})(?!\w)")


def names_in(record: Record) -> tuple[str | None, ...]:
    """The names and addresses of its person that a restore knows.

    A new name only where it was given: whoever asks can ask for a stranger's, and would have the
    erasure take that stranger's restores and guards along.
    """
    person, request = record.person, record.request
    asked = (request.user,) if request is not None else ()
    if person is None:
        return asked
    addresses = (address.partition(":")[2] or address for address in person.proxy_addresses)
    return (
        *asked,
        record.new_name if record.was_touched else None,
        person.user_principal_name,
        person.display_name,
        person.mail,
        *addresses,
    )


def own_record_without(record: Record, traces: Traces) -> Record:
    """What stays of the person's own restore: ids, codes, instants and licences."""
    left: Record = _walked(record, traces, is_own=True)
    request = left.request and own_request_without(left.request, traces)
    return replace(
        left,
        request=request,
        fingerprint=fingerprint(request) if request is not None else "",
        join_mark="",
        new_name=None,
        approval=left.approval and replace(left.approval, reason=None),
        received=None,
    )


def own_request_without(request: RestoreRequest, traces: Traces) -> RestoreRequest:
    """What stays of a request for the person: nothing that somebody has written freely.

    Its `callbackUrl` goes, too: nobody is called back any more.
    """
    return replace(
        request,
        user=traces.user_id,
        idempotency_key=None,
        new_user_principal_name=None,
        reason=None,
        ticket=None,
        callback_url=None,
    )


def without[T](value: T, traces: Traces) -> T:
    """What stays of something that speaks of others, too: only this person goes out of it."""
    left: T = _walked(value, traces, is_own=False)
    return left


def entry_without(entry: JournalEntry, traces: Traces, *, is_own: bool) -> JournalEntry:
    """What stays of a journal entry; its hash stays true.

    Of the person's own restore all parameters go, of others' those that name the person.
    """
    detail, by = entry.detail, entry.by
    if detail is not None:
        detail = detail if not detail.params or is_own else without(detail, traces)
    has_params = entry.detail is not None and entry.detail.params != ()
    params_go = has_params and (is_own or detail != entry.detail)
    name_goes = by is not None and by.name is not None and without(by, traces) != by
    return without_personal(entry, name=name_goes, params=params_go)


def _walked(value: Any, traces: Traces, *, is_own: bool) -> Any:  # noqa: PLR0911 - a case each
    match value:
        case Text():
            params = tuple((name, _param(one, traces, is_own)) for name, one in value.params)
            return replace(value, params=params)
        case RequestedBy() | Person() | Candidate() if value.id == traces.user_id:
            return _nameless(value)
        case RestoreRequest():
            left: RestoreRequest = _fields(value, traces, is_own=is_own)
            return replace(
                left,
                user=left.user or traces.user_id,
                idempotency_key=left.idempotency_key or None,
                new_user_principal_name=left.new_user_principal_name or None,
                reason=left.reason or None,
                ticket=left.ticket or None,
                callback_url=left.callback_url or None,
            )
        case tuple():
            return tuple(_walked(item, traces, is_own=is_own) for item in value)
        case str() if type(value) is str:
            return "" if traces.are_in(value) else value
        case _ if is_dataclass(value):
            return _fields(value, traces, is_own=is_own)
        case _:
            return value


def _fields(value: Any, traces: Traces, *, is_own: bool) -> Any:
    walked = {
        field.name: _walked(getattr(value, field.name), traces, is_own=is_own)
        for field in fields(value)
    }
    changed = {name: one for name, one in walked.items() if one != getattr(value, name)}
    return replace(value, **changed) if changed else value


def _nameless(value: RequestedBy | Person | Candidate) -> RequestedBy | Person | Candidate:
    match value:
        case RequestedBy():
            return replace(value, name=None)
        case Candidate():
            return replace(value, user_principal_name="", display_name=None)
        case Person():
            return replace(
                value,
                user_principal_name="",
                display_name=None,
                mail=None,
                proxy_addresses=(),
                usage_location=None,
                employee_id=None,
                immutable_id=None,
            )


def _param(value: Param, traces: Traces, is_own: bool) -> Param:  # noqa: FBT001 - of the walk
    match value:
        case Text():
            walked: Text = _walked(value, traces, is_own=is_own)
            return walked
        case tuple():
            return tuple(_item(item, traces, is_own) for item in value)
        case str():
            return _item(value, traces, is_own)
        case _:
            return value


def _item(value: str | Text, traces: Traces, is_own: bool) -> str | Text:  # noqa: FBT001
    if isinstance(value, Text):
        walked: Text = _walked(value, traces, is_own=is_own)
        return walked
    is_ours = value in _STEPS or _KEPT.fullmatch(value) is not None
    return text("erased") if traces.are_in(value) or (is_own and not is_ours) else value
