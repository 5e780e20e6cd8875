"""Install Azurite, the storage emulator, from npm by its lock file."""

import re
import shutil
import subprocess

from infra.local.setup.npm import install_from, npm
from infra.local.setup.places import AZURITE, AZURITE_LOCK
from infra.local.setup.reasons import SetupError
from infra.local.talk import Talk

LEAST_NODE = 20


def is_there() -> bool:
    """Tell whether Azurite is installed."""
    return (AZURITE / "node_modules" / "azurite" / "package.json").is_file()


def install(talk: Talk) -> None:
    """Install exactly what the lock file says. Raises SetupError."""
    install_from(talk, AZURITE_LOCK, "Azurite")


def check_node() -> None:
    """Raise SetupError unless there is a Node that Azurite runs on, with npm."""
    node = shutil.which("node")
    if node is None:
        raise SetupError(
            f"Node is missing: install Node {LEAST_NODE} or later with npm (nodejs.org); Azurite,"
            " the local storage, runs on it."
        )
    asked = subprocess.run(  # noqa: S603 - the Node found above
        [node, "--version"], capture_output=True, text=True, check=False
    )
    version = re.match(r"v(\d+)\.", asked.stdout)
    if version is None or int(version[1]) < LEAST_NODE:
        found = asked.stdout.strip() or "of an unknown version"
        raise SetupError(
            f"Node is {found}: Azurite, the local storage, needs {LEAST_NODE} or later. Install it"
            " (nodejs.org) and run again."
        )
    npm()
