"""Install the tools of infra/: `.venv-infra`, and packages from npm (infra/checks/node).

Python 3.13, because the package is byte-compiled by it and byte code is of one Python's making.
Everything is held to the hashes of the lock files. Runs again only when one of them changed.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.deploy.lock import locked

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv-infra"
NODE = ROOT / "infra" / "checks" / "node"

_REQUIREMENTS = ROOT / "infra" / "requirements.txt"
_LOCK = ROOT / ".local" / "tools.lock"
_WANTED = (3, 13)
_SCRIPTS = "Scripts" if os.name == "nt" else "bin"
_SUFFIX = ".exe" if os.name == "nt" else ""


class MissingToolError(Exception):
    """Something that nobody can fetch from here is missing; the message says what to install."""


def python() -> Path:
    """The interpreter of `.venv-infra`, which is made if it is not there.

    Raises: MissingToolError; CalledProcessError, after the tool that failed has said why.
    """
    interpreter = VENV / _SCRIPTS / f"python{_SUFFIX}"
    with locked(_LOCK):
        stamp = VENV / ".stamp"
        wanted = _digest(_REQUIREMENTS, Path(__file__))
        if _read(stamp) != wanted or not interpreter.is_file():
            print("infra: the tools, in .venv-infra", flush=True)
            stamp.unlink(missing_ok=True)
            if not interpreter.is_file():
                _run([_interpreter(), "-m", "venv", "--clear", str(VENV)])
            _install(interpreter)
            stamp.write_text(wanted, encoding="utf-8")
    return interpreter


def node() -> Path:
    """The folder of the tools from npm, with the tools in it.

    Raises: MissingToolError; CalledProcessError, after npm has said why.
    """
    with locked(_LOCK):
        stamp = NODE / "node_modules" / ".stamp"
        wanted = _digest(NODE / "package-lock.json")
        if _read(stamp) != wanted:
            print("infra: the tools from npm", flush=True)
            _run([_npm(), "ci", "--prefix", str(NODE), "--silent", "--no-fund", "--no-audit"])
            stamp.write_text(wanted, encoding="utf-8")
    return NODE


def _install(interpreter: Path) -> None:
    """Put exactly the locked tools there; the first of them, uv, comes by pip and its hash."""
    uv = interpreter.with_name(f"uv{_SUFFIX}")
    if not uv.is_file():
        with TemporaryDirectory() as folder:
            alone = Path(folder) / "uv.txt"
            alone.write_text(_locked("uv"), encoding="utf-8")
            pip = [str(interpreter), "-m", "pip", "install", "--quiet", "--require-hashes"]
            _run([*pip, "--disable-pip-version-check", "--requirement", str(alone)])
    sync = [str(uv), "pip", "sync", "--quiet", "--python", str(interpreter), "--require-hashes"]
    _run([*sync, str(_REQUIREMENTS)])


def _locked(name: str) -> str:
    """The entry of one package in the lock file, hashes and all."""
    text = _REQUIREMENTS.read_text(encoding="utf-8")
    found = re.search(rf"^{name}==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise MissingToolError(f"{_REQUIREMENTS.name} has no {name}")
    return re.sub(r"^\s+#.*$", "", found[0], flags=re.MULTILINE)


def _interpreter() -> str:
    """A Python 3.13: this one, that of `make setup`, or one on the PATH."""
    candidates = (
        sys.executable,
        str(ROOT / ".venv" / _SCRIPTS / f"python{_SUFFIX}"),
        shutil.which("python3.13"),
        shutil.which("python"),
    )
    for candidate in candidates:
        if candidate is not None and _is_wanted(candidate):
            return candidate
    raise MissingToolError(
        "Python 3.13 is missing: install it (python.org), or run `make setup`, which fetches one."
    )


def _is_wanted(interpreter: str) -> bool:
    test = f"import sys, venv; raise SystemExit(sys.version_info[:2] != {_WANTED})"
    try:
        done = subprocess.run(  # noqa: S603 - an interpreter of this machine
            [interpreter, "-c", test], capture_output=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def _npm() -> str:
    npm = shutil.which("npm")
    if npm is None:
        raise MissingToolError("npm is missing: install Node 20 or later, which brings it.")
    return npm


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603 - our own arguments


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def _digest(*paths: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
