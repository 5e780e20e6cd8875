"""Copy the desk's libraries from npm beside our own files: `python -m infra.desk.libraries`.

Why these two, and no more: lit-html puts values into the page as text and touches only what has
changed; virtual-core keeps in the page only the rows that are seen, with rows of any height.
A scale for the picture of time is one line of arithmetic, and the libraries that offer one name
each other in a way that browsers resolve only by an import map, which would have to stand in the
page itself: the page allows no script of its own text.

Why a copy: browsers load ES modules as they stand, so nothing is built; each library is one folder
that refers to itself only. Three things that only a build knows are settled here: source maps are
not copied, so nothing names them; the library's question whether it is a development build is no;
and comments that stand on lines of their own stay behind, all but those of a licence.
"""

import re
import shutil
import sys
from pathlib import Path

_HERE = Path(__file__).parent
MODULES = _HERE / "node_modules"
TARGET = _HERE.parents[1] / "functions" / "desk" / "lib"

# What the desk imports, and what that imports. The licences ask to go along.
FILES = {
    "lit-html": (
        "LICENSE",
        "lit-html.js",
        "directive.js",
        "directive-helpers.js",
        "directives/repeat.js",
    ),
    "@tanstack/virtual-core": (
        "LICENSE",
        "dist/esm/index.js",
        "dist/esm/ios-gesture.js",
        "dist/esm/lazy-measurements.js",
        "dist/esm/scroll-classifier.js",
        "dist/esm/utils.js",
    ),
}

_MAP_LINE = b"//# sourceMappingURL="
_BUILD_MODE = b"process.env.NODE_ENV"
_COMMENT = re.compile(
    rb"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/|@license).)*\*/[ \t]*)\n", re.MULTILINE | re.DOTALL
)


def copy_libraries(modules: Path = MODULES, target: Path = TARGET) -> None:
    """Copy every file in place of what was there; a file that is missing leaves nothing behind.

    Raises: FileNotFoundError naming the file.
    """
    shutil.rmtree(target, ignore_errors=True)
    sources = [(package, name) for package, names in FILES.items() for name in names]
    contents = {place: modules.joinpath(*place).read_bytes() for place in sources}
    for (package, name), content in contents.items():
        path = target / package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_as_served(content))


def _as_served(content: bytes) -> bytes:
    """The file as a browser takes it."""
    lines = content.splitlines(keepends=True)
    kept = b"".join(line for line in lines if not line.startswith(_MAP_LINE))
    return _COMMENT.sub(b"", kept).replace(_BUILD_MODE, b'"production"')


if __name__ == "__main__":
    try:
        copy_libraries()
    except FileNotFoundError as missing:
        sys.exit(f"desk: {missing.filename} is missing; run `npm ci --prefix infra/desk`")
