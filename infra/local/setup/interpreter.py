"""Find a Python 3.13, or have uv download one."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Optional

from infra.local.setup.places import STATE, TOOLS_LOCK, in_venv
from infra.local.setup.programs import Program
from infra.local.setup.reasons import PIP, UV_PYTHON, SetupError
from infra.local.talk import Talk

WANTED = (3, 13)
_ASK = (
    "import sys, ssl, venv, ensurepip;"
    f" print(sys.executable) if sys.version_info[:2] == {WANTED} else sys.exit(1)"
)
_SECONDS = 30


def find_python(talk: Talk) -> Path:
    """Give a Python 3.13 with ssl, venv and pip. Raises SetupError when none can be had."""
    named = os.environ.get("PYTHON")  # noqa: TID251 - the caller's choice
    if named:
        if is_wanted(named):
            return Path(named)
        raise SetupError(f"PYTHON={named} is not Python 3.13 (with ssl, venv and ensurepip).")
    found = next((path for path in _candidates() if is_wanted(path)), None)
    return Path(found) if found is not None else _fetched(talk)


def is_wanted(python: str) -> bool:
    """Tell whether a program is a Python of the version wanted, and works."""
    return _answer([python, "-c", _ASK]) is not None


def locked(name: str, lock_file: Path) -> str:
    """Give the entry of one package in a lock file, hashes and all. Raises SetupError."""
    text = lock_file.read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(name)}==[^\n]*(?:\n[ \t]+[^\n]*)*", text, re.MULTILINE)
    if found is None:
        raise SetupError(f"{lock_file.name} does not lock {name}: run `make lock`.")
    return re.sub(r"\n\s+#[^\n]*", "", found[0]) + "\n"


def bring_uv(talk: Talk, python: Path) -> None:
    """Install uv for a Python, by pip and its hash: it installs all the rest."""
    STATE.mkdir(exist_ok=True)
    alone = STATE / "uv.txt"
    alone.write_text(locked("uv", TOOLS_LOCK), encoding="utf-8")
    # Only at length does pip tell a registry that refuses from one that lacks the package.
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "-vv"]
    patience = ["--retries", "1", "--timeout", "20", "--force-reinstall", "--no-deps"]
    hashes = ["--require-hashes", "--requirement", str(alone)]
    Program(talk, PIP, lambda: "fetching uv, the installer (20 MB)").run(pip + patience + hashes)


def _candidates() -> Iterator[str]:
    yield sys.executable
    launcher = shutil.which("py")
    if launcher is not None:
        asked = _answer([launcher, f"-{WANTED[0]}.{WANTED[1]}", "-c", _ASK])
        if asked:
            yield asked
    for name in ("python3.13", "python3", "python"):
        path = shutil.which(name)
        if path is not None:
            yield path
    home = Path.home()
    pyenv = Path(os.environ.get("PYENV_ROOT", home / ".pyenv"))  # noqa: TID251 - pyenv's own
    for folder, pattern in (
        (pyenv / "versions", "3.13*/bin/python"),
        (home / ".local/share/uv/python", "cpython-3.13*/bin/python3.13"),
    ):
        yield from (str(path) for path in sorted(folder.glob(pattern)))


def _fetched(talk: Talk) -> Path:
    """Have uv bring a Python, in a corner of its own."""
    talk.say("no Python 3.13 on this machine: fetching one with uv (about 60 MB)")
    corner = STATE / "uv"
    try:
        doing = Program(talk, PIP, lambda: "making a corner for uv")
        doing.run([sys.executable, "-m", "venv", "--clear", str(corner)])
        bring_uv(talk, in_venv(corner, "python"))
        uv = str(in_venv(corner, "uv"))
        fetching = Program(talk, UV_PYTHON, lambda: "fetching Python 3.13")
        fetching.run([uv, "python", "install", "3.13"])
    except SetupError as fault:
        raise SetupError(
            f"Python 3.13 was not found and could not be fetched: {fault} Or install it yourself"
            " (python.org, your package manager), or name it in the variable PYTHON."
        ) from fault
    found = _answer([uv, "python", "find", "3.13"])
    if not found:
        raise SetupError("uv fetched Python 3.13, but it does not run here: install it yourself.")
    return Path(found)


def _answer(command: "list[str]") -> Optional[str]:
    """Give the first line that a program answers; None when it fails."""
    try:
        asked = subprocess.run(  # noqa: S603 - a Python of this machine, or uv
            command, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return asked.stdout.strip() if asked.returncode == 0 else None
