"""The examples of the guide, as they stand, against the service as `make serve` keeps it.

Bash and Python examples are run, page by page from top to bottom, and what they print must hold the
JSON block that follows them. Those in PowerShell are held to the ones in
curl beside them (tests/unit/repository): there is no PowerShell here to run them with.
"""

import asyncio
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from infra.local.landscape import Host
from infra.local.serve.scene import SETTINGS
from tests.e2e.stage.caller import Caller
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.world import World

ROOT = Path(__file__).parents[3]
PAGES = sorted((ROOT / "functions" / "guide").glob("*.md"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROGRAMS = {"bash": ("bash", "-e", "-c"), "python": (sys.executable, "-c")}
ADDRESS = "localhost:7071"
# Entra ID shows a change everywhere within minutes.
_CHANGES_SHOW_AFTER_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Example:
    """One program of a page.

    Attributes:
        program: what runs it.
        text: the program.
        shown: what its output must hold; None where the page shows nothing of it.

    """

    program: tuple[str, ...]
    text: str
    shown: Any


def examples_of(page: Path) -> Iterator[Example]:
    """The programs of a page; those that stand in a row show the same."""
    waiting: list[tuple[tuple[str, ...], str]] = []
    for language, text in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language in PROGRAMS:
            waiting.append((PROGRAMS[language], text))
        elif language == "json":
            shown = json.loads(text)
            yield from (Example(program, text, shown) for program, text in waiting)
            waiting = []
    yield from (Example(program, text, None) for program, text in waiting)


@pytest.fixture(scope="module")
def served(stage: Stage) -> Iterator[Host]:
    """Give a host that is as trusting, and set, as that of `make serve`."""
    entra = {"AUTH_MODE": "entra", "WEBSITE_AUTH_ENABLED": "true"}
    with stage.start_another_host("--trusting", **entra, **SETTINGS) as host:
        yield host


WITH_EXAMPLES = [page for page in PAGES if list(examples_of(page))]


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.stem)
async def test_the_examples_of_a_page_do_what_it_shows(
    page: Path, world: World, caller: Caller, served: Host, tmp_path: Path
) -> None:
    """From top to bottom, with nothing changed but the address."""

    async def restores() -> set[str]:
        reply = await caller.send("GET", f"{served.url}/api/restores?top=100")
        return {one["id"] for one in reply.body["value"]}

    # What the page before has changed is not changed in this tenant: nobody must expect it still.
    await world.move_clock(_CHANGES_SHOW_AFTER_SECONDS)
    await world.load_made_up_tenant()
    before = await restores()

    for example in examples_of(page):
        printed = await run(example, served.url, tmp_path)
        assert example.shown is None or any(
            holds(answer, example.shown) for answer in json_in(printed)
        ), printed

    # What this page has begun would hold, or change, the people of the next one.
    begun = await restores() - before
    for one in begun:
        await caller.send("POST", f"{served.url}/api/restores/{one}/cancel")
    if begun:
        await caller.come_through(*begun)


def test_every_page_of_the_guide_has_examples() -> None:
    """A page that is written otherwise would be passed over."""
    assert {page.stem for page in WITH_EXAMPLES} >= {"one-person", "many", "losses"}


@pytest.mark.parametrize(
    "page", [*PAGES, *(ROOT / name for name in ("README.md", "functions/README.md"))], ids=str
)
def test_every_link_leads_somewhere(page: Path) -> None:
    """To a file of the repository; a heading, where one is named, is in it."""
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", page.read_text(encoding="utf-8")):
        name, _, heading = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), link
        if heading:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in {
                re.sub(r"[^\w-]", "", it.lower().replace(" ", "-")) for it in headings
            }


async def run(example: Example, url: str, directory: Path) -> str:
    """Run a program as a reader would, in an empty folder, and give what it printed."""
    text = example.text.replace(ADDRESS, url.removeprefix("http://"))
    process = await asyncio.create_subprocess_exec(
        *example.program, text, cwd=directory, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await process.communicate()
    assert process.returncode == 0, printed
    return printed.decode("utf-8-sig")


def json_in(printed: str) -> Iterator[Any]:
    """The JSON objects that were printed, whatever stands between them."""
    decoder, at = json.JSONDecoder(), printed.find("{")
    while at >= 0:
        answer, end = decoder.raw_decode(printed, at)
        yield answer
        at = printed.find("{", end)


def holds(answer: Any, shown: Any) -> bool:
    """Whether everything that is shown is in the answer; it may have more."""
    if isinstance(shown, dict):
        return isinstance(answer, dict) and all(
            key in answer and holds(answer[key], value) for key, value in shown.items()
        )
    if isinstance(shown, list):
        return isinstance(answer, list) and all(
            any(holds(one, value) for one in answer) for value in shown
        )
    return bool(answer == shown)
