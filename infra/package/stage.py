"""Lay the package out as Azure mounts it: the app, and `.python_packages` beside it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from infra.package.reach import SDK, Site, reachable

ROOT = Path(__file__).resolve().parents[2]
DESK = Path("functions/desk")
SITE = Path(".python_packages/lib/site-packages")

# As shared/bootstrap.py reads it.
_COMMIT = "commit.txt"

# Flex Consumption runs x86-64 Linux. Source: Microsoft Learn, "Build options for Python function
# apps"; the platform tag is the one its guidance gives for building elsewhere.
_PLATFORM = "x86_64-manylinux2014"
_PYTHON = "3.13"

# Neither imported nor read at run time: sources and headers of extension modules, stubs, scripts,
# and the installer's notes, which name files that are gone.
_UNUSED_SUFFIXES = frozenset({".c", ".h", ".pxd", ".pxi", ".pyi", ".pyx", ".typed", ".pth"})
_UNUSED_NAMES = frozenset({"INSTALLER", "RECORD", "REQUESTED", "direct_url.json", ".lock"})
_UNUSED_FOLDERS = frozenset({"__pycache__", "bin", "sboms"})


def app_files() -> list[Path]:
    """The app's own files, relative to the root of the repository, sorted."""
    packages = (path for name in ("functions", "shared") for path in (ROOT / name).rglob("*.py"))
    desk = (path for path in (ROOT / DESK).rglob("*") if path.is_file())
    files = [ROOT / "function_app.py", ROOT / "host.json", *packages, *desk]
    return sorted(path.relative_to(ROOT) for path in files)


def install(uv: Path, site: Path) -> None:
    """Put the wheels of requirements.txt for Azure's Linux into `site`, hashes checked.

    Raises: CalledProcessError, after uv has said why.
    """
    shutil.rmtree(site, ignore_errors=True)
    command = (
        *(str(uv), "pip", "install", "--quiet", "--target", str(site)),
        *("--requirements", str(ROOT / "requirements.txt"), "--require-hashes"),
        *("--python", sys.executable, "--python-version", _PYTHON),
        *("--python-platform", _PLATFORM, "--only-binary", ":all:"),
        # Links would lead into uv's cache, and what is changed here would be changed there.
        *("--link-mode", "copy", "--no-compile-bytecode"),
    )
    subprocess.run(command, check=True)  # noqa: S603 - uv with our own arguments


def prune(site: Path) -> list[str]:
    """Leave out what no run reads; returns the modules of the SDK that stay."""
    sources = [ROOT / path for path in app_files() if path.suffix == ".py"]
    modules = reachable(sources, Site(site))
    kept = {Site(site).file(name) for name in modules}
    for path in sorted(site.rglob("*"), reverse=True):
        if path.is_dir():
            if path.name in _UNUSED_FOLDERS or not any(path.iterdir()):
                shutil.rmtree(path)
        elif _is_unused(path) or (path.relative_to(site).parts[0] == SDK and path not in kept):
            path.unlink()
    return modules


def copy_app(folder: Path) -> None:
    """Put the app's own files in place."""
    for path in app_files():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, target)


def write_commit(folder: Path) -> None:
    """Say in the package of which commit it is, for GET /api/status."""
    (folder / _COMMIT).write_text(f"{commit()}\n", encoding="utf-8")


def commit() -> str:
    """The commit that is checked out; empty where the tree is none of git's."""
    git = shutil.which("git")
    if git is None:
        return ""
    command = (git, "-C", str(ROOT), "rev-parse", "HEAD")
    told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - git's own answer
    return told.stdout.strip() if told.returncode == 0 else ""


def compress_desk(folder: Path) -> None:
    """Put a smaller copy beside each file that browsers ask for.

    Raises: CalledProcessError, after Node has said why.
    """
    script = ROOT / "infra" / "desk" / "compress.mjs"
    command = ("node", str(script), str(folder / DESK))
    subprocess.run(command, check=True)  # noqa: S603 - our own script


def shorten_descriptions(site: Path) -> None:
    """Leave each package's name, version, licence and needs; what its page on PyPI says goes."""
    for path in site.glob("*.dist-info/METADATA"):
        # As in an e-mail, an empty line ends the headers.
        headers, *_ = re.split(rb"\r?\n\r?\n", path.read_bytes(), maxsplit=1)
        path.write_bytes(headers + b"\n")


def _is_unused(path: Path) -> bool:
    return path.suffix in _UNUSED_SUFFIXES or path.name in _UNUSED_NAMES
