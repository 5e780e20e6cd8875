"""Leave out parts of other packages that nothing imports, and prove that nothing does."""

import ast
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from infra.package.reach import Source, imported, is_type_checking, parse

PARTS = (
    # Write extension modules. cryptography, whose dependency they are, loads _cffi_backend alone.
    *("cffi/**/*", "pycparser/**/*"),
    # For a program that sends traces by itself. kiota, whose dependency they are, imports the
    # interface, and names of attributes.
    *("opentelemetry/sdk/**/*", "opentelemetry/semconv/_incubating/**/*"),
    # A server for developers, with a page for their mistakes.
    *("werkzeug/debug/**/*", "werkzeug/middleware/**/*"),
    # For models in the way of version 1, of which there are none, and for a type checker.
    *("pydantic/v1/**/*", "pydantic/mypy.py"),
    # HTTP/2 for httpx, which httpcore loads wherever it finds it: 1.8 MB of a worker's memory.
    # Graph is asked over aiohttp, and receivers of events over HTTP/1.1.
    *("h2/**/*", "hpack/**/*", "hyperframe/**/*"),
    # For trio, another event loop than the one that Functions runs.
    "anyio/_backends/_trio.py",
    # In place of the compiled one, which the package has.
    "multidict/_multidict_py.py",
    # The compiled one: nobody opens a web socket, and what loads it takes the one in Python.
    "aiohttp/_websocket/reader_c*",
)

# The packages of which nothing is left.
PACKAGES = ("opentelemetry_sdk", "pycparser", "h2", "hpack", "hyperframe")

# Who imports or names some of it, and does without all the same.
_KNOWN = (
    # Where a type brings validators in the way of version 1.
    ("pydantic._internal._generate_schema", "pydantic.v1"),
    # A name in a list of versions to tell.
    ("pydantic.version", "pydantic.mypy"),
    # When the server is started.
    ("werkzeug.serving", "werkzeug.debug"),
    ("werkzeug.serving", "werkzeug.middleware"),
    # Where it is there, or where a client is told to speak HTTP/2.
    *((who, "h2") for who in ("httpcore._async.http2", "httpcore._sync.http2", "httpx._client")),
    *((who, "h2") for who in ("urllib3.http2", "urllib3.http2.connection")),
    # The name of the protocol, not of the module.
    *((f"httpcore._async.{who}", "h2") for who in ("connection", "http_proxy", "socks_proxy")),
    *((f"httpcore._sync.{who}", "h2") for who in ("connection", "http_proxy", "socks_proxy")),
    *((who, "h2") for who in ("httpcore._backends.mock", "opentelemetry.semconv.trace")),
    ("urllib3.connection", "h2"),
    # Where there is no compiled one.
    ("multidict", "multidict._multidict_py"),
    # And the other way round.
    ("aiohttp._websocket.reader", "aiohttp._websocket.reader_c"),
)


class StillWantedError(Exception):
    """Something that stays imports what was to be left out; the message names both."""


def leave_out(site: Path, app: Iterable[Path]) -> None:
    """Take the parts away, unless a file of the app or of another package may import them.

    Raises: StillWantedError, and nothing is taken away then.
    """
    files = {file for part in PARTS for file in site.glob(part) if file.is_file()}
    names = {module_of(file.relative_to(site)) for file in files}
    kept = sorted(set(site.rglob("*.py")) - files)
    sources = [parse(module_of(file.relative_to(site)), file) for file in kept]
    sources += [parse(file.stem, file) for file in app]
    wanted = {line for source in sources for line in _wanted(source, names)}
    if wanted:
        raise StillWantedError(f"left out, and still wanted: {'; '.join(sorted(wanted))}")
    for file in files:
        file.unlink()
    for folder in sorted({file.parent for file in files}, reverse=True):
        _drop_if_empty(folder)
    for package in PACKAGES:
        [described] = site.glob(f"{package}-*.dist-info")
        shutil.rmtree(described)


def _drop_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        # It may have had nothing but folders.
        _drop_if_empty(folder.parent)


def module_of(path: Path) -> str:
    """The name of the module in a file, which is relative to where modules are looked for."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _wanted(source: Source, left_out: set[str]) -> Iterator[str]:
    """What it imports of that, or has as a text; what is for type checkers does not count."""
    waiting: list[ast.AST] = [source.tree]
    while waiting:
        node = waiting.pop()
        for name in left_out.intersection(_named(node, source)):
            if not _is_known(source.name, name):
                yield f"{source.name} imports {name}"
        if isinstance(node, ast.If) and is_type_checking(node.test):
            waiting += node.orelse
        else:
            waiting += ast.iter_child_nodes(node)


def _is_known(who: str, what: str) -> bool:
    return any(who == known and f"{what}.".startswith(f"{it}.") for known, it in _KNOWN)


def _named(node: ast.AST, source: Source) -> Iterator[str]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield from imported(node, source)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
