"""Every name that a document writes as code is one of the code as it is today.

Links, paths, commands, routes, settings, codes and fields: a document that names what was renamed
or taken away sends its reader nowhere, at night as well.
"""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from infra.local.commands import COMMANDS
from infra.local.preflight import ROOT

_OTHERS = {"node_modules", "mutants", "__pycache__", ".local", ".git", ".hypothesis"}
_CACHES = (".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache")
_BINARY = {".png", ".ico", ".woff2", ".zip", ".gz"}
# Where a path in a document may begin, besides the document's own folder.
_STARTS = (ROOT, ROOT / "infra", ROOT / "shared", ROOT / "functions")
# Programs and commandlets of others, whose words are theirs.
_OF_OTHERS = re.compile(r"(az|azd|pac|uvx|pip-audit) |(Restore|Set|Get)-Mg\w+ ")
# Single names of others: Azure, its errors, its headers; and of deployments before 1.0.
_NAMES_OF_OTHERS = frozenset(
    {"AzureFrontDoor.Backend", "InaccessibleStorageException", "X-Azure-FDID", "rate-limit-by-key"}
    | {"config-zip", "pip-audit", "_as_HTML", "ag-reprieve", "failed-reprieve", "Owner"}
    | {"poison-reprieve", "xAt", "xDaysAgo", "PART_NUMBER"}
)
_WORD = re.compile(r"[A-Za-z0-9_@$][\w.@$-]*")
# A link of Markdown, or a picture of HTML.
_LINK = re.compile(r"""(?:\]\(|\bsrc(?:set)?=")(?!https?:|mailto:)([^)"\s]+)[)"]""")
# As a message or a comment names a section: infra/RUNBOOK.md, Smoke test
_SECTION = re.compile(r"\b((?:infra|functions|shared)/[\w/]*\w\.md), ([A-Z][a-z]+(?: [a-z]+)*)")
_PATH = re.compile(r"(?:[\w@*-][\w.@*-]*/)+(?:[\w.@*-]+)?")


def _files() -> list[Path]:
    """Every file of ours."""
    found: list[Path] = []
    for folder, below, names in ROOT.walk():
        below[:] = [name for name in below if name not in _OTHERS and not name.startswith(_CACHES)]
        found += [folder / name for name in names if name not in _OTHERS]
    return found


FILES = _files()
PAGES = sorted(path for path in FILES if path.suffix == ".md")
# What was in older versions is told in the changelog.
DOCUMENTS = [path for path in PAGES if path.name != "CHANGELOG.md"]
every_page = pytest.mark.parametrize(
    "page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix()
)
every_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix()
)


@cache
def words_of_the_code() -> frozenset[str]:
    """Every word of a file that is no document, and the names of all files."""
    words: set[str] = set()
    for path in FILES:
        words.update(path.relative_to(ROOT).parts)
        if path.suffix not in {".md", *_BINARY} and path != Path(__file__):
            words.update(_WORD.findall(path.read_text(encoding="utf-8", errors="replace")))
    parts = (part for word in words for part in (word.rstrip(".-"), *word.split(".")))
    return frozenset(words).union(parts)


def in_code(document: Path) -> list[str]:
    """What stands as code within sentences: between backticks."""
    text = re.sub(r"^```.*?^```$", "", _text(document), flags=re.MULTILINE | re.DOTALL)
    return [span.strip() for span in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)]


