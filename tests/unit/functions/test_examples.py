"""A body that is none, or another operation's: the example in the answer is one that is taken."""

import json

import azure.functions as func
import pytest

from shared.domain.text import text
from shared.errors import Fault, InvalidRequestError
from shared.intake.operations import OPERATIONS
from shared.intake.operations.examples import EXAMPLES
from shared.texts.reader import Language, Reader
from shared.texts.render import words
from tests.unit.functions.askers import ENTRA, ROLES, call, service
from tests.unit.functions.test_roles import USER
from tests.unit.intake.requests_of import message
from tests.unit.world.world import World

EVERY_ROLE = USER.headers(frozenset(ROLES)) | {"content-type": "application/json"}
ROUTE = {"restoreId": "x", "batchId": "x"}


async def answer_of(operation: str, body: object) -> tuple[func.HttpResponse, dict[str, object]]:
    """The answer of this operation to this body, and its document."""
    with service(World(), ENTRA):
        answer = await call(operation, EVERY_ROLE, body, ROUTE)
    return answer, json.loads(answer.get_body())


def example_in(fix: object) -> object:
    """The body that a fix shows."""
    shown = str(fix)
    return json.loads(shown[shown.index("{") : shown.rindex("}") + 1])


def test_every_operation_with_a_body_has_an_example() -> None:
    """And no other has one."""
    assert set(EXAMPLES) == {name for name, it in OPERATIONS.items() if it.body is not None}


@pytest.mark.parametrize("body", [b"", b"[]", b"{'reason': 1}", {"nobodyKnowsIt": 1}])
@pytest.mark.parametrize("name", sorted(EXAMPLES))
async def test_the_example_that_is_shown_is_taken_by_that_operation(
    name: str, body: object
) -> None:
    """Whatever else is said then of the restore in the address, the body is understood."""
    refused, problem = await answer_of(name, body)
    assert (refused.status_code, problem["code"]) == (400, "invalid-request")

    taken, _ = await answer_of(name, example_in(problem["fix"]))

    assert taken.status_code in {200, 201, 202, 404}


@pytest.mark.parametrize("body", [{"user": "\x00"}, {"kind": "mailbox", "user": "a", "reason": 1}])
async def test_a_wrong_value_is_shown_no_example(body: dict[str, object]) -> None:
    """What errors names is enough there."""
    refused, problem = await answer_of("StartRestore", {"kind": "mailbox", "user": "a@b", **body})

    assert (refused.status_code, "{" in str(problem["fix"])) == (400, False)


@pytest.mark.parametrize("language", Language)
def test_the_example_of_a_message_is_taken_by_the_queue(language: Language) -> None:
    """In both languages."""
    fault = Fault("", text("fault", "empty-body"))
    told = text("invalid-request", "message", faults=InvalidRequestError((fault,)).listed)

    shown = example_in(words(told, Reader(language)).fix)

    assert message(shown)[0].user == "megan.bowen@contoso.com"
