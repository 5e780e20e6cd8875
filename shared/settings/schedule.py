"""Check whether a text is an NCRONTAB schedule that the Functions host can run."""

import re
from collections.abc import Mapping
from functools import cache

# Source: Microsoft Learn, "Timer trigger for Azure Functions", NCRONTAB expressions.
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAYS = "sunday|monday|tuesday|wednesday|thursday|friday|saturday"

# Each field with its bounds and, counted from the lower one, its names.
_FIELDS: tuple[tuple[str, int, int, str], ...] = (
    ("second", 0, 59, ""),
    ("minute", 0, 59, ""),
    ("hour", 0, 23, ""),
    ("day of the month", 1, 31, ""),
    ("month", 1, 12, _MONTHS),
    ("day of the week", 0, 6, _DAYS),
)
_PART = re.compile(r"(?:\*|([a-z0-9]+)(?:-([a-z0-9]+))?)(?:/([0-9]{1,2}))?")


def wrong_in_schedule(text: str) -> str | None:
    """What is wrong with six NCRONTAB fields in their shape or ranges, or None."""
    fields = text.lower().split()
    if len(fields) != len(_FIELDS):
        return f"has {len(fields)} fields"
    for entry, (name, low, high, names) in zip(fields, _FIELDS, strict=True):
        known = _values(low, high, names)
        if not all(_fits(part, known) for part in entry.split(",")):
            return f"its {name} is outside {low} to {high}, or not in NCRONTAB's form"
    return None


@cache
def _values(low: int, high: int, names: str) -> Mapping[str, int]:
    """Every way to write one value: 5, 05, fri, friday."""
    known = {text: n for n in range(low, high + 1) for text in (str(n), f"{n:02}")}
    for n, name in enumerate(names.split("|") if names else (), low):
        known |= {name: n, name[:3]: n}
    return known


def _fits(part: str, known: Mapping[str, int]) -> bool:
    match = _PART.fullmatch(part)
    if match is None or (match[3] and int(match[3]) == 0):
        return False
    if match[1] is None:
        return True
    last = match[2] or match[1]
    return match[1] in known and last in known and known[match[1]] <= known[last]
