"""Check a document against a wire model: return the model, or every fault in plain words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from shared.domain.text import Text, text
from shared.errors import Fault
from shared.intake.wire.decode import Document, pointer_to
from shared.intake.wire.field_examples import example_at
from shared.intake.wire.models import LicenseWire, RestoreFields, RestoreWire, Wire
from shared.intake.wire.names_meant import close_name, plain_name

# Comparing names costs a quarter of a millisecond each; a request can hold two thousand unknown
# ones, and a batch forty thousand.
_MAX_SUGGESTIONS = 20
_MAX_NAME_TO_COMPARE = 40

# The pointer carries the whole name; the sentence need not repeat all of it.
_MAX_NAME_TO_SHOW = 64

# What pydantic offers in its place: 'mailbox', 'user' or 'license'
_QUOTED = re.compile("'([^']*)'")

_ELSEWHERE = {
    "version": text("fault", "queue-only"),
    "requestedBy": text("fault", "queue-only-sender"),
}
_FIXED_KIND = text("fault", "fixed-kind")


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

    def __call__(self, model: type[Wire], location: tuple[str | int, ...]) -> str | None:
        """The known name that the one at this location is close to, if there is one."""
        parents, name = location[:-1], str(location[-1])
        if parents not in {(), ("license",)} or len(name) > _MAX_NAME_TO_COMPARE:
            return None
        return self._close(name, LicenseWire if parents else model)

    def _close(self, name: str, model: type[Wire]) -> str | None:
        """The same typo in each item of a batch is one question."""
        question = (model.__name__, name)
        if question not in self._answers and len(self._answers) < self._most:
            self._answers[question] = close_name(plain_name(name), _names(model))
        return self._answers.get(question)


def check[W: Wire](
    model: type[W], document: Document, suggest: Suggestions | None = None
) -> Checked[W]:
    """The document as `model`; faults have their JSON pointers and never quote a value."""
    try:
        return Checked(model.model_validate(document.value))
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    suggest = suggest or Suggestions()
    faults = (
        Fault(pointer_to(document.base, *detail["loc"]), wrong)
        for detail in details
        for wrong in _wrong(detail, model, suggest)
    )
    return Checked(None, tuple(faults))


@cache
def _names(model: type[Wire]) -> Mapping[str, str]:
    aliases = [field.alias or name for name, field in model.model_fields.items()]
    return MappingProxyType({plain_name(alias): alias for alias in aliases})


def _wrong(detail: ErrorDetails, model: type[Wire], suggest: Suggestions) -> tuple[Text, ...]:
    """The faults of one field: each rule that its value breaks, or the type it should have."""
    if detail["type"] == "rule":
        rules: tuple[Text, ...] = detail["ctx"]["wrong"]
        return rules
    if detail["type"] == "extra_forbidden":
        return (_unknown(detail["loc"], model, suggest),)
    if detail["type"] == "missing":
        return (_missing(model, str(detail["loc"][-1])),)
    return (_misfit(detail),)


def _misfit(detail: ErrorDetails) -> Text:
    match detail["type"]:
        case "literal_error" | "enum":
            return _choice(tuple(_QUOTED.findall(str(detail["ctx"]["expected"]))))
        case "too_short":
            return text("fault", "too-few", least=int(detail["ctx"]["min_length"]))
        case "too_long":
            return text("fault", "too-many", most=int(detail["ctx"]["max_length"]))
        case _:
            return _of_another_type(detail["type"], detail["loc"])


def _of_another_type(kind: str, location: tuple[str | int, ...]) -> Text:
    """The type that the value should have, with an example of this field where there is one."""
    example = example_at(location)
    match kind:
        case "bool_type":
            return text("fault", "no-boolean")
        case "string_too_short":
            return text("fault", "no-value")
        case "string_type" if example is not None:
            return text("fault", "no-string-like", example=example)
        case "list_type" if example is not None:
            return text("fault", "no-list-like", example=example)
        case "model_type" if example is not None:
            return text("fault", "no-object-like", example=example)
    return text("fault", "other")


def _unknown(location: tuple[str | int, ...], model: type[Wire], suggest: Suggestions) -> Text:
    name = str(location[-1])
    known_elsewhere = _elsewhere(name, model) if len(location) == 1 else None
    if known_elsewhere is not None:
        return known_elsewhere
    meant = suggest(model, location)
    if meant is None:
        return text("fault", "unknown-name", name=_short(name))
    return text("fault", "misspelt-name", name=_short(name), meant=meant)


def _elsewhere(name: str, model: type[Wire]) -> Text | None:
    """Of a field that other requests, or the parts of this one, do have: where it belongs."""
    if issubclass(model, RestoreFields):
        return _FIXED_KIND if name == "kind" else _ELSEWHERE.get(name)
    own = _names(model)
    if "restores" in own and plain_name(name) in _names(RestoreWire).keys() - own.keys():
        return text("fault", "of-each-restore", name=_short(name))
    return None


def _missing(model: type[Wire], name: str) -> Text:
    """A field that is required; of those that close their values, which there are."""
    fields = model.model_fields.items()
    kinds = (field.annotation for own, field in fields if name in {own, field.alias})
    kind = next(kinds, None)
    if not isinstance(kind, type) or not issubclass(kind, StrEnum):
        return text("fault", "missing")
    return text("fault", "missing-choice", choices=tuple(member.value for member in kind))


def _choice(choices: tuple[str, ...]) -> Text:
    if len(choices) == 1:
        return text("fault", "only-choice", choice=choices[0])
    return text("fault", "no-choice", choices=choices)


def _short(name: str) -> str:
    return name if len(name) <= _MAX_NAME_TO_SHOW else name[:_MAX_NAME_TO_SHOW] + "..."
