"""Azurite, the local storage: from npm, as its lock file says."""

import json
import re
import shutil
import subprocess

from infra.local.setup.places import AZURITE, AZURITE_LOCK
from infra.local.setup.programs import Program
from infra.local.setup.reasons import NPM, SetupError
from infra.local.talk import Talk

LEAST_NODE = 20
_FETCHED = re.compile(r"npm http fetch GET 200 \S+\.tgz ")


def is_there() -> bool:
    """Tell whether Azurite is installed."""
    return (AZURITE / "node_modules" / "azurite" / "package.json").is_file()


def install(talk: Talk) -> None:
    """Install exactly what the lock file says. Raises SetupError."""
    npm = _npm()
    packages = len(json.loads(AZURITE_LOCK.read_text(encoding="utf-8"))["packages"]) - 1
    fetched = 0

    def told(line: str) -> None:
        nonlocal fetched
        fetched += _FETCHED.match(line) is not None

    def doing() -> str:
        return f"fetching Azurite: {fetched} of {packages} packages"

    quiet = ["--no-fund", "--no-audit", "--no-update-notifier", "--loglevel=http", "--no-progress"]
    # Its own patience is a minute and more of silence.
    patience = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=30000"]
    command = [npm, "ci", "--prefix", str(AZURITE), *quiet, *patience]
    Program(talk, NPM, doing, told).run(command)


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
    _npm()


def _npm() -> str:
    npm = shutil.which("npm")
    if npm is None:
        raise SetupError("npm is missing: install it beside Node; Azurite comes from it.")
    return npm
