"""Compile the modules: ours beside their sources, those of other packages in place of theirs.

Python finds byte code where a source would be, too, so a package needs one of the two only.
Tracebacks keep file and line, and lose the text of a line that is not ours. What else serves but a
reader is in no byte code: docstrings, as under `python -OO` (its assertions stay: they may carry a
meaning); and of other packages the columns, which mark a part of a line that is not there.

Source: docs.python.org, importlib, SourcelessFileLoader; command line, -X no_debug_ranges.
"""

import ast
import marshal
import re
import subprocess
import sys
import warnings
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from pathlib import Path, PurePosixPath

from infra.package.stage import ROOT, SITE

# Azure's: the magic number of every CPython 3.13 since its first candidate is 3571.
# Source: CPython 3.13, Include/internal/pycore_magic_number.h.
AZURES_BYTE_CODE = (3571).to_bytes(2, "little") + b"\r\n"

# Where Azure mounts the package: what a traceback names as the place of a file.
_MOUNT = PurePosixPath("/home/site/wwwroot")

# The other packages' files that keep their sources, by the beginnings of their paths.
_WITH_SOURCES = (
    # Read their own to learn what to import when it is asked for, and import everything without.
    *("anyio/__init__.py", "anyio/abc/__init__.py"),
    # Mozilla Public License 2.0, 3.2: who is given another form is to have the source.
    "certifi/",
)

# Whoever is found by this wants sources. These are known: anyio's are kept; attrs reads what it
# made itself; pydantic reads models with `use_attribute_docstrings`, of which there are none.
_READS_SOURCES = re.compile(rb"\b(getsource|getsourcelines|findsource|linecache)\b")
_KNOWN_READERS = frozenset(
    {"anyio/_lazyimport.py", "attr/_make.py", "pydantic/_internal/_docs_extraction.py"}
)

# Flags of a .pyc: it names its source by a hash, and nobody looks whether that is still the same.
# Azure mounts the package read-only.
_UNCHECKED = (0b01).to_bytes(4, "little")


def compile_package(app: Path) -> None:
    """Compile every module, one after the other: the order is part of the result.

    Raises: CalledProcessError, after the compiler has said why; SyntaxError.
    """
    command = (sys.executable, "-X", "no_debug_ranges", "-m", "infra.package.bytecode", str(app))
    subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603 - our own interpreter and module
    for path in sorted(app.rglob("*.py")):
        target = Path(cache_from_source(str(path)))
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(byte_code(path.read_bytes(), _MOUNT / path.relative_to(app).as_posix()))


def replace_sources(app: Path) -> None:
    """Put byte code of this very Python in place of the sources of other packages.

    Raises: RuntimeError for a file that wants to read sources, as far as nobody has looked at it;
    SyntaxError.
    """
    site = app / SITE
    for path in sorted(site.rglob("*.py")):
        name = path.relative_to(site).as_posix()
        content = path.read_bytes()
        if name not in _KNOWN_READERS and _READS_SOURCES.search(content):
            raise RuntimeError(f"{name} reads sources: look at it, and say so in {__file__}")
        if not name.startswith(_WITH_SOURCES):
            code = byte_code(content, _MOUNT / path.relative_to(app).as_posix())
            path.with_suffix(".pyc").write_bytes(code)
            path.unlink()


def byte_code(source: bytes, place: PurePosixPath) -> bytes:
    """The content of a .pyc, without docstrings; it names the hash of its source.

    Raises: SyntaxError.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        tree = ast.parse(source)
        # Where a module reads docstrings, it may need them.
        if b"__doc__" not in source:
            _drop_docstrings(tree)
        code = compile(tree, str(place), "exec", dont_inherit=True, optimize=0)
    return MAGIC_NUMBER + _UNCHECKED + source_hash(source) + marshal.dumps(code)


def _drop_docstrings(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        # Of a class without one, `dataclass` writes one out of its signature, at every start.
        if isinstance(node, ast.ClassDef) and node.decorator_list:
            continue
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            # Whatever text came next would be taken for the docstring.
            while node.body and _is_text(node.body[0]):
                dropped = node.body.pop(0)
                if not node.body:
                    node.body = [ast.copy_location(ast.Pass(), dropped)]


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


if __name__ == "__main__":
    replace_sources(Path(sys.argv[1]))
