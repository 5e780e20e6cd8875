"""Load the files of the desk, with the address, encoding and cache rule of each.

Every file but the page itself stands under an address with the digest of all of them, so a browser
keeps it for good and a new version is never mixed with an old one.

Why read at first use: the desk costs a worker that serves no page nothing.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal, Self

from shared.texts.desk import desk_words
from shared.texts.reader import Language

type SignIn = Literal["entra", "keys"]
type Encoding = Literal["br", "gzip"]

FOLDER = Path(__file__).resolve().parents[1] / "desk"

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
}
_PAGE = "index.html"
_QUALITY_ZERO = re.compile(r";\s*q=0(?:\.0*)?\s*$")


@dataclass(slots=True)
class DeskFile:
    """One file as it is served; `keeps` tells whether a browser need never ask again."""

    content: bytes = field(repr=False)
    media_type: str
    keeps: bool = True
    brotli: bytes | None = field(default=None, repr=False)
    """Made at packaging; there is none in a working tree."""
    _gzip: bytes | None = field(default=None, repr=False)

    @property
    def tag(self) -> str:
        """What changes with the content."""
        return hashlib.sha256(self.content).hexdigest()[:16]

    def encoded(self, accepted: str) -> tuple[bytes, Encoding | None]:
        """The smallest form that an Accept-Encoding header takes."""
        wanted = _encodings(accepted)
        if "br" in wanted and self.brotli is not None:
            return self.brotli, "br"
        if "gzip" in wanted:
            if self._gzip is None:
                self._gzip = gzip.compress(self.content, mtime=0)
            return self._gzip, "gzip"
        return self.content, None


@dataclass(frozen=True, slots=True)
class DeskFiles:
    """All files by the rest of their address after `/api/desk/`; the page's own is empty."""

    by_path: Mapping[str, DeskFile]

    @classmethod
    def read(cls, folder: Path, sign_in: SignIn) -> Self:
        """Read the folder; only what has a known ending is served, so no path leads elsewhere."""
        found = dict([*_own_files(folder), *_words()])
        digest = hashlib.sha256()
        for name, file in sorted(found.items()):
            digest.update(f"{name} {len(file.content)}\n".encode() + file.content)
        version = digest.hexdigest()[:12]
        page = found.pop(_PAGE)
        text = page.content.replace(b"@version@", version.encode())
        page.content = text.replace(b"@sign-in@", sign_in.encode())
        page.keeps = False
        return cls({"": page} | {f"{version}/{name}": file for name, file in found.items()})


def _own_files(folder: Path) -> list[tuple[str, DeskFile]]:
    paths = (path for path in folder.rglob("*") if path.suffix in _MEDIA_TYPES)
    return [(_name(path, folder), _file(path)) for path in paths]


def _name(path: Path, folder: Path) -> str:
    return PurePosixPath(path.relative_to(folder)).as_posix()


def _file(path: Path) -> DeskFile:
    smaller = path.with_name(f"{path.name}.br")
    brotli = smaller.read_bytes() if smaller.is_file() else None
    return DeskFile(path.read_bytes(), _MEDIA_TYPES[path.suffix], brotli=brotli)


def _words() -> list[tuple[str, DeskFile]]:
    """The page's own words, a file for each language."""
    return [
        (f"words/{one.value}.json", DeskFile(_compact(desk_words(one)), _MEDIA_TYPES[".json"]))
        for one in Language
    ]


def _compact(words: Mapping[str, str]) -> bytes:
    """The words by the part of their keys before the first dot, which is then said once for all."""
    by_part: dict[str, dict[str, str]] = {}
    for key, word in sorted(words.items()):
        part, _, rest = key.partition(".")
        by_part.setdefault(part, {})[rest] = word
    return json.dumps(by_part, ensure_ascii=False, separators=(",", ":")).encode()


def _encodings(accepted: str) -> set[str]:
    parts = (part for part in accepted.lower().split(",") if not _QUALITY_ZERO.search(part))
    return {part.partition(";")[0].strip() for part in parts}
