"""What keeps the landscape from starting is told, each with what to do."""

import socket
import sys
from pathlib import Path

import pytest

from infra.local import preflight


def test_wrong_python_is_told() -> None:
    """Only 3.13 will do."""
    assert preflight.python_faults((3, 13)) == []
    [fault] = preflight.python_faults((3, 12))
    assert fault.startswith("Python is 3.12, 3.13 is needed")


@pytest.mark.parametrize(
    ("says", "expected"), [("v20.1.0", []), ("v18.4.0", ["Node is v18.4.0, 20 or later is needed"])]
)
def test_old_node_is_told(tmp_path: Path, says: str, expected: list[str]) -> None:
    """Node 20 is the oldest that runs Azurite here."""
    node = tmp_path / "node"
    node.write_text(f"#!/bin/sh\necho {says}\n")
    node.chmod(0o755)

    faults = preflight.node_faults(str(node))

    assert [fault.split(":")[0] for fault in faults] == expected


def test_missing_parts_are_told(tmp_path: Path) -> None:
    """No Node, no Azurite."""
    assert preflight.node_faults(str(tmp_path / "node"))[0].startswith("Node is missing")
    assert preflight.azurite_faults(tmp_path / "x") == [
        "Azurite is not installed: run `python -m infra.local setup`."
    ]


def test_taken_port_is_told() -> None:
    """A port somebody listens on is named with the option that changes it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        [fault] = preflight.port_faults(port, "--port")

    assert fault.startswith(f"Port {port} is taken")
    assert preflight.port_faults(0, "--port") == []


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("pass", []),
        (
            "import sys; print('A\\nB', file=sys.stderr); sys.exit(2)",
            ["A", "B"],
        ),
    ],
)
def test_settings_are_asked_from_the_service(program: str, expected: list[str]) -> None:
    """Exit code 0 is fine, 2 lists faults one a line."""
    assert preflight.settings_faults({}, [sys.executable, "-c", program]) == expected


def test_settings_that_cannot_be_checked_are_a_fault() -> None:
    """A broken checker never counts as a good answer."""
    [fault] = preflight.settings_faults({}, [sys.executable, "-c", "raise RuntimeError('no')"])

    assert fault.startswith("The settings could not be checked: RuntimeError: no")
