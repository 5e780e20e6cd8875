"""Choose between JSON and CSV for a list, by the caller's Accept header."""

import re

_QUALITY = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
_CSV = "text/csv"
_JSON = ("application/json", "application/*", "*/*")


def prefers_csv(accept: str | None) -> bool:
    """Whether CSV is named, and JSON not preferred to it; without a header the answer is JSON.

    Source: RFC 9110, 12.5.1 Accept: a quality of 0 means "not acceptable".
    """
    ranked = dict(map(_ranked, (accept or "").lower().split(",")))
    csv = ranked.get(_CSV, 0.0)
    json = next((ranked[name] for name in _JSON if name in ranked), 0.0)
    return csv > 0 and csv >= json


def _ranked(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    found = (_QUALITY.fullmatch(one) for one in parameters)
    quality = next((float(match[1]) for match in found if match is not None), 1.0)
    return name, quality
