"""One document against one wire model: the model, or every fault of the fields in plain words."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from shared.errors import Fault
from shared.intake.wire.decode import Document, pointer_to
from shared.intake.wire.models import LicenseWire, Wire

# Comparing names costs a quarter of a millisecond each; a request can hold two thousand unknown
# ones, and a batch forty thousand.
_MAX_SUGGESTIONS = 20
_MAX_NAME_TO_COMPARE = 40

# The pointer carries the whole name; the sentence need not repeat all of it.
_MAX_NAME_TO_SHOW = 64

_SAYS = {
    "missing": "is required",
    "string_type": "must be a string, in quotes",
    "bool_type": "must be true or false, without quotes",
    "list_type": "must be an array, in [ ]",
    "model_type": "must be an object, in { }",
}

_LIMITS = {"too_short": "at least", "too_long": "at most"}
_LIMIT_OF = {"too_short": "min_length", "too_long": "max_length"}

# Where people come from: what Graph and other tools call the person.
_MEANT = dict.fromkeys(
    ("userprincipalname", "upn", "mail", "email", "userid", "userobjectid", "objectid"), "user"
)
_ELSEWHERE = {
    "version": "belongs to queue messages only; leave it out",
    "requestedBy": "belongs to queue messages only: over HTTP the sign-in says it; leave it out",
    "kind": "is fixed by this route; leave it out",
}


@dataclass(frozen=True, slots=True)
class Checked[W: Wire]:
    """The model, or None and at least one fault."""

    wire: W | None
    faults: tuple[Fault, ...] = ()


class Suggestions:
    """Answers "did you mean" for unknown names, until there are too many of them.

    One for all that is read of one body: the items of a batch share it.
    """

    def __init__(self, most: int = _MAX_SUGGESTIONS) -> None:
        self._most = most
        self._answers: dict[tuple[str, str], str | None] = {}

    def __call__(self, model: type[Wire], location: tuple[str | int, ...]) -> str:
        """The end of a sentence about the name at this location; empty where nothing is close."""
        parents, name = location[:-1], str(location[-1])
        if parents not in {(), ("license",)} or len(name) > _MAX_NAME_TO_COMPARE:
            return ""
        close = self._close(name, LicenseWire if parents else model)
        return f'; did you mean "{close}"?' if close else ""

    def _close(self, name: str, model: type[Wire]) -> str | None:
        """The known name that this one is close to; the same typo in each item is one question."""
        question = (model.__name__, name)
        if question not in self._answers and len(self._answers) < self._most:
            self._answers[question] = _close(_plain(name), _names(model))
        return self._answers.get(question)


def check[W: Wire](
    model: type[W], document: Document, suggest: Suggestions | None = None
) -> Checked[W]:
    """The document as `model`; faults have their JSON pointers and never quote a value."""
    try:
        return Checked(model.model_validate(document.value))
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    ending = partial(suggest or Suggestions(), model)
    return Checked(
        None,
        tuple(
            Fault(pointer_to(document.base, *detail["loc"]), _say(detail, ending))
            for detail in details
        ),
    )


@cache
def _names(model: type[Wire]) -> Mapping[str, str]:
    aliases = [field.alias or name for name, field in model.model_fields.items()]
    return MappingProxyType({_plain(alias): alias for alias in aliases})


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def _close(name: str, known: Mapping[str, str]) -> str | None:
    if name not in known and _MEANT.get(name) in known:
        return _MEANT[name]
    matches = difflib.get_close_matches(name, known, n=1, cutoff=0.7)
    return known[matches[0]] if matches else None


def _say(detail: ErrorDetails, suggest: Callable[[tuple[str | int, ...]], str]) -> str:
    kind, location = detail["type"], detail["loc"]
    if kind == "extra_forbidden":
        name = str(location[-1])
        if len(location) == 1 and name in _ELSEWHERE:
            return _ELSEWHERE[name]
        return f'"{_short(name)}" is not a field of this request{suggest(location)}'
    if kind in {"literal_error", "enum"}:
        return f"must be {detail['ctx']['expected']}".replace("'", '"')
    if kind in _LIMITS:
        count = detail["ctx"][_LIMIT_OF[kind]]
        return f"must have {_LIMITS[kind]} {count} {'entry' if count == 1 else 'entries'}"
    return _SAYS.get(kind, detail["msg"])


def _short(name: str) -> str:
    return name if len(name) <= _MAX_NAME_TO_SHOW else name[:_MAX_NAME_TO_SHOW] + "..."
