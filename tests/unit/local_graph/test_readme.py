"""The document of the stand-in names everything that can be set in it."""

import json
import re
from pathlib import Path

import pytest

import infra.local.graph
from infra.local.graph.control.control import ACTIONS
from infra.local.graph.documents import load, parts, people
from infra.local.graph.rules import mailbox
from infra.local.graph.switches import Switches
from infra.local.graph.web import faults

TEXT = (Path(infra.local.graph.__file__).parent / "README.md").read_text(encoding="utf-8")
CODES = frozenset(re.findall(r"`([^`]+)`", TEXT))
ROWS = {
    line.split("`")[1]: [cell.strip() for cell in line.strip("| ").split(" | ")]
    for line in TEXT.splitlines()
    if line.startswith("| `")
}
DEFAULTS = {name: value for name, value in Switches().to_json().items() if name != "tokenRoles"}
SKU = frozenset(parts.sku({"skuId": ""})) - {"othersConsumed"}


@pytest.mark.parametrize("switch", [*DEFAULTS, "tokenRoles"])
def test_every_switch_has_a_row_with_its_source(switch: str) -> None:
    """Name, default, meaning, and what it rests on, or that nothing settles it."""
    name, default, meaning, source = ROWS[switch]

    assert name == f"`{switch}`"
    assert min(len(meaning), len(source)) > 5
    assert switch == "tokenRoles" or default == f"`{json.dumps(DEFAULTS[switch])}`"


def test_no_row_outlives_its_switch() -> None:
    """The table of the switches has nothing that is none."""
    table = TEXT.partition("## The switches")[2].partition("## ")[0]
    named = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))

    assert named == {*DEFAULTS, "tokenRoles"}


@pytest.mark.parametrize(
    "field",
    [
        *(*load.FIELDS, *people.FIELDS, *people.KEPT, *mailbox.FIELDS),
        *sorted(SKU | faults.FIELDS),
    ],
)
def test_every_field_is_named(field: str) -> None:
    """Of the document, a user, a mailbox, a SKU and a fault."""
    assert field in CODES


@pytest.mark.parametrize(("method", "path"), [(method, path) for method, path, _ in ACTIONS])
def test_every_address_of_the_control_is_named(method: str, path: str) -> None:
    """With its method."""
    assert f"{method} {path}" in CODES
