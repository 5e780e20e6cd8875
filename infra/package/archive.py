"""Write the zip: sorted, without times or owners, so that the same tree gives the same bytes."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

# The first instant that a zip can name.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16
_UNIX = 3


def write_zip(folder: Path, names: Iterable[str], target: Path) -> str:
    """Write these files of the folder into a zip; returns its SHA-256."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(names):
            _add(archive, folder / name, name)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def holds(target: Path, folder: Path, names: Iterable[str]) -> bool:
    """Whether a zip has exactly these files of the folder, as they are there now."""
    with zipfile.ZipFile(target) as archive:
        sums = {entry.filename: entry.CRC for entry in archive.infolist()}
    return sums == {name: zlib.crc32((folder / name).read_bytes()) for name in names}


def size_of(folder: Path) -> tuple[int, int]:
    """How many files a folder has, and how many bytes they have together."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = _MODE
    entry.create_system = _UNIX
    archive.writestr(entry, path.read_bytes())
