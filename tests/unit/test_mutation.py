"""`make mutate` on a project of one rule: what it tries, what it says, and where it goes on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_RUN = """
import sys
sys.path.append(sys.argv.pop(1))
from tests.mutation.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
_SETTINGS = """
[tool.mutmut]
source_paths = ["rules"]
pytest_add_cli_args_test_selection = ["test_retention.py"]
[tool.pytest.ini_options]
addopts = ["--import-mode=importlib"]
pythonpath = ["."]
"""
_RULES = """
def is_open(days):
    return days < 30

def is_over(days):
    return not is_open(days)
"""
_TESTS = """
from rules.retention import is_open

def test_a_day_after_it_is_open():
    assert is_open(1)

def test_a_year_after_it_is_not():
    assert not is_open(365)
"""
_BOUNDARY = """
def test_it_is_open_up_to_thirty_days():
    assert is_open(29) and not is_open(30)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project with one rule that its tests hold in part, and one that no test runs."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "retention.py").write_text(_RULES, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(_SETTINGS, encoding="utf-8")
    (tmp_path / "test_retention.py").write_text(_TESTS, encoding="utf-8")
    return tmp_path


def _mutate(project: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-c", _RUN, str(_ROOT), *arguments]
    # The project needs none of the plugins that each of these runs of pytest would load.
    env = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # noqa: TID251 - a child's environment
    done = subprocess.run(  # noqa: S603 - our own
        command, cwd=project, env=env, check=False, capture_output=True, text=True
    )
    return done.returncode, done.stdout


def test_it_goes_on_from_where_it_was(project: Path) -> None:
    """What no test noticed is named, and tried again; what one did is not, unless asked for.

    The boundary is held by no test at first, and the second rule by none at all.
    """
    _, first = _mutate(project)
    tests = project / "test_retention.py"
    tests.write_text(_TESTS + _BOUNDARY, encoding="utf-8")
    _, second = _mutate(project)

    assert "4 changes, of which 4 are to be tried" in first
    assert "0 noticed by a test, 4 not, 0 not tried" in first
    assert "4 changes, of which 4 are to be tried" in second
    assert "2 noticed by a test, 2 not, 0 not tried" in second
    assert "rules.retention.x_is_over__mutmut_1" in second
    assert "is_open" not in second
    assert "2 changes, of which 0 are to be tried" in _mutate(project, "*is_open*")[1]
    assert "2 changes, of which 2 are to be tried" in _mutate(project, "*is_open*", "--again")[1]


def test_nothing_is_tried_by_tests_that_fail_anyway(project: Path) -> None:
    """They would notice every change."""
    failing = "\ndef test_what_is_wrong():\n    assert is_open(31)\n"
    (project / "test_retention.py").write_text(_TESTS + failing, encoding="utf-8")

    code, said = _mutate(project)

    assert code == 1
    assert "a test fails without any change: test_retention.py::test_what_is_wrong" in said


def test_a_name_that_fits_nothing_is_said(project: Path) -> None:
    """So that nobody takes it for a success."""
    code, said = _mutate(project, "rules.gone.*")

    assert code == 1
    assert "no change has a name like rules.gone.*" in said
