"""Find the modules of msgraph-sdk that the app can reach; the rest of 16,000 files is left out.

Read from the source, not from a run, so that a call nobody traced is not forgotten:

1. what the app's own files import, at any depth of their functions, and the builders that
   shared/graph/calls/builders.py names as texts;
2. what those modules import when they are loaded (imports under TYPE_CHECKING do not count);
3. the builders that a property of theirs imports when it is asked for, if its name is one that the
   app uses: `api.users` reaches `users_request_builder`.

Not reached: the SDK's models behind `builder.get()` and its like. The app sends its requests with
narrow models of its own (shared/graph/wire/client.py), and the packaged app is run to prove it.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SDK = "msgraph"
_BUILDERS = f"{SDK}.generated."


@dataclass(frozen=True, slots=True)
class Source:
    """One module, parsed."""

    name: str
    is_package: bool
    tree: ast.Module


class Site:
    """The packages in one folder, read when asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Source | None] = {}

    def file(self, name: str) -> Path | None:
        """The file of a module, if there is one."""
        path = self._folder.joinpath(*name.split("."))
        for candidate in (path / "__init__.py", path.with_suffix(".py")):
            if candidate.is_file():
                return candidate
        return None

    def source(self, name: str) -> Source | None:
        """The module, parsed; None if there is none of this name."""
        if name not in self._read:
            file = self.file(name)
            self._read[name] = None if file is None else parse(name, file)
        return self._read[name]


def reachable(app_files: Iterable[Path], site: Site) -> list[str]:
    """Every module of the SDK that the app can reach, sorted, packages above them included."""
    trees = [ast.parse(file.read_bytes()) for file in app_files]
    names = {
        node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }
    found: set[str] = set()
    waiting = [name for tree in trees for name in _named(tree) if site.source(name)]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        waiting += [parent for parent in _parents(name) if parent not in found]
        source = site.source(name)
        if source is not None:
            waiting += _next(source, names, site)
    return sorted(found)


def _next(source: Source, names: set[str], site: Site) -> Iterator[str]:
    wanted = [*_at_load(source.tree.body, source), *_when_asked(source, names)]
    return (name for name in wanted if name.split(".")[0] == SDK and site.source(name))


def parse(name: str, file: Path) -> Source:
    """Read the module of this name."""
    return Source(name, file.name == "__init__.py", ast.parse(file.read_bytes()))


def _named(tree: ast.Module) -> Iterator[str]:
    """The SDK's modules that a file of the app names, in an import or as a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from (name for name in imported(node, None) if name.split(".")[0] == SDK)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield f"{_BUILDERS}{node.value}" if node.value.endswith("_request_builder") else ""


def _at_load(body: list[ast.stmt], source: Source) -> Iterator[str]:
    """What is imported when the module is: not in functions, not for type checkers."""
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imported(node, source)
        elif isinstance(node, ast.If) and not is_type_checking(node.test):
            yield from _at_load([*node.body, *node.orelse], source)
        elif isinstance(node, ast.Try):
            handlers = [stmt for handler in node.handlers for stmt in handler.body]
            yield from _at_load([*node.body, *handlers, *node.orelse, *node.finalbody], source)
        elif isinstance(node, ast.ClassDef | ast.With):
            yield from _at_load(node.body, source)


def _when_asked(source: Source, names: set[str]) -> Iterator[str]:
    """The builders that a function imports, if the app uses its name."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef) and node.name in names:
            imports = (it for it in ast.walk(node) if isinstance(it, ast.ImportFrom))
            for name in (name for it in imports for name in imported(it, source)):
                if name.endswith("_request_builder"):
                    yield name


def imported(node: ast.Import | ast.ImportFrom, source: Source | None) -> Iterator[str]:
    """The modules that an import may load; whether a name is one is for the caller to see."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    base = node.module or ""
    if node.level:
        if source is None:
            return
        parts = source.name.split(".") if source.is_package else source.name.split(".")[:-1]
        above = parts[: len(parts) - node.level + 1]
        base = ".".join([*above, *([node.module] if node.module else [])])
    yield base
    yield from (f"{base}.{alias.name}" for alias in node.names)


def is_type_checking(test: ast.expr) -> bool:
    """Whether an `if` of this is for type checkers alone."""
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def _parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:at]) for at in range(1, len(parts))]
