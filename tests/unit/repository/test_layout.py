"""The layout: no folder too full to be read, and one name for one class."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PRODUCT = ("shared", "functions")
MOST_FILES = 21
# A document that has a table of folders, and the folder that they are in.
MAPS = (
    ("CONTRIBUTING.md", "shared"),
    ("CONTRIBUTING.md", "infra"),
    ("CONTRIBUTING.md", "tests"),
    ("shared/README.md", "shared"),
    ("infra/README.md", "infra"),
)


def folders() -> list[Path]:
    """Every folder with modules of ours."""
    parts = (ROOT / name for name in (*PRODUCT, "infra", "tests"))
    found = {path.parent for part in parts for path in part.rglob("*.py")}
    return sorted(path for path in found if "node_modules" not in path.parts)


@pytest.mark.parametrize("folder", folders(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_folder_can_be_read_at_a_glance(folder: Path) -> None:
    """Beyond some twenty files nobody finds the one that matters."""
    modules = sorted(path.name for path in folder.glob("*.py") if path.name != "__init__.py")

    assert len(modules) <= MOST_FILES, f"make rooms of it: {modules}"


@pytest.mark.parametrize(("document", "folder"), MAPS, ids=lambda name: name.replace("/", "-"))
def test_each_folder_is_on_the_map(document: str, folder: str) -> None:
    """Whoever looks for the place of a change finds every room, and what it is for."""
    text = (ROOT / document).read_text(encoding="utf-8")
    inside = "" if document.startswith(folder) else f"{folder}/"
    rooms = {path.parent.name for path in (ROOT / folder).glob("*/*") if path.suffix != ".pyc"}

    assert {room for room in rooms - {"node_modules"} if f"`{inside}{room}/`" not in text} == set()


def test_no_two_classes_of_the_product_have_one_name() -> None:
    """Whoever searches for a class finds it, and not another one."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in (path for name in PRODUCT for path in (ROOT / name).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(path.relative_to(ROOT).as_posix())

    assert {name: found for name, found in places.items() if len(found) > 1} == {}
