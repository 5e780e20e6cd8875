"""Write CODES.md: every code for people, with what it means, what was seen, and what to do.

The words are those of the catalogue in English, for a caller with Restore.Request alone; what the
service fills in stands in angle brackets.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from shared.domain.findings.codes import FindingCode
from shared.domain.outcomes import Code, outcome
from shared.errors import ProblemCode
from shared.texts.entry import Entry
from shared.texts.reader import Language
from shared.texts.render import catalogue, parts_of

_BEGIN: Final = """\
# All codes

What the service answers with, for people.
Written by `make connector` from `shared/texts`, not by hand. Texts may change, codes may not.
The words here are in English, for a caller with the role `Restore.Request`; whoever has other
roles, or a function key, may be told more or something else to do. `<...>` is filled in.
"""
_OUTCOMES: Final = """
## Outcomes

How a restore ended (`outcome.code`). In a check, what would refuse it is a finding with the same
code and the severity `block`.
"""
_FINDINGS: Final = """
## Findings and warnings

What a check tells beside that (`findings`), and what a restore carries on (`warnings`).
"""
_PROBLEMS: Final = """
## Problems

Why there was no other answer: `code` of a problem document (RFC 9457) over HTTP.
"""


def codes_page() -> str:
    """The page as Markdown."""
    outcomes = [_section(code, "meaning", f" ({outcome(code).status})") for code in Code]
    findings = [_section(code, "meaning") for code in FindingCode]
    problems = [_section(code, "title") for code in ProblemCode]
    return "".join((_BEGIN, _OUTCOMES, *outcomes, _FINDINGS, *findings, _PROBLEMS, *problems))


def _section(code: StrEnum, topic: str, status: str = "") -> str:
    entries = catalogue(Language.ENGLISH)
    mine = [entries[key] for key in entries if key.partition("/")[0] == code]
    head = f"\n### `{code}`{status}\n\n{_plain(entries[f'{topic}/{code}'].message)}\n"
    return head + "".join(_rows(mine))


def _rows(entries: Iterable[Entry]) -> Iterable[str]:
    yield "\n| what was seen | what to do |\n|---|---|\n"
    # Some differ only in what they name to readers of all restores.
    yield from dict.fromkeys(f"| {_plain(it.message)} | {_plain(it.fix)} |\n" for it in entries)


def _plain(pattern: str) -> str:
    """The words of an entry, safe in a cell of a table."""
    parts = parts_of(pattern)
    return "".join(_escaped(literal) + _filler(name, form) for literal, name, form in parts)


def _filler(name: str | None, form: str) -> str:
    """What stands for a value; of words for one and for many, those for many."""
    if name is None:
        return ""
    shown = f"&lt;{name.replace('_', ' ')}&gt;"
    return _escaped(form.partition("|")[2]).replace("#", shown) if "|" in form else shown


def _escaped(words: str) -> str:
    return re.sub(r"([|<>\\*`])", r"\\\1", words)
