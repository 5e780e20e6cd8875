"""The connector's README tells a flow maker and an administrator what they need."""

import re

import pytest

from shared.intake.operations import OPERATIONS
from tests.unit.connector.connector import FOLDER, committed

README = (FOLDER / "README.md").read_text(encoding="utf-8")
# Source: PowerPlatformConnectors, `templates/certified-connectors/readme.md`.
SECTIONS = [
    "Publisher: Reprieve",
    "Prerequisites",
    "Supported Operations",
    "Obtaining Credentials",
    "Getting Started",
    "Deployment",
    "Known Issues and Limitations",
    "Frequently Asked Questions",
]
ROWS = {
    match[2]: match for match in re.finditer(r"\| ([^|]+) \(`(\w+)`\) \| (.+) \| (.+) \|", README)
}
SHOWN = [it for it in committed().operations if it["x-ms-visibility"] != "internal"]


def test_the_readme_has_the_sections_of_the_template() -> None:
    """In this order, under the title of the connector."""
    assert README.startswith(f"# {committed().definition['info']['title']}\n")
    assert SECTIONS == re.findall(r"^## (.+)$", README, re.MULTILINE)


@pytest.mark.parametrize("operation", SHOWN, ids=lambda it: str(it["operationId"]))
def test_every_operation_is_listed_by_its_name(operation: dict[str, str]) -> None:
    """As the designer shows it."""
    assert ROWS[operation["operationId"]][1] == operation["summary"]


def test_nothing_else_is_listed() -> None:
    """What was taken away is not promised."""
    assert set(ROWS) == {it["operationId"] for it in SHOWN}


@pytest.mark.parametrize("name", sorted(set(ROWS) & set(OPERATIONS)))
def test_the_roles_are_those_that_are_demanded(name: str) -> None:
    """One that is named lets in; one that lets in to one's own restores is named, too."""
    named = set(re.findall(r"`(Restore\.\w+)`", ROWS[name][4]))

    assert named <= set(OPERATIONS[name].roles)
    assert named | {"Restore.Read"} >= set(OPERATIONS[name].roles)


def test_every_id_to_fill_in_is_explained() -> None:
    """The placeholders of the files that are deployed."""
    text = (FOLDER / "apiProperties.json").read_text(encoding="utf-8")

    placeholders = set(re.findall(r'"([A-Z]+(?:-[A-Z]+)+)"', text))
    assert placeholders == {
        "CLIENT-ID-OF-THE-CONNECTOR",
        "CLIENT-ID-OF-THE-FUNCTION-APP",
        "TENANT-ID",
    }
    assert all(f"`{placeholder}`" in README for placeholder in placeholders)
