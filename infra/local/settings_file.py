"""Read and write `local.settings.json`, the settings file of Functions Core Tools.

The `Values` of the first are settings of a local run for `func start` and for our own host alike.
The second says where a running `serve` has its parts, for the other commands and for scripts of
one's own; it holds the connection string of the storage, so only its owner may read it.
Source: Microsoft Learn, "Code and test Azure Functions locally", local settings file.
"""

import json
import socket
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

NAME = "local.settings.json"
RECORD = Path(".local") / "serve.json"
# A host on this machine answers at once, or not at all.
_SECONDS = 1

# What a host of Core Tools needs from the landscape; all else it takes from its own environment.
_OF_THE_LANDSCAPE = (
    "AzureWebJobsStorage",
    "GRAPH_BASE_URL",
    "IDENTITY_ENDPOINT",
    "IDENTITY_HEADER",
    "AUTH_MODE",
)


class SettingsFileError(Exception):
    """The settings file cannot be read or must not be written; the message says what to do."""


def read_values(app_dir: Path) -> dict[str, str]:
    """Give the `Values` of the settings file, or nothing if there is no file."""
    path = app_dir / NAME
    if not path.exists():
        return {}
    try:
        values = json.loads(path.read_text(encoding="utf-8")).get("Values", {})
        return {str(name): str(value) for name, value in values.items()}
    except (ValueError, AttributeError) as fault:
        msg = f"{NAME} is not the JSON that Core Tools expect ({fault}): correct or remove it."
        raise SettingsFileError(msg) from fault


def write_values(app_dir: Path, environment: Mapping[str, str]) -> Path:
    """Write a settings file for `func start` with the addresses of a running landscape.

    A file that is there already is somebody's own, and stays.
    """
    path = app_dir / NAME
    values = {name: environment[name] for name in _OF_THE_LANDSCAPE if name in environment}
    document = {
        "IsEncrypted": False,
        "Values": {"FUNCTIONS_WORKER_RUNTIME": "python", **values},
    }
    try:
        with path.open("x", encoding="utf-8") as file:
            json.dump(document, file, indent=2)
    except FileExistsError as fault:
        msg = (
            f"{NAME} is there already: yours, or left by a run that was killed. Move it away, then"
            " start again."
        )
        raise SettingsFileError(msg) from fault
    return path


def write_record(
    path: Path, environment: Mapping[str, str], host_url: str, control_url: str | None
) -> None:
    """Write where a run has its parts, in place of what an earlier run left."""
    values = {name: environment[name] for name in _OF_THE_LANDSCAPE if name in environment}
    document = {"hostUrl": host_url, "controlUrl": control_url, "Values": values}
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(document, indent=2), encoding="utf-8")


def who_serves(app_dir: Path) -> str | None:
    """Give the address of another run that answers in this folder, or None where there is none."""
    try:
        host_url, _ = read_record(app_dir)
        address = urlsplit(host_url)
        with socket.create_connection((address.hostname, address.port), timeout=_SECONDS):
            return host_url
    except (SettingsFileError, OSError, ValueError):
        return None


def read_record(app_dir: Path) -> tuple[str, str | None]:
    """Give the addresses of the running host, and of the control of its made-up tenant.

    Raises SettingsFileError when nothing runs here.
    """
    try:
        document = json.loads((app_dir / RECORD).read_text(encoding="utf-8"))
        return str(document["hostUrl"]), document["controlUrl"]
    except (OSError, ValueError, KeyError) as fault:
        msg = "nothing is served from this folder: run `python -m infra.local serve` beside it"
        raise SettingsFileError(msg) from fault
