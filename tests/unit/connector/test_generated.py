"""The committed descriptions are what the product's own table gives, and are valid OpenAPI."""

import json
import struct
from itertools import zip_longest
from pathlib import Path

import pytest
from openapi_spec_validator import OpenAPIV2SpecValidator, OpenAPIV31SpecValidator

from infra.connector import declared
from infra.connector.generate import main, rendered
from infra.connector.openapi.description import parameters_in_path
from shared.intake.operations import OPERATIONS
from tests.unit.connector.connector import FOLDER, committed
from tests.unit.connector.described import as_generated

GENERATED = (
    *("apiDefinition.swagger.json", "apiProperties.json"),
    *("openapi.json", "openapi-3.0.json", "CODES.md"),
)


@pytest.mark.parametrize("name", GENERATED)
def test_the_committed_file_is_up_to_date(name: str) -> None:
    """Whoever changes an operation or a field runs `make connector`."""
    made = as_generated()[name].splitlines()
    kept = (FOLDER / name).read_text(encoding="utf-8").splitlines()

    differing = next((pair for pair in zip_longest(made, kept) if pair[0] != pair[1]), None)
    assert differing is None, f"run `make connector` and commit {name}; the first line: {differing}"


@pytest.mark.parametrize(
    "words",
    [
        "each has its journal at /api/restores/{restoreId}/journal.",
        "No mailbox has answered for &lt;hours&gt; hours.",
        "&lt;count&gt; people have a similar name; candidates lists them.",
    ],
    ids=["address", "hours", "people"],
)
def test_the_page_of_codes_reads_as_sentences(words: str) -> None:
    """What is filled in is named, and what is no value stands as the service says it."""
    assert words in as_generated()["CODES.md"]


def test_the_page_of_codes_says_nothing_twice() -> None:
    """Two rows of a code that read alike are one to a reader."""
    sections = as_generated()["CODES.md"].split("\n### ")
    rows = [[row for row in section.splitlines() if row[:2] == "| "] for section in sections]

    assert all(len(set(of_code)) == len(of_code) for of_code in rows)


def test_every_field_is_described() -> None:
    """By its own words, or by those of the type that it refers to."""
    schemas = json.loads(as_generated()["openapi.json"])["components"]["schemas"]
    bare = {
        f"{name}.{field}"
        for name, schema in schemas.items()
        for field, told in schema.get("properties", {}).items()
        if not told.keys() & {"description", "$ref"}
    }

    assert bare == set()


def test_the_list_of_functions_is_what_the_decorators_declare() -> None:
    """Whoever adds a function or changes its route runs `make connector`."""
    kept = declared.PLACE.read_text(encoding="utf-8")

    assert kept == declared.rendered(), "run `make connector` and commit functions/declared.py"


def test_the_same_comes_out_every_time() -> None:
    """A diff shows what was changed and nothing else."""
    assert rendered() == as_generated()


def test_the_definition_is_valid_openapi_2() -> None:
    """By the specification's own schema."""
    assert [] == list(OpenAPIV2SpecValidator(committed().definition).iter_errors())


def test_the_description_is_valid_openapi_31() -> None:
    """By the specification's own schema."""
    document = json.loads(as_generated()["openapi.json"])

    assert [] == list(OpenAPIV31SpecValidator(document).iter_errors())


def test_the_description_has_every_operation() -> None:
    """Those that flow makers are not shown, too."""
    paths = json.loads(as_generated()["openapi.json"])["paths"]

    named = {item["operationId"] for methods in paths.values() for item in methods.values()}
    assert named == set(OPERATIONS)


def test_every_id_in_a_path_can_be_had_from_an_answer() -> None:
    """The description links what answers with an id to whatever takes it, and to nothing else."""
    paths = json.loads(as_generated()["openapi.json"])["paths"]
    answered = [item for methods in paths.values() for item in methods.values()]

    links = [
        (link["operationId"], name)
        for item in answered
        for reply in item["responses"].values()
        for link in reply.get("links", {}).values()
        for name in link["parameters"]
    ]

    taking = {(op.id, name) for op in OPERATIONS.values() for name in parameters_in_path(op.path)}
    # A person's id is the directory's: it is in documents, and never their own.
    assert set(links) == taking - {("ErasePerson", "userId")}
    assert all("links" not in item["responses"].get("404", {}) for item in answered)


def test_an_empty_parameter_is_described_as_what_it_is() -> None:
    """As good as left out, in every list: flows write nothing where an expression gave nothing."""
    paths = json.loads(as_generated()["openapi.json"])["paths"]
    answered = [item for methods in paths.values() for item in methods.values()]

    asked = [it for item in answered for it in item.get("parameters", []) if it["in"] == "query"]

    assert len(asked) > 5
    assert all(parameter["allowEmptyValue"] is True for parameter in asked)


def test_another_host_is_written_elsewhere(tmp_path: Path) -> None:
    """A deployment puts its own name in without touching the committed files."""
    main(["--host", "ours.azurewebsites.net", "--into", str(tmp_path / "out")])

    written = json.loads((tmp_path / "out" / "apiDefinition.swagger.json").read_text("utf-8"))
    assert written["host"] == "ours.azurewebsites.net"
    assert {**written, "host": committed().definition["host"]} == committed().definition


def test_the_icon_is_a_square_of_its_size() -> None:
    """230 by 230 pixels, PNG, without transparency."""
    icon = (FOLDER / "icon.png").read_bytes()

    assert icon[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, depth, colors = struct.unpack(">IIBB", icon[16:26])
    assert (width, height, depth, colors) == (230, 230, 8, 2)


def test_the_settings_are_an_example_without_ids() -> None:
    """Whoever deploys it fills them in; paconn reads this file."""
    settings = json.loads((FOLDER / "settings.json").read_text("utf-8"))

    assert (settings["connectorId"], settings["environment"]) == (None, "ENVIRONMENT-ID")
    named = [settings[key] for key in ("apiProperties", "apiDefinition", "icon")]
    assert all((FOLDER / name).is_file() for name in named)
