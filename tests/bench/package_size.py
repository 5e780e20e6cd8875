"""Hold the package to its size: what `make test-package` builds and runs is weighed, too.

    .venv/bin/python -m pytest tests/bench/package_size.py --package .local/package/app

Named apart from the tests, since it wants the package, which nothing but `--package` gives.
"""

from pathlib import Path

import pytest

from infra.package.archive import size_of

_MEBI = 2**20


def test_the_package_is_small(pytestconfig: pytest.Config) -> None:
    """Unpacked at most 40 MiB, and 14 MiB as it is sent."""
    app = Path(str(pytestconfig.getoption("--package")))

    unpacked = size_of(app)[1] / _MEBI
    sent = (app.parent / "reprieve.zip").stat().st_size / _MEBI

    assert unpacked <= 40
    assert sent <= 14
