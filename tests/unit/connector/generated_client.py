"""Generate the client that a developer gets from a description of the API."""

import os
import subprocess
import sys
from pathlib import Path

from tests.unit.connector.connector import FOLDER

BIN = Path(sys.executable).parent


# What the generator does not know by itself; `infra/connector/README.md` tells developers the same.
CONFIG = "content_type_overrides:\n  text/csv: application/octet-stream\n"


def generated(name: str, folder: Path) -> Path:
    """The folder of the client; a warning of the generator is a fault."""
    config = folder / "client.yaml"
    config.write_text(CONFIG, encoding="utf-8")
    command = (
        *(str(BIN / "openapi-python-client"), "generate", "--path", str(FOLDER / name)),
        *("--config", str(config)),
        *("--output-path", str(folder / "client"), "--fail-on-warning"),
    )
    path = f"{BIN}{os.pathsep}{os.defpath}"
    done = subprocess.run(  # noqa: S603 - the generator beside our own interpreter
        command, env={"PATH": path}, capture_output=True, text=True, check=False, cwd=folder
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "client"
