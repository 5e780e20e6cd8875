"""Install the desk's libraries from npm by a lock file, and copy them beside its files."""

import subprocess

from infra.local.setup.npm import install_from
from infra.local.setup.places import DESK_LIBRARIES, DESK_LOCK, ROOT, VENV, in_venv
from infra.local.talk import Talk


def are_there() -> bool:
    """Tell whether the libraries are installed and copied."""
    return DESK_LIBRARIES.is_dir() and (DESK_LOCK.parent / "node_modules").is_dir()


def install(talk: Talk) -> None:
    """Install exactly what the lock file says. Raises SetupError."""
    install_from(talk, DESK_LOCK, "the desk's libraries")
    command = [str(in_venv(VENV, "python")), "-m", "infra.desk.libraries"]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - our own module
