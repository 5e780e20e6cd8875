"""Parse the Bicep files, with two independent parsers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tree_sitter_bicep
from pycep import BicepParser
from tree_sitter import Language, Parser

INFRA = Path(__file__).resolve().parents[1]

# tree-sitter's grammar is older than the extension syntax; the one line is left out.
_EXTENSION = re.compile(r"^extension .*$", re.MULTILINE)

type Node = dict[str, Any]


@dataclass(frozen=True)
class Template:
    """One Bicep file and what pycep read in it."""

    path: Path
    text: str
    tree: Node

    @property
    def name(self) -> str:
        """Its path under infra/."""
        return self.path.relative_to(INFRA).as_posix()

    @property
    def resources(self) -> dict[str, Node]:
        """The resources by their symbolic names, existing ones included."""
        found: dict[str, Node] = self.tree.get("resources", {})
        return found

    @property
    def variables(self) -> dict[str, Any]:
        """The values of the variables."""
        return {name: node["value"] for name, node in self.tree.get("variables", {}).items()}


def files() -> list[Path]:
    """Every Bicep file."""
    return sorted(path for path in INFRA.rglob("*.bicep") if "node_modules" not in path.parts)


def read_all() -> tuple[list[Template], list[str]]:
    """Every template that can be read, and a fault for each that cannot."""
    templates: list[Template] = []
    faults: list[str] = []
    for path in files():
        text = _EXTENSION.sub("", path.read_text(encoding="utf-8"))
        name = path.relative_to(INFRA).as_posix()
        faults += _second_opinion(name, text)
        try:
            templates.append(Template(path, text, parse(text)))
        except Exception as error:  # noqa: BLE001 - a parser of others may raise anything
            faults.append(f"{name}: pycep cannot read it: {str(error).splitlines()[0]}")
    return templates, faults


def parse(text: str) -> Node:
    """One template's text as pycep reads it; raises whatever pycep does."""
    tree: Node = BicepParser().parse(text=text)
    return tree


def _second_opinion(name: str, text: str) -> Iterator[str]:
    root = Parser(Language(tree_sitter_bicep.language())).parse(text.encode()).root_node
    if root.has_error:
        yield f"{name}: tree-sitter sees a syntax error at line {_first_error(root)}"


def _first_error(node: Any) -> int:
    while True:
        broken = [child for child in node.children if child.has_error or child.is_missing]
        if not broken:
            return int(node.start_point[0]) + 1
        node = broken[0]
