"""Install packages from npm, exactly as a lock file says."""

import json
import re
import shutil
from pathlib import Path

from infra.local.setup.programs import Program
from infra.local.setup.reasons import NPM, SetupError
from infra.local.talk import Talk

_FETCHED = re.compile(r"npm http fetch GET 200 \S+\.tgz ")


def install_from(talk: Talk, lock: Path, what: str) -> None:
    """Install what the lock file names, beside it. Raises SetupError."""
    packages = len(json.loads(lock.read_text(encoding="utf-8"))["packages"]) - 1
    fetched = 0

    def told(line: str) -> None:
        nonlocal fetched
        fetched += _FETCHED.match(line) is not None

    def doing() -> str:
        return f"fetching {what}: {fetched} of {packages} packages"

    quiet = ["--no-fund", "--no-audit", "--no-update-notifier", "--loglevel=http", "--no-progress"]
    # Its own patience is a minute and more of silence.
    patience = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=30000"]
    command = [npm(), "ci", "--prefix", str(lock.parent), *quiet, *patience]
    Program(talk, NPM, doing, told).run(command)


def npm() -> str:
    """Give the path of npm. Raises SetupError where it is missing."""
    found = shutil.which("npm")
    if found is None:
        raise SetupError("npm is missing: install it beside Node; Azurite comes from it.")
    return found
