"""The end-to-end tests on the package bring along all that their launcher imports of the tests."""

import subprocess
import sys
from pathlib import Path

from infra.local.preflight import ROOT
from tests.e2e.stage.packaged import LAUNCHER

_TELL = """
import sys, tests.e2e.stage.launcher
files = (getattr(one, "__file__", None) for name, one in sys.modules.items()
         if name.startswith("tests."))
print(*filter(None, files), sep="\\n")
"""


def test_what_the_launcher_imports_is_brought_along() -> None:
    """No file more, and none less: what is missing there fails each of those tests."""
    command = [sys.executable, "-c", _TELL]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    files = {Path(file).relative_to(ROOT).as_posix() for file in told.stdout.split()}
    assert {file for file in files if not file.endswith("__init__.py")} == set(LAUNCHER)
