"""What every door answers, to those who may and to those who may not, is what is described."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

import azure.functions as func
import pytest

from infra.local.preflight import ROOT
from shared.intake.operations import OPERATIONS
from tests.unit.connector.described import DESCRIPTION, faults
from tests.unit.functions.askers import ROLES
from tests.unit.functions.expectations import SITUATIONS
from tests.unit.functions.test_roles import USER, answer_to

PATHS = DESCRIPTION["paths"]
# What HTTP itself brings, and the language that was asked for: told once, under Accept-Language.
OF_EVERY_ANSWER = {"content-type", "content-language", "vary", "cache-control"}
# By media types in the description, or by the platform and the page of the same origin.
OF_HTTP = {"accept", "content-type", "authorization", "x-requested-with", "x-functions-key"}
WHO = {"may do everything": frozenset(ROLES), "may do nothing": frozenset[str]()}


def described(operation: str, status: int) -> dict[str, Any]:
    """What the description says of this answer. Raises: KeyError where it says nothing."""
    entry = OPERATIONS[operation]
    answers = PATHS[f"/{entry.path}"][entry.method.lower()]["responses"]
    answer: dict[str, Any] = answers[str(status)]
    return answer


def judged(operation: str, answer: func.HttpResponse) -> list[str]:
    """What is wrong with an answer, by the description."""
    says = described(operation, answer.status_code)
    headers = says.get("headers") or {}
    assert isinstance(headers, dict)
    wanted = {name for name, header in headers.items() if header.get("required")}
    wrong = [name for name in sorted(wanted) if name not in answer.headers]
    known = OF_EVERY_ANSWER | {name.lower() for name in headers}
    sent = [name for name, _ in answer.headers.items()]
    wrong += [f"unknown header {name}" for name in sent if name.lower() not in known]
    if "Location" in wanted and not urlsplit(answer.headers.get("Location", "")).netloc:
        wrong.append("Location is not absolute")
    content = says.get("content")
    if not isinstance(content, dict):
        return wrong + (["a body"] if answer.get_body() else [])
    (media_type, body), *_csv = content.items()
    schemas = body["schema"].get("anyOf", [body["schema"]])
    names = [str(schema["$ref"]).rpartition("/")[2] for schema in schemas]
    if answer.mimetype != media_type:
        wrong.append(f"media type {answer.mimetype}")
    is_lines = media_type == "application/x-ndjson"
    bodies = answer.get_body().splitlines() if is_lines else [answer.get_body()]
    for one in bodies:
        wrong += _least([faults(name, json.loads(one)) for name in names])
    return wrong


def _least(told: list[list[str]]) -> list[str]:
    return min(told, key=len)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", SITUATIONS)
async def test_the_answer_is_as_described(name: str, who: str) -> None:
    """Status, headers, media type and every field of the body."""
    situation = SITUATIONS[name]

    answer = await answer_to(situation, USER.headers(WHO[who]))

    assert judged(situation.operation, answer) == []


@pytest.mark.parametrize("name", SITUATIONS)
async def test_nobody_is_answered_as_described(name: str) -> None:
    """401 is in the description, too."""
    answer = await answer_to(SITUATIONS[name], {})

    assert judged(SITUATIONS[name].operation, answer) == []


@pytest.mark.parametrize("name", [name for name, it in SITUATIONS.items() if it.body])
async def test_a_body_that_is_not_json_is_answered_as_described(name: str) -> None:
    """400 or 415, as a problem document."""
    situation = SITUATIONS[name]
    headers = USER.headers(frozenset(ROLES)) | {"content-type": "text/plain"}

    answer = await answer_to(situation, headers)

    assert answer.status_code == 415
    assert judged(situation.operation, answer) == []


@pytest.mark.parametrize("name", SITUATIONS)
async def test_a_parameter_that_is_none_is_refused_only_where_that_is_described(name: str) -> None:
    """Where a 400 is not in the description, whatever else stands in the address is no matter."""
    situation = SITUATIONS[name]

    answer = await answer_to(
        situation, USER.headers(frozenset(ROLES)), params={"nobodyKnowsIt": "1"}
    )

    assert judged(situation.operation, answer) == []
    entry = OPERATIONS[situation.operation]
    assert (answer.status_code == 400) == bool(entry.query or entry.refuses_query)


def test_every_header_that_is_read_is_described() -> None:
    """A caller can find all that it may send; the platform's own come from the platform."""
    sources = (ROOT / "functions" / "http").rglob("*.py")
    texts = [path.read_text(encoding="utf-8") for path in sources if path.stem != "desk"]
    read = {name for text in texts for name in re.findall(r'headers\.get\("([\w-]+)"', text)}
    parameters = {
        str(parameter["name"]).lower()
        for path in PATHS.values()
        for operation in path.values()
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "header"
    }

    assert {"traceparent", "idempotency-key"} <= read
    assert read - parameters <= OF_HTTP
