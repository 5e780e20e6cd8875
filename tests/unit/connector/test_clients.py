"""The descriptions make good clients: generated, compiled, and reading what is answered."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from infra.connector.generate import rendered
from shared.documents.restore import restore_document
from shared.domain.outcomes import Code, outcome
from tests.builders import NOW, a_record
from tests.reading import EVERYBODY
from tests.unit.connector.described import as_generated
from tests.unit.connector.generated_client import BIN, generated

DESCRIPTIONS = ("openapi.json", "openapi-3.0.json")

READS = """
import json, sys
from datetime import datetime
from reprieve_client import AuthenticatedClient
from reprieve_client.api.restores import get_restore, start_restore
from reprieve_client.models import Restore, RestoreKind, RestoreRequest, Status
from reprieve_client.types import UNSET

ended, waiting = (Restore.from_dict(it) for it in json.load(sys.stdin))
assert ended.status is Status.SUCCEEDED and waiting.status is Status.QUEUED
assert isinstance(ended.finished_at, datetime) and waiting.finished_at is None
assert ended.outcome.code.value == "user-restored" and waiting.outcome is None
assert isinstance(waiting.kind, RestoreKind)

asked = RestoreRequest(kind=RestoreKind.USER, user="a@b.example", dry_run=True, reason=None)
assert asked.to_dict()["dryRun"] is True and asked.to_dict()["reason"] is None
"""


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_a_client_compiles_and_reads_what_the_service_answers(name: str, tmp_path: Path) -> None:
    """Every type is right by mypy's strictest measure; dates are dates, and null is None."""
    client = generated(name, tmp_path)
    documents = [
        restore_document(a_record().settle(outcome(Code.USER_RESTORED), NOW), EVERYBODY),
        restore_document(a_record(), EVERYBODY),
    ]

    strict = subprocess.run(  # noqa: S603 - the type checker beside our own interpreter
        (str(BIN / "mypy"), "--strict", "--no-incremental", "reprieve_client"),
        cwd=client,
        capture_output=True,
        text=True,
        check=False,
    )
    read = subprocess.run(  # noqa: S603 - our own interpreter
        (sys.executable, "-c", READS),
        cwd=client,
        capture_output=True,
        text=True,
        check=False,
        input=json.dumps(documents),
    )

    assert strict.returncode == 0, strict.stdout
    assert read.returncode == 0, read.stderr


def test_the_description_for_older_generators_is_valid() -> None:
    """By the schema of OpenAPI 3.0, and with every operation of the other."""
    older, newer = (json.loads(as_generated()[name]) for name in reversed(DESCRIPTIONS))

    assert [] == list(OpenAPIV30SpecValidator(older).iter_errors())
    assert older["paths"].keys() == newer["paths"].keys()
    assert older["x-webhooks"].keys() == newer["webhooks"].keys()
    assert older["components"]["schemas"].keys() == newer["components"]["schemas"].keys()


def test_older_generators_meet_nothing_they_do_not_know() -> None:
    """No second type, no constant, nothing beside a reference."""
    odd = [
        node
        for node in nodes(json.loads(as_generated()["openapi-3.0.json"]))
        if isinstance(node.get("type"), list)
        or "const" in node
        or {"type": "null"} in node.get("anyOf", [])
        or (isinstance(node.get("$ref"), str) and len(node) > 1)
    ]

    assert odd == []


def test_an_alternative_stands_only_where_nothing_else_can_say_it() -> None:
    """Generators make a class of every alternative: "or null" is a second type, not one of them."""
    description = json.loads(as_generated()["openapi.json"])
    alternatives = [it["anyOf"] for it in nodes(description) if "anyOf" in it]

    assert len(alternatives) > 5
    assert [it for it in alternatives if not any("$ref" in one for one in it)] == []


def test_no_two_sets_of_texts_are_the_same() -> None:
    """What is one thing is one type, named once and referred to."""
    description = json.loads(as_generated()["openapi.json"])
    sets = [frozenset(it["enum"]) for it in nodes(description) if len(it.get("enum", ())) > 1]

    assert len(sets) > 10
    assert len(sets) == len(set(sets))


def test_the_description_says_how_to_sign_in_and_whose_it_is() -> None:
    """The scopes to ask for, a licence, groups that are explained, and no gap in the address."""
    description = json.loads(rendered("ours.azurewebsites.net")["openapi.json"])
    flows = description["components"]["securitySchemes"]["entra"]["flows"]
    used = {it["tags"][0] for it in nodes(description) if "operationId" in it and "tags" in it}

    assert list(flows["clientCredentials"]["scopes"]) == ["api://API-CLIENT-ID/.default"]
    assert list(flows["authorizationCode"]["scopes"]) == ["api://API-CLIENT-ID/user_impersonation"]
    assert description["info"]["license"]["identifier"] == "MIT"
    assert used == {tag["name"] for tag in description["tags"]}
    assert all("operationId" in it["post"] for it in description["webhooks"].values())
    assert description["servers"][0]["url"] == "https://ours.azurewebsites.net/api"


def test_an_error_shows_what_to_do_next() -> None:
    """A generated exception has the detail for its message."""
    problem = json.loads(as_generated()["openapi.json"])["components"]["schemas"]["Problem"]

    assert problem["properties"]["detail"]["x-ms-primary-error-message"] is True


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a document."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from nodes(value)