def _text(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def _is_there(path: str, document: Path) -> bool:
    return any(any(start.glob(path.rstrip("/"))) for start in (document.parent, *_STARTS))


def _anchors(document: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", _text(document), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def lost_links(document: Path) -> set[str]:
    """Links to files or headings that are not there."""
    lost = set()
    for link in _LINK.findall(_text(document)):
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            lost.add(link)
    return lost


def lost_paths(document: Path) -> set[str]:
    """Paths that begin in a folder of this repository and lead to nothing there."""
    named = {span for span in in_code(document) if _PATH.fullmatch(span)}
    ours = {path for path in named if _is_there(path.partition("/")[0], document)}
    return {path for path in ours if not _is_there(path, document)}


def lost_words(document: Path) -> set[str]:
    """Names that stand nowhere in the code: settings, codes, fields, functions."""
    spans = [span for span in in_code(document) if not _OF_OTHERS.match(f"{span} ")]
    words = {word.rstrip(".-") for span in spans for word in _WORD.findall(span)}
    return {word for word in words - _NAMES_OF_OTHERS if not _is_known(word)}


def _is_known(word: str) -> bool:
    known = words_of_the_code()
    return word in known or all(not part or part in known for part in word.split("."))


def lost_commands(document: Path) -> set[str]:
    """Targets of make, modules and commands of ours that cannot be run."""
    text = _text(document)
    targets = re.findall(
        r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    lost = {f"make {it}" for it in re.findall(r"(?:^ +|`|&& )make ([a-z-]+)", text, re.MULTILINE)}
    lost -= {f"make {target}" for target in targets}
    for module in re.findall(r"-m ((?:infra|shared|functions|tests)[\w.]*)", text):
        place = ROOT / module.rstrip(".").replace(".", "/")
        if not (place.with_suffix(".py").exists() or (place / "__main__.py").exists()):
            lost.add(module)
    commands = set(re.findall(r"-m infra\.local ([a-z]\w*)", text))
    return lost | {f"infra.local {it}" for it in commands - {*COMMANDS, "setup", "deploy", "help"}}


def lost_routes(document: Path) -> set[str]:
    """Routes of the API that are not in its description, nor the desk's."""
    paths = json.loads((ROOT / "infra/connector/openapi.json").read_text("utf-8"))["paths"]
    known = [re.compile(re.sub(r"\{\w+\}", "[^/]+", f"/api{path}")) for path in paths]
    known += [re.compile(r"/api(/\*|/desk(/.*)?)?")]
    named = re.findall(r"(?<![\w>])/api(?:/[\w<>{}$*-]+)*", _text(document))
    return {route for route in named if not any(one.fullmatch(route) for one in known)}


@every_page
def test_links_lead_somewhere(page: Path) -> None:
    """To a file that is there, and to a heading of it; pictures, too."""
    assert lost_links(page) == set()


def test_sections_that_the_code_names_are_there() -> None:
    """Whom a message sends to a section of a document finds it."""
    code = [path for path in FILES if path.suffix in {".py", ".yml", ".yaml", ".bicep"}]
    named = {
        (document, section)
        for path in code
        if path != Path(__file__)
        for document, section in _SECTION.findall(_text(path))
    }
    lost = {
        (document, section)
        for document, section in named
        if section.lower().replace(" ", "-") not in _anchors(ROOT / document)
    }

    assert named
    assert lost == set()


@every_document
def test_paths_are_there(document: Path) -> None:
    """As seen from the document, from the repository or from one of its main folders."""
    assert lost_paths(document) == set()


@every_document
def test_names_stand_in_the_code(document: Path) -> None:
    """Whoever searches the code for one finds it."""
    assert lost_words(document) == set()


@every_document
def test_commands_can_be_run(document: Path) -> None:
    """Those of make and of Python."""
    assert lost_commands(document) == set()


@every_document
def test_routes_are_answered(document: Path) -> None:
    """All of them are in the description of the API."""
    assert lost_routes(document) == set()


@pytest.mark.parametrize(
    "line",
    [
        "See [this](gone.md), or [that](#gone).",
        '<img src="gone.png" alt="A picture">',
        "It is in `shared/gone/nothing.py`.",
        "Set `GONE_WITH_THE_SETTING`.",
        "Run `make gone-away`.",
        "    python -m infra.local gone",
        "Ask `GET /api/gone`.",
    ],
)
def test_a_name_that_is_gone_is_found(line: str, tmp_path: Path) -> None:
    """Each kind of them."""
    page = tmp_path / "page.md"
    page.write_text(f"# Page\n\n{line}\n", encoding="utf-8")

    looks = (lost_links, lost_paths, lost_words, lost_commands, lost_routes)
    assert any(look(page) for look in looks)
