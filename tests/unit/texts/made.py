"""Find every text that the product makes in its source: code, variant and parameters.

A text is made by one of a few functions, with code and variant written out, so that one can search
for the place where a sentence comes from; what is made otherwise is found here, too, and refused.
So is a phrase in a parameter: it would stay English in every language.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shared.domain.findings.codes import FindingCode
from shared.domain.outcomes import Code

ROOT = Path(__file__).parents[3]

# The functions that make a text of their first two arguments, and those of the same name as method.
_MAKERS = {"text", "outcome", "block", "warn", "info"}
_CODES = {"Code": Code, "FindingCode": FindingCode}

# Functions that take a parameter of a text alone.
_CAUSES = {"unreadable"}

# The makers themselves hand on what they are given.
_DEFINED_IN = {
    "shared/domain/text.py": {"text"},
    "shared/domain/outcomes.py": {"outcome"},
    "shared/domain/findings/finding.py": {"block", "warn", "info"},
    "shared/restore/run.py": {"warn"},
}


@dataclass(frozen=True)
class Made:
    """One call that makes a text."""

    place: str
    code: str
    variant: str
    params: frozenset[str]

    @property
    def key(self) -> str:
        """The entry of the catalogue."""
        return f"{self.code}/{self.variant}" if self.variant else self.code


@dataclass(frozen=True)
class Unclear:
    """A call whose text cannot be told from its source."""

    place: str


def made_texts() -> list[Made]:
    """Every text of the product."""
    return [item for item in _all() if isinstance(item, Made)]


def unclear_texts() -> list[str]:
    """Where a text is made whose code, variant or parameters are not written out."""
    return [item.place for item in _all() if isinstance(item, Unclear)]


@cache
def _all() -> tuple[Made | Unclear, ...]:
    return tuple(_found())


def _found() -> Iterator[Made | Unclear]:
    for folder in ("shared", "functions"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith("shared/texts/"):
                yield from made_in(path.read_text(), name)


def made_in(source: str, name: str = "") -> Iterator[Made | Unclear]:
    """Every text that this source makes."""
    for node in _calls(ast.parse(source), _DEFINED_IN.get(name, set())):
        place = f"{name}:{node.lineno}"
        if _name(node.func) in _MAKERS:
            yield _made(node, place)
        elif _has_phrase(node.args):
            yield Unclear(place)


def _calls(tree: ast.AST, makers_here: set[str]) -> Iterator[ast.Call]:
    """The calls of makers, outside of what defines one."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef) and node.name in makers_here:
            continue
        if isinstance(node, ast.Call) and _name(node.func) in _MAKERS | _CAUSES:
            yield node
        yield from _calls(node, makers_here)


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr="warn" | "unreadable" as name):
            return name
        case _:
            return ""


def _made(node: ast.Call, place: str) -> Made | Unclear:
    code = _code(node.args[0]) if node.args else None
    variant = _written(node.args[1]) if len(node.args) > 1 else ""
    names = [keyword.arg for keyword in node.keywords]
    values = [keyword.value for keyword in node.keywords]
    is_whole = len(node.args) <= 2 and None not in names and not _has_phrase(values)
    if code is None or variant is None or not is_whole:
        return Unclear(place)
    return Made(place, code, variant, frozenset(name for name in names if name is not None))


def _has_phrase(nodes: list[ast.expr]) -> bool:
    """Whether words are written out in any of them; a code has no blank between letters."""
    constants = (
        item for node in nodes for item in ast.walk(node) if isinstance(item, ast.Constant)
    )
    return any(isinstance(item.value, str) and " " in item.value.strip() for item in constants)


def _code(node: ast.expr) -> str | None:
    match node:
        case ast.Attribute(value=ast.Name(id=kind), attr=member) if kind in _CODES:
            return _CODES[kind][member].value
        case _:
            return _written(node)


def _written(node: ast.expr) -> str | None:
    match node:
        case ast.Constant(value=str() as value):
            return value
        case _:
            return None
