"""What every door answers, to those who may and to those who may not, is what is described."""

import json
from typing import Any
from urllib.parse import urlsplit

import azure.functions as func
import pytest

from shared.intake.operations import OPERATIONS
from tests.unit.connector.described import DESCRIPTION, faults
from tests.unit.functions.askers import ROLES
from tests.unit.functions.expectations import SITUATIONS
from tests.unit.functions.test_roles import USER, answer_to

PATHS = DESCRIPTION["paths"]
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
    if "Location" in wanted and not urlsplit(answer.headers.get("Location", "")).netloc:
        wrong.append("Location is not absolute")
    content = says.get("content")
    if not isinstance(content, dict):
        return wrong + (["a body"] if answer.get_body() else [])
    (media_type, body), *_csv = content.items()
    if answer.mimetype != media_type:
        wrong.append(f"media type {answer.mimetype}")
    forms = body["schema"].get("anyOf", [body["schema"]])
    names = [str(form["$ref"]).rpartition("/")[2] for form in forms]
    found = [faults(name, json.loads(answer.get_body())) for name in names]
    return wrong + min(found, key=len)


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
