"""The one entry point for every system: its commands, and what may read it."""

import ast
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from infra.deploy.__main__ import STEPS
from infra.local import commands
from infra.local.preflight import ROOT
from infra.local.setup.places import in_venv

OLDEST = (3, 9)
READ_BY_THE_OLDEST = [
    ROOT / "infra/__init__.py",
    *(ROOT / "infra/local" / f"{name}.py" for name in ("__init__", "__main__", "commands", "talk")),
    *sorted((ROOT / "infra/local/setup").glob("*.py")),
]

# What `python -m infra.local` may load before set-up has brought anything.
_NOT_OF_PYTHON = """
import sys
sys.path.insert(0, sys.argv[1])
import infra.local.commands
names = {name.partition(".")[0] for name in sys.modules}
print(*sorted(names - set(sys.stdlib_module_names) - {"infra", "__main__"}))
"""


@pytest.mark.parametrize("file", READ_BY_THE_OLDEST, ids=lambda file: file.name)
def test_oldest_python_can_read_what_brings_the_right_one(file: Path) -> None:
    """No syntax that Python 3.9 does not know."""
    ast.parse(file.read_text(encoding="utf-8"), feature_version=OLDEST)


def test_set_up_needs_the_standard_library_alone() -> None:
    """Nothing that set-up itself has to fetch."""
    command = [sys.executable, "-I", "-S", "-c", _NOT_OF_PYTHON, str(ROOT)]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603

    assert loaded.stdout.split() == []


def test_each_command_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Everything an administrator does has a line of help."""
    assert commands.main(["help"]) == 0

    listed = capsys.readouterr().out
    does = ("setup", "demo", "serve", "lose", "grant", "register", "package", "deploy", "smoke")
    assert all(f"\n  {name} " in listed for name in does)


@pytest.mark.parametrize("argv", [[], ["sevre"]])
def test_wrong_use_lists_the_commands(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and what there is."""
    assert commands.main(argv) == 2

    written = capsys.readouterr()
    assert "usage: python -m infra.local COMMAND" in written.out + written.err


@pytest.mark.parametrize("name", ["setup", "deploy", "demo", "package", "check", "release"])
def test_a_command_without_options_begins_nothing_where_it_is_asked_for_help(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else whoever only looks would have a set-up, or a deployment, under way."""
    assert commands.main([name, "--help"]) == 0

    said = capsys.readouterr().out
    assert said.startswith(f"usage: python -m infra.local {name}\n")
    assert "no options" in said


@pytest.mark.parametrize("name", ["serve", "lose", "principal", "connector", "trail"])
def test_the_help_of_a_command_names_it_as_it_is_typed(name: str) -> None:
    """And says in a sentence what it is for, before its options."""
    command = [sys.executable, *commands.COMMANDS[name].program, "--help"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603
    usage, purpose, *_ = said.stdout.split("\n\n")

    assert usage.startswith(f"usage: python -m infra.local {name} [-h]")
    assert not purpose.startswith(("options", "positional"))


@pytest.mark.parametrize("name", sorted(commands.COMMANDS))
def test_help_before_set_up_fetches_nothing(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the command is for, and how to learn more."""
    assert commands.main([name, "--help"], tmp_path / "not there") == 0

    told = capsys.readouterr().out
    assert f"python -m infra.local {name}" in told
    assert commands.COMMANDS[name].help in told
    assert "setup:" not in told


def test_each_command_leads_somewhere() -> None:
    """Its module is there, and the step of it that it names."""
    programs = [command.program for command in commands.COMMANDS.values()]

    assert [module for _, module, *_ in programs if find_spec(module) is None] == []
    assert {step for _, _, *steps in programs for step in steps} <= set(STEPS)


def test_programs_are_where_each_system_has_them() -> None:
    """`Scripts` and `.exe` on Windows, `bin` elsewhere."""
    venv = Path("here/.venv")

    assert in_venv(venv, "python", is_windows=True) == venv / "Scripts" / "python.exe"
    assert in_venv(venv, "python", is_windows=False) == venv / "bin" / "python"


def test_windows_way_of_running_a_command_hands_on_its_exit_code() -> None:
    """Where a program cannot take the place of another it is waited for."""
    assert commands.wait_for([sys.executable, "-c", "raise SystemExit(7)"]) == 7
