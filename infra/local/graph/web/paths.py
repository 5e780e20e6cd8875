"""Normalise a path: key syntax, casts and actions, in all the forms that Graph accepts."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote

_KEY = re.compile(r"(?P<name>[A-Za-z]+)\('(?P<key>(?:[^']|'')*)'\)")
_PREFIX = re.compile(r"(?:microsoft\.)?graph\.", re.IGNORECASE)
_NAMES = (
    *("user", "group", "directoryRole", "administrativeUnit", "orgContact"),
    *("device", "application", "servicePrincipal"),
)
_TYPES = {name.lower(): name for name in _NAMES}


def canonical(raw_path: str) -> str:
    """Answer the decoded path with plain segments; casts become `microsoft.graph.user`."""
    segments: list[str] = []
    for raw in raw_path.split("/"):
        if raw:
            segments.extend(_segments(unquote(raw)))
    return "/" + "/".join(segments)


def options(query_text: str) -> Mapping[str, str]:
    """Answer the query options by lower-case name; the dollar sign is optional, as in Graph."""
    pairs = parse_qsl(query_text, keep_blank_values=True)
    return {name.lower().removeprefix("$"): value for name, value in pairs}


def _segments(segment: str) -> list[str]:
    keyed = _KEY.fullmatch(segment)
    if keyed:
        return [keyed["name"], keyed["key"].replace("''", "'")]
    plain = segment.removesuffix("()")
    prefix = _PREFIX.match(plain)
    if prefix:
        name = plain[prefix.end() :]
        cast = _TYPES.get(name.lower())
        return [f"microsoft.graph.{cast}" if cast else name]
    return [plain]
