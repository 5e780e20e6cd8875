"""Share fixtures among the tests of the commands."""

from pathlib import Path

import pytest

from tests.unit.infra.fake_az import FakeAz


@pytest.fixture
def az(tmp_path: Path) -> FakeAz:
    """Give a tenant where nothing was granted yet."""
    return FakeAz(tmp_path)
