"""Parse ASP.NET route templates, as far as HTTP triggers use them.

Literals compare without case, `{name}` takes one segment, `{name?}` may be absent, `{*name}`
takes the rest, `{name:int}` (also guid, alpha, bool) must look so. Values are percent-decoded,
except an encoded slash: the server of the real host leaves it as it is.
Source: learn.microsoft.com, "Routing in ASP.NET Core", Route templates; Kestrel UrlDecoder.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

_PARAMETER = re.compile(r"\{(?P<star>\*{0,2})(?P<name>\w+)(?::(?P<kind>\w+))?(?P<optional>\?)?\}")
_KINDS = {
    "int": r"-?\d+",
    "guid": r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
    "alpha": r"[a-zA-Z]+",
    "bool": r"(?i:true|false)",
}
_ENCODED_SLASH = re.compile("%2f", re.IGNORECASE)


class RouteError(ValueError):
    """A template this host cannot serve; the real one might, or refuses it too."""


@dataclass(frozen=True)
class Route:
    """One template under its prefix."""

    prefix: str
    template: str

    def __post_init__(self) -> None:
        """Refuse a template that is wrong, at once rather than at the first request.

        Source: azure-functions-host ScriptHost.ValidateHttpFunction (admin and runtime).
        """
        if self.template.lower().split("/")[0] in {"admin", "runtime"} and not self.prefix:
            raise RouteError("The specified route conflicts with one or more built in routes.")
        _ = self._pattern

    @property
    def precedence(self) -> tuple[int, ...]:
        """Sort literals before parameters before catch-alls, segment by segment."""
        return tuple(_rank(segment) for segment in self._segments)

    def match(self, path: str) -> dict[str, str] | None:
        """Give the parameters of a percent-encoded path, or None when it is another route."""
        found = self._pattern.fullmatch(path.rstrip("/") or "/")
        if found is None:
            return None
        values = {name: value for name, value in found.groupdict().items() if value is not None}
        return {name: decode(value) for name, value in values.items()}

    @property
    def _segments(self) -> list[str]:
        return [part for part in f"{self.prefix}/{self.template}".split("/") if part]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        expression = "".join(_segment_pattern(segment) for segment in self._segments) or "/"
        return re.compile(expression, re.IGNORECASE)


def decode(value: str) -> str:
    """Percent-decode everything but an encoded slash."""
    return "%2F".join(unquote(part) for part in _ENCODED_SLASH.split(value))


def _rank(segment: str) -> int:
    parameter = _PARAMETER.fullmatch(segment)
    if parameter is None:
        return 0 if "{" not in segment else 1
    return 4 if parameter["star"] else 2 if parameter["kind"] else 3


def _segment_pattern(segment: str) -> str:
    whole = _PARAMETER.fullmatch(segment)
    if whole and whole["star"]:
        return f"(?:/(?P<{whole['name']}>.*))?"
    if whole and whole["optional"]:
        return f"(?:/(?P<{whole['name']}>{_kind(whole)}))?"
    return "/" + _mixed(segment)


def _mixed(segment: str) -> str:
    """Build the expression of a segment such as `report-{year}.{format}`."""
    parts, at = [], 0
    for parameter in _PARAMETER.finditer(segment):
        parts += [_literal(segment[at : parameter.start()]), _group(parameter)]
        at = parameter.end()
    return "".join([*parts, _literal(segment[at:])])


def _group(parameter: re.Match[str]) -> str:
    return f"(?P<{parameter['name']}>{_kind(parameter)})"


def _literal(text: str) -> str:
    if "{" in text or "}" in text:
        raise RouteError(f"the route segment {text!r} is not understood")
    return re.escape(text)


def _kind(parameter: re.Match[str]) -> str:
    kind = parameter["kind"]
    if kind is None:
        return "[^/]+?"
    if kind not in _KINDS:
        raise RouteError(f"the route constraint {kind!r} is not known to this host")
    return _KINDS[kind]
