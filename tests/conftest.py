"""Fixtures that every folder of tests may use."""

from collections.abc import Iterator

import pytest

from infra.local.landscape import Azurite, start_azurite


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the end-to-end tests run the built package: `--package .local/package/app`."""
    parser.addoption(
        "--package", help="the folder of the built package to run in place of the tree"
    )


@pytest.fixture(scope="session")
def azurite() -> Iterator[Azurite]:
    """Give the one storage emulator of this test session; use names of your own in it."""
    with start_azurite() as running:
        yield running
