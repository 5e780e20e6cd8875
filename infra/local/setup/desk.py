"""Install the desk's libraries from npm by a lock file, and make what is used of them small."""

import shutil
import subprocess

from infra.local.setup.npm import install_from
from infra.local.setup.places import DESK_COPY, DESK_LIBRARIES, DESK_LOCK
from infra.local.setup.reasons import SetupError
from infra.local.talk import Talk


def are_there() -> bool:
    """Tell whether the libraries are installed and copied."""
    return DESK_LIBRARIES.is_dir() and (DESK_LOCK.parent / "node_modules").is_dir()


def install(talk: Talk) -> None:
    """Install exactly what the lock file says. Raises SetupError."""
    install_from(talk, DESK_LOCK, "the desk's libraries")
    node = shutil.which("node")
    if node is None:
        raise SetupError("node is missing: install it beside npm; the desk's libraries come by it.")
    command = [node, str(DESK_COPY), str(DESK_LIBRARIES)]
    subprocess.run(command, check=True)  # noqa: S603 - our own script
