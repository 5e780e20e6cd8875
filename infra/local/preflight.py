"""Check for everything that would keep the local parts from starting, and report it all at once.

It imports the standard library only, in the syntax of Python 3.10: a wrong Python shall be told
in words, not by a fault at import.
"""

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AZURITE = ROOT / "infra/local/azurite/node_modules/azurite/dist/src/azurite.js"
SETTINGS_COMMAND = (sys.executable, "-m", "shared.settings")
_PYTHON = (3, 13)
_LEAST_NODE = 20
_SETTINGS_AT_FAULT = 2
_SECONDS = 60


def python_faults(version: tuple[int, ...] = sys.version_info[:2]) -> list[str]:
    """Tell what is wrong with this Python: the service runs on 3.13, here and in Azure."""
    if version == _PYTHON:
        return []
    found = ".".join(str(part) for part in version)
    return [
        f"Python is {found}, 3.13 is needed: begin with `python -m infra.local`, which brings it."
    ]


def node_faults(node: str = "node") -> list[str]:
    """Tell what is wrong with Node, which Azurite runs on."""
    path = shutil.which(node)
    if path is None:
        return ["Node is missing: install Node 20 or later, Azurite runs on it."]
    asked = subprocess.run(  # noqa: S603 - the Node found above
        [path, "--version"], capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    version = re.match(r"v(\d+)\.", asked.stdout)
    if version is None or int(version[1]) < _LEAST_NODE:
        found = asked.stdout.strip() or "unknown"
        return [f"Node is {found}, 20 or later is needed: install it, Azurite runs on it."]
    return []


def azurite_faults(azurite: Path = AZURITE) -> list[str]:
    """Tell whether Azurite is missing."""
    return (
        []
        if azurite.is_file()
        else ["Azurite is not installed: run `python -m infra.local setup`."]
    )


def port_faults(port: int, option: str) -> list[str]:
    """Tell whether something already listens on a port; 0 takes any port and is never at fault."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OverflowError:
            return [f"Port {port} is no port: give {option} a number from 0 to 65535."]
        except OSError as fault:
            reason = getattr(fault, "strerror", None) or str(fault)
            hint = ", or the variable PORT" if option == "--port" else ""
            return [f"Port {port} is taken ({reason}): free it, or name another: {option}{hint}."]
    return []


def settings_faults(
    environment: Mapping[str, str], command: Sequence[str] = SETTINGS_COMMAND
) -> list[str]:
    """Ask the service itself what is wrong with its settings.

    The command ends with 0 when nothing is, with 2 and one fault a line on standard error. What it
    says all the same is passed on: a name that is nearly a setting's does nothing.
    """
    asked = subprocess.run(  # noqa: S603 - our own program
        list(command),
        env=dict(environment),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    if asked.returncode == 0:
        sys.stderr.write(asked.stderr)
        return []
    lines = [line for line in asked.stderr.splitlines() if line.strip()]
    if asked.returncode == _SETTINGS_AT_FAULT and lines:
        return lines
    last = lines[-1] if lines else f"exit code {asked.returncode}"
    return [f"The settings could not be checked: {last} (asked by `{' '.join(command[1:])}`)."]
