"""The desk's modules that need no page, in Node's own test runner: each file is one test here."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = sorted((HERE / "modules").glob("*.test.js"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.removesuffix(".test.js"))
def test_each_module_passes_its_own_tests(file: Path) -> None:
    """Every test of the file passes, in the zone that they are written for."""
    node = shutil.which("node")
    assert node is not None

    done = subprocess.run(  # noqa: S603 - our own tests
        [node, "--test", "--test-reporter=tap", str(file)],
        env={"TZ": "Europe/Copenhagen", "PATH": str(Path(node).parent)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stdout
    assert "# pass 0" not in done.stdout
