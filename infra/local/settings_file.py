"""`local.settings.json`, the settings file of Azure Functions Core Tools.

Its `Values` are settings of a local run for `func start` and for our own host alike.
Source: Microsoft Learn, "Code and test Azure Functions locally", local settings file.
"""

import json
from collections.abc import Mapping
from pathlib import Path

NAME = "local.settings.json"

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
