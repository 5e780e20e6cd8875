"""Each example in PowerShell asks for the same as the one in curl beside it.

There is no PowerShell here to run them with: the curl examples are run by the end-to-end tests, and
these are held to them, with the quotes and the line ends that PowerShell takes.
"""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from infra.local.preflight import ROOT

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = [ROOT / "functions" / "README.md", *sorted((ROOT / "functions" / "guide").glob("*.md"))]


@dataclass(frozen=True, slots=True)
class Call:
    """One request as an example writes it; the query is left out, and Accept, which is taste."""

    method: str
    route: str
    content_type: str | None
    headers: frozenset[tuple[str, str]]
    body: object


def curl_calls(text: str) -> Iterator[Call]:
    """The calls of a program in bash."""
    for line in text.replace("\\\n", " ").split("\ncurl"):
        words = shlex.split(line.removeprefix("curl"), comments=True)
        route = next((word for word in words if word.startswith("localhost:7071/")), None)
        if route is None:
            continue
        headers = dict(value.split(": ", 1) for value in _after(words, "-H"))
        bodies = [*_after(words, "-d"), *_after(words, "--data-binary")]
        method = next(iter(_after(words, "-X")), "POST" if bodies else "GET")
        yield _call(method, route, headers, bodies)


def powershell_calls(text: str) -> Iterator[Call]:
    """The calls of a program in PowerShell with an address that is written out."""
    for line in text.replace("`\n", " ").splitlines():
        for found in re.finditer(r"Invoke-RestMethod '?(localhost:7071/[^\s')]+)'?([^|]*)", line):
            route, rest = found.groups()
            headers = dict(re.findall(r"'([\w-]+)' = '([^']*)'", rest))
            if kind := re.search(r"-ContentType (\S+)", rest):
                headers["Content-Type"] = kind[1]
            bodies = re.findall(r"-Body '([^']*)'", rest)
            bodies += [f"@{name}" for name in re.findall(r"-InFile (\S+)", rest)]
            method = next(iter(re.findall(r"-Method (\w+)", rest)), "Get")
            yield _call(method.upper(), route, headers, bodies)


def pairs() -> Iterator[tuple[Path, str, str]]:
    """Each example in PowerShell, with the one in bash that stands before it."""
    for page in PAGES:
        bash = ""
        for language, text in BLOCK.findall(page.read_text(encoding="utf-8")):
            if language == "bash":
                bash = text
            elif language == "powershell":
                yield page, bash, text


PAIRS = [pytest.param(bash, text, id=f"{page.stem}: {text[:40]}") for page, bash, text in pairs()]


@pytest.mark.parametrize(("bash", "powershell"), PAIRS)
def test_it_asks_for_the_same(bash: str, powershell: str) -> None:
    """The same address, method, headers and body."""
    [asked, *_] = powershell_calls(powershell)

    assert asked in list(curl_calls(bash))


@pytest.mark.parametrize(("bash", "powershell"), PAIRS)
def test_it_is_written_as_powershell_takes_it(bash: str, powershell: str) -> None:
    """Lines go on after a backtick at their very end, and brackets close."""
    assert bash
    for line in powershell.splitlines():
        assert not line.endswith(("\\", "` ")), line
        assert "curl" not in line, "an alias of another command in Windows PowerShell"
        assert line.count("'") % 2 == 0, line
    for opens, closes in ("()", "{}", "[]"):
        assert powershell.count(opens) == powershell.count(closes)


def test_there_are_examples_to_look_at() -> None:
    """A page that is written otherwise would be passed over."""
    assert len(PAIRS) >= 4


def _call(method: str, route: str, headers: dict[str, str], bodies: list[str]) -> Call:
    kind = headers.pop("Content-Type", None)
    headers.pop("Accept", None)
    body = bodies[0] if bodies else None
    parsed = json.loads(body) if body and body.startswith("{") else body
    path = route.removeprefix("localhost:7071").partition("?")[0]
    return Call(method, path, kind, frozenset(headers.items()), parsed)


def _after(words: list[str], option: str) -> list[str]:
    return [value for word, value in pairwise(words) if word == option]
