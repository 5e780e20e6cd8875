"""Shorten CloudEvents to what a queue message holds, so that no result is lost for its size.

Source: Microsoft, "Put Message (REST API)": a message is at most 64 KiB, in UTF-8 and inside XML;
CloudEvents 1.0, "JSON Event Format".
"""

import re
from collections.abc import Callable, Iterator, Mapping
from xml.sax.saxutils import escape

from shared.domain.values.json_text import to_json

# 48 KiB become 64 KiB for a reader's base64; counted as XML carries them, where `<` has four bytes.
LARGEST = 48 * 1024

# What the last resort keeps of a text.
_SHORT = 256

# Characters of Unicode that XML 1.0 does not know; JSON carries them as escapes.
_NOT_IN_XML = re.compile("[\ufffe\uffff]")

type _Data = dict[str, object]


def message(event: Mapping[str, object]) -> str:
    """The event as JSON of at most 48 KiB.

    Too long, `data` loses, one after the other and only as far as needed: `received`, the steps'
    `detail`, `steps`, `warnings`, `reason`, the texts of `outcome`; at last everything but `id`,
    `status` and `outcome.code`. `data.trimmed` then lists what is missing; the full restore stays
    readable by its id.

    Raises:
        ValueError: the attributes around `data` alone are longer than a message.
        TypeError: the event holds something JSON does not know.
    """
    return _NOT_IN_XML.sub(_escaped, to_json(fitting(event)))


def fitting(event: Mapping[str, object]) -> Mapping[str, object]:
    """The event cut to the size of a message; usually the event itself.

    Raises:
        ValueError, TypeError: as `message` does.
    """
    for smaller in _smaller_versions(event):
        text = _NOT_IN_XML.sub(_escaped, to_json(smaller))
        if len(escape(text).encode()) <= LARGEST:
            return smaller
    raise ValueError("the attributes of the event are longer than a queue message may be")


def _smaller_versions(event: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    yield event
    data = event.get("data")
    if not isinstance(data, Mapping):
        return
    trimmed: list[str] = []
    for name, cut in _CUTS:
        smaller = cut(dict(data))
        if smaller != data:
            trimmed.append(name)
            data = smaller
            yield {**event, "data": {**data, "trimmed": list(trimmed)}}


def _without(name: str) -> Callable[[_Data], _Data]:
    return lambda data: {key: value for key, value in data.items() if key != name}


def _without_details(data: _Data) -> _Data:
    steps = data.get("steps")
    if not isinstance(steps, list | tuple):
        return data
    bare = [_without("detail")(dict(step)) if isinstance(step, Mapping) else step for step in steps]
    return {**data, "steps": bare}


def _with_short_outcome(data: _Data) -> _Data:
    outcome = data.get("outcome")
    if not isinstance(outcome, Mapping):
        return data
    return {**data, "outcome": {key: _shortened(value) for key, value in outcome.items()}}


def _only_the_outcome_code(data: _Data) -> _Data:
    outcome = data.get("outcome")
    code = outcome.get("code") if isinstance(outcome, Mapping) else None
    kept = {"id": _shortened(data.get("id")), "status": _shortened(data.get("status"))}
    return {**kept, "outcome": {"code": _shortened(code)}}


def _shortened(value: object) -> object:
    if isinstance(value, str) and len(value) > _SHORT:
        return f"{value[:_SHORT]}…"
    return value if isinstance(value, str | bool | int | float | None) else None


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


_CUTS: tuple[tuple[str, Callable[[_Data], _Data]], ...] = (
    ("received", _without("received")),
    ("steps.detail", _without_details),
    ("steps", _without("steps")),
    ("warnings", _without("warnings")),
    ("reason", _without("reason")),
    ("outcome", _with_short_outcome),
    ("everything but id, status and outcome.code", _only_the_outcome_code),
)
