"""Every module says in its first sentence what it does, and no docstring cites a missing file."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MODULES = sorted(
    path.relative_to(ROOT)
    for path in (
        ROOT / "function_app.py",
        *(
            path
            for folder in ("functions", "infra", "shared", "tests")
            for path in (ROOT / folder).rglob("*.py")
            if "node_modules" not in path.parts
        ),
    )
    # An empty module has nothing to say.
    if path.stat().st_size
)

# Modules by the two folders they are in: a test for each module would cost more than its look.
ROOMS: dict[str, list[Path]] = defaultdict(list)
for _module in MODULES:
    ROOMS["/".join(_module.parts[:-1][:2])].append(_module)
each_room = pytest.mark.parametrize("room", ROOMS)

# What fits into one line of the repository (pyproject.toml, line-length) and of a listing.
LONGEST_SENTENCE = 97

# A sentence that begins so names a question instead of the answer.
QUESTION = re.compile(r"(?:How|What|When|Where|Whether|Which|Who|Whom|Whose|Why)\b")

# Papers of others are cited after this word, up to the end of the paragraph.
CITED = re.compile(r"\bSources?: .*?(?:\n\n|\Z)", re.DOTALL)
FILE = re.compile(r"(?<![\w/.:<>-])(?:[\w-]+/)*[\w-]+\.(?:bicep|md|py)\b")
FOLDER = re.compile(
    r"`((?:[\w-]+/)+)`|(?<![\w/.:<>-])((?:functions|infra|shared|tests)/[\w./-]*[\w/-])"
)
_STATEMENTS = (ast.stmt, ast.ExceptHandler, ast.match_case)
EVERYWHERE = frozenset(
    {
        "worker.py",  # Microsoft's worker, which the real host starts
    }
)


@cache
def parsed(module: Path) -> ast.Module:
    """A module of the repository, read once."""
    return ast.parse((ROOT / module).read_text("utf-8"))


def first_sentence(module: ast.Module) -> str:
    """The first paragraph of a module's docstring; it is one line."""
    return (ast.get_docstring(module) or "").split("\n", 1)[0]


def faults_of(sentence: str, *, product: bool) -> list[str]:
    """What is wrong with a first sentence, each with what to do."""
    checks = (
        (not sentence, "has no docstring: say in one sentence what the module does"),
        (bool(sentence) and not sentence.endswith("."), "goes on: end the sentence with a period"),
        (len(sentence) > LONGEST_SENTENCE, f"is long: say it in {LONGEST_SENTENCE} characters"),
        (
            product and bool(QUESTION.match(sentence)),
            "asks: begin with the verb for what the module does, or with the thing it describes",
        ),
    )
    return [fault for is_wrong, fault in checks if is_wrong]


def docstrings(module: ast.Module) -> Iterator[str]:
    """Every docstring of a module: its own, and those of its classes and functions."""
    left: list[ast.AST] = [module]
    while left:
        node = left.pop()
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""
        # No expression has one in it, and those are most of the tree.
        left += (part for part in ast.iter_child_nodes(node) if isinstance(part, _STATEMENTS))


def missing_of(docstring: str, module: Path) -> list[str]:
    """The files and folders that a docstring cites and the repository does not have.

    A path may begin at the folder of the module, or at any folder above it.
    """
    own = CITED.sub("", docstring)
    cited = {found[0] for found in FILE.finditer(own)}
    cited |= {found[1] or found[2] for found in FOLDER.finditer(own)}
    return sorted(
        path
        for path in cited - EVERYWHERE
        if not any((ROOT / folder / path).exists() for folder in module.parents)
        if not (ROOT / path).with_suffix(".py").exists()
    )


@each_room
def test_each_module_says_first_what_it_does(room: str) -> None:
    """One sentence, one line: whoever lists the tree learns what is in each file."""
    product = not room.startswith("tests")
    said = {str(module): first_sentence(parsed(module)) for module in ROOMS[room]}
    faults = {module: faults_of(sentence, product=product) for module, sentence in said.items()}

    assert {module: found for module, found in faults.items() if found} == {}


@each_room
def test_docstrings_cite_only_files_that_are_there(room: str) -> None:
    """After a move the papers move along: nobody is sent to a file that is gone."""
    missing = {
        str(module): found
        for module in ROOMS[room]
        for docstring in docstrings(parsed(module))
        if (found := missing_of(docstring, module))
    }

    assert missing == {}, "write each path from the folder of its module or one above it"


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("", "has no docstring"),
        ("Read the ledger", "goes on"),
        (f"Read {'very ' * 20}much.", "is long"),
        ("Whom an application may change.", "asks"),
    ],
)
def test_a_riddle_is_found(sentence: str, fault: str) -> None:
    """The check itself can fail, with a fault that says what to do."""
    assert [found.split(":")[0] for found in faults_of(sentence, product=True)] == [fault]


def test_a_file_that_is_gone_is_found() -> None:
    """Also where a file of that name lies elsewhere, but not where others' files are cited."""
    here = Path("shared/graph/people.py")
    docstring = (
        "As in `models.py`, `people.py`, shared/gone and `calls/`.\n\nSource: SDK, `far.py`."
    )

    assert missing_of(docstring, here) == ["models.py", "shared/gone"]
