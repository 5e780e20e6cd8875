"""Build two Python environments: tools and tests in .venv, the product in .venv-runtime."""

import os
import shutil
import subprocess
from pathlib import Path

from infra.local.setup.interpreter import bring_uv, find_python, is_wanted
from infra.local.setup.places import RUNTIME, RUNTIME_LOCK, TOOLS_LOCK, VENV, in_venv
from infra.local.setup.programs import Program
from infra.local.setup.reasons import PIP, UV
from infra.local.talk import Talk

_OWN_INDEX = ("UV_DEFAULT_INDEX", "UV_INDEX_URL")


def are_there() -> bool:
    """Tell whether both environments have their Python; a link to one that went is none."""
    return in_venv(VENV, "python").exists() and in_venv(RUNTIME, "python").exists()


def install(talk: Talk, *, afresh: bool) -> None:
    """Install exactly what the lock files say; `afresh` begins with empty environments.

    Raises SetupError.
    """
    talk.begin(lambda: "looking for Python 3.13")
    python = find_python(talk)
    talk.say(f"Python 3.13 at {python}")
    if afresh or not is_wanted(str(in_venv(VENV, "python"))):
        talk.begin(lambda: "removing the old environments")
        for folder in (VENV, RUNTIME):
            shutil.rmtree(folder, ignore_errors=True)
        _venv(talk, python, VENV)
    if not in_venv(VENV, "uv").exists():
        bring_uv(talk, in_venv(VENV, "python"))
    _sync(talk, VENV, TOOLS_LOCK, "packages of tools and tests")
    if not in_venv(RUNTIME, "python").exists():
        uv = str(in_venv(VENV, "uv"))
        making = Program(talk, UV, lambda: "making .venv-runtime")
        making.run([uv, "venv", "--quiet", "--clear", "--python", str(python), str(RUNTIME)])
    _sync(talk, RUNTIME, RUNTIME_LOCK, "packages of the product alone")


def _venv(talk: Talk, python: Path, folder: Path) -> None:
    making = Program(talk, PIP, lambda: f"making {folder.name}")
    making.run([str(python), "-m", "venv", "--clear", str(folder)])


def _sync(talk: Talk, folder: Path, lock_file: Path, what: str) -> None:
    uv, python = str(in_venv(VENV, "uv")), str(in_venv(folder, "python"))
    command = [uv, "pip", "sync", "--python", python, "--require-hashes", str(lock_file)]
    doing = "fetching and installing"

    def told(line: str) -> None:
        if line.startswith(("Downloading ", "Downloaded ", "Prepared ", "Installed ")):
            talk.say(f"  {line}")

    Program(talk, UV, lambda: f"{doing} {what}", told).run(command, env=_uv_settings())


def _uv_settings() -> "dict[str, str]":
    """Let uv take the index that pip is configured for, unless uv has one of its own."""
    settings = {"UV_HTTP_TIMEOUT": "60"}
    if any(os.environ.get(name) for name in _OWN_INDEX):  # noqa: TID251 - uv's own settings
        return settings
    asked = subprocess.run(  # noqa: S603 - our own pip
        [str(in_venv(VENV, "python")), "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True,
        text=True,
        check=False,
    )
    index = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()  # noqa: TID251 - pip's own
    return {**settings, "UV_DEFAULT_INDEX": index} if index else settings
