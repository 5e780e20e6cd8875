"""Tell who asks for an address or method that the API does not have which one was meant."""

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from shared.domain.text import Text, text
from shared.errors import MethodNotAllowedError, RouteNotFoundError
from shared.intake.guessed_address import (
    ELSEWHERE,
    guessed,
    in_query,
    is_of_a_person,
    of_a_person,
    of_a_restore,
)
from shared.intake.operations import OPERATIONS
from shared.intake.operations.examples import EXAMPLES
from shared.intake.operations.model import Operation

_PREFIX: Final = "/api/"
_LONGEST_PATH: Final = 200
_MOST_SEGMENTS: Final = 6
_CLOSE: Final = 0.6
# The name of the list and the id.
_ONE_OF_A_LIST: Final = 2

_PARAMETER = re.compile(r"\{\w+\}")
_UNPRINTED = re.compile(r"[^!-~]")

_PAGES: Final[Mapping[str, tuple[str, ...]]] = {"desk": ("GET",)}


def no_such_address(method: str, path: str) -> MethodNotAllowedError | RouteNotFoundError:
    """What is wrong with a call that no operation takes; `path` is without the prefix."""
    segments = [part for part in path.split("/") if part]
    shown = _shown(segments)
    methods = tuple(sorted(_methods(segments)))
    if method.upper() in methods:
        # A slash too many: the host passes on `/api//restores`, which none of its routes takes.
        written = _PREFIX + _UNPRINTED.sub("?", path[:_LONGEST_PATH])
        return RouteNotFoundError(text("route-not-found", "meant", path=written, meant=shown))
    if methods:
        asked = _UNPRINTED.sub("?", method[:20])
        told = _instead(asked, shown, segments) or _with_body(asked, shown, segments)
        return MethodNotAllowedError(asked, shown, methods, told)
    return RouteNotFoundError(_not_found(method, shown, segments))


def _not_found(method: str, shown: str, segments: Sequence[str]) -> Text:
    if not segments:
        return text("route-not-found", "start")
    told = guessed(method, shown, segments)
    if told is not None:
        return told
    meant = _meant(segments)
    if meant is not None:
        return text("route-not-found", "meant", path=shown, meant=meant)
    if is_of_a_person(segments):
        return of_a_person(shown, segments[1])
    return text("route-not-found", path=shown)


def _instead(method: str, shown: str, segments: Sequence[str]) -> Text | None:
    """What does what was wanted of one of a list; None: the methods say it.

    A restore or a batch is not deleted; and what can only be removed is looked at elsewhere.
    """
    if len(segments) != _ONE_OF_A_LIST:
        return None
    match method.upper() == "DELETE", segments[0].lower():
        case True, "restores":
            return text("method-not-allowed", "cancel", method=method, path=shown)
        case True, "batches":
            return text("method-not-allowed", "cancel-each", method=method, path=shown)
        case False, "people":
            user = in_query(segments[1])
            return text("method-not-allowed", "person", method=method, path=shown, user=user)
        case False, ("guards" | "subscriptions") as kind:
            whole = _shown([kind])
            return text("method-not-allowed", "listed", method=method, path=shown, whole=whole)
    return None


def _with_body(method: str, shown: str, segments: Sequence[str]) -> Text | None:
    """What to send where the address takes one method alone, and a body with it.

    Not to what is there already: whoever wanted to look is not invited to decide about it.
    """
    match list(_operations(segments)):
        case [taken] if taken.id in EXAMPLES and not _PARAMETER.search(taken.path):
            only, body = taken.method, json.dumps(EXAMPLES[taken.id])
        case _:
            return None
    return text("method-not-allowed", "body", method=method, path=shown, only=only, example=body)


def _operations(segments: Sequence[str]) -> Iterator[Operation]:
    paths = {it.path for it in OPERATIONS.values() if _is_at(it.path.split("/"), segments)}
    # `/restores/retry` is an address of its own, and no restore with the id `retry`: of two
    # templates that fit, OpenAPI takes the one without a parameter, too.
    nearest = min(paths, key=lambda path: len(_PARAMETER.findall(path)), default=None)
    yield from (it for it in OPERATIONS.values() if it.path == nearest)


def _methods(segments: Sequence[str]) -> Iterator[str]:
    yield from {it.method for it in _operations(segments)}
    yield from _PAGES.get(segments[0].lower() if segments else "", ())


def _is_at(template: Sequence[str], segments: Sequence[str]) -> bool:
    return len(template) == len(segments) and all(
        _PARAMETER.fullmatch(own) or own == asked.lower()
        for own, asked in zip(template, segments, strict=True)
    )


def _meant(segments: Sequence[str]) -> str | None:
    """The address that was probably meant, with the ids that were asked for."""
    if len(segments) > _MOST_SEGMENTS:
        return None
    known = ELSEWHERE.get("/".join(segments).lower()) or of_a_restore(segments)
    if known is not None:
        return _UNPRINTED.sub("?", known[:_LONGEST_PATH])
    # Behind a prefix of its own (`v1/restores`) only where the whole is like nothing.
    for rest in (segments, segments[1:]):
        ranked = [(_closeness(it, rest), it) for it in _templates() if len(it) == len(rest)]
        closeness, template = max(ranked, default=(0.0, []))
        if closeness >= _CLOSE:
            return _shown(_filled(template, rest))
    return _beginning_with(segments)


def _beginning_with(segments: Sequence[str]) -> str | None:
    """The address that only goes on where this one ends, such as `users/restore` for `users`."""
    begun = [part.lower() for part in segments]
    longer = [it for it in _templates() if begun and it[: len(begun)] == begun]
    return _shown(longer[0]) if longer else None


def _filled(template: Sequence[str], segments: Sequence[str]) -> list[str]:
    pairs = zip(template, segments, strict=True)
    return [asked if _PARAMETER.fullmatch(own) else own for own, asked in pairs]


def _templates() -> list[list[str]]:
    paths = sorted({operation.path for operation in OPERATIONS.values()} | set(_PAGES))
    return [path.split("/") for path in paths]


def _closeness(template: Sequence[str], segments: Sequence[str]) -> float:
    """How alike the least alike of the fixed parts are, from 0 to 1; ids are like anything."""
    return min(
        difflib.SequenceMatcher(None, own, asked.lower()[:40]).ratio()
        for own, asked in zip(template, segments, strict=True)
        if not _PARAMETER.fullmatch(own)
    )


def _shown(segments: Sequence[str]) -> str:
    return _PREFIX + _UNPRINTED.sub("?", "/".join(segments)[:_LONGEST_PATH])
