"""Generate the client that a developer gets from a description of the API."""

import os
import subprocess
import sys
from pathlib import Path

from tests.unit.connector.connector import FOLDER

BIN = Path(sys.executable).parent


def generated(name: str, folder: Path) -> Path:
    """The folder of the client; a warning of the generator is a fault."""
    command = (
        *(str(BIN / "openapi-python-client"), "generate", "--path", str(FOLDER / name)),
        *("--output-path", str(folder / "client"), "--fail-on-warning"),
    )
    path = f"{BIN}{os.pathsep}{os.defpath}"
    done = subprocess.run(  # noqa: S603 - the generator beside our own interpreter
        command, env={"PATH": path}, capture_output=True, text=True, check=False, cwd=folder
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "client"
