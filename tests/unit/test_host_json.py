"""host.json holds what the code relies on."""

import json
import tomllib
from pathlib import Path

from functions.hosting import ROUTE_PREFIX
from shared import __version__

ROOT = Path(__file__).resolve().parents[2]
HOST = json.loads((ROOT / "host.json").read_text())


def test_location_is_built_with_the_route_prefix_of_the_host() -> None:
    """`Location` would lead nowhere if the two differed."""
    assert HOST["extensions"]["http"]["routePrefix"] == ROUTE_PREFIX


def test_queue_messages_arrive_as_they_were_written() -> None:
    """Plain JSON and base64 are both accepted, so the host must not decode."""
    assert HOST["extensions"]["queues"]["messageEncoding"] == "none"


def test_the_warning_about_poison_messages_is_logged() -> None:
    """The host says at Warning that it set a message aside; an alert reads that line."""
    assert HOST["logging"]["logLevel"]["default"] in {"Trace", "Debug", "Information", "Warning"}


def test_the_version_is_one() -> None:
    """The health answer and the project file name the same version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert project["version"] == __version__
