"""CheckRestore over HTTP: who may ask, what is answered, and the problem documents."""

import json
from collections.abc import Iterator
from datetime import timedelta

import azure.functions as func
import pytest

from functions.http.checks import check_restore
from shared.errors import AnsweredError, StorageUnavailableError, ThrottledError
from tests.builders import UPN, USER_ID, a_deleted_person, because
from tests.unit.functions.doors import content, opened, principal, request
from tests.unit.world.world import World

BODY = {"kind": "mailbox", "user": UPN}


@pytest.fixture
def world() -> Iterator[World]:
    """Give a world with one deleted user, for as long as the test runs the service's root."""
    made = World()
    made.put(a_deleted_person())
    with opened(made):
        yield made


async def ask(
    body: object = None, *, headers: dict[str, str] | None = None
) -> tuple[func.HttpResponse, dict[str, object]]:
    """The answer to this body, from a caller who may ask for a restore."""
    raw = body if isinstance(body, bytes) else json.dumps(body or BODY).encode()
    given = principal("Restore.Request") if headers is None else headers
    url = "https://host.example/api/checks"
    reply = await check_restore(func.HttpRequest("POST", url, body=raw, headers=given))
    return reply, json.loads(reply.get_body())


@pytest.mark.usefixtures("world")
async def test_whoever_may_request_may_check() -> None:
    """200 with the preflight, at once."""
    reply, body = await ask()

    assert (reply.status_code, reply.mimetype) == (200, "application/json")
    assert (body["restorable"], body["case"]) == (True, "deleted-user")
    assert body["plan"] == ["restore-user", "verify-user", "verify-mailbox"]


@pytest.mark.usefixtures("world")
async def test_a_no_is_an_answer() -> None:
    """A business "no" is 200, never an error."""
    reply, body = await ask(BODY | {"user": "nobody@contoso.com"})

    assert (reply.status_code, body["restorable"], body["case"]) == (200, False, "not-found")


@pytest.mark.parametrize(
    ("headers", "body", "status", "code"),
    [
        ({}, BODY, 401, "not-signed-in"),
        (principal(), BODY, 403, "role-missing"),
        (principal("Restore.Admin"), BODY, 403, "role-missing"),
        (principal("Restore.Request"), BODY | {"allowSynced": True}, 403, "role-missing"),
        (principal("Restore.Request"), BODY | {"onAddressConflict": "drop"}, 403, "role-missing"),
        (principal("Restore.Request"), {"kind": "mailbx"}, 400, "invalid-request"),
        (principal("Restore.Request"), b" " * 65_537, 413, "body-too-large"),
        (
            principal("Restore.Request") | {"content-type": "text/plain"},
            BODY,
            415,
            "wrong-content-type",
        ),
        (
            principal("Restore.Request") | {"idempotency-key": "a"},
            BODY | {"idempotencyKey": "b"},
            400,
            "invalid-request",
        ),
    ],
    ids=["nobody", "no role", "admin", "override", "drop", "kind", "large", "text", "two keys"],
)
async def test_what_may_not_be_asked_is_a_problem_and_asks_graph_nothing(
    world: World, headers: dict[str, str], body: object, status: int, code: str
) -> None:
    """The same documents as StartRestore's."""
    reply, problem = await ask(body, headers=headers)

    assert (reply.status_code, problem["code"]) == (status, code)
    assert reply.mimetype == "application/problem+json"
    assert world.directory.calls == []


@pytest.mark.usefixtures("world")
async def test_a_csv_file_is_told_where_it_is_taken() -> None:
    """415; the file itself is read by no check."""
    headers = principal("Restore.Request") | {"content-type": "text/csv; charset=utf-8"}

    reply, problem = await ask(b"user\nx\n", headers=headers)

    assert (reply.status_code, problem["code"]) == (415, "wrong-content-type")
    assert "POST /api/batches" in str(problem["fix"])


@pytest.mark.usefixtures("world")
async def test_an_override_is_judged_for_those_who_may() -> None:
    """With the role, the check is that of the run with the override."""
    reply, _ = await ask(
        BODY | {"allowSynced": True}, headers=principal("Restore.Request", "Restore.Override")
    )

    assert reply.status_code == 200


@pytest.mark.parametrize(
    ("wait", "header"), [(None, "10"), (timedelta(seconds=2.128), "3")], ids=["unsaid", "said"]
)
async def test_a_throttled_graph_is_503_with_its_own_time(
    world: World, wait: timedelta | None, header: str
) -> None:
    """Whole seconds, rounded up; Power Automate comes back by itself."""
    world.directory.fail_next("skus", ThrottledError(because("429"), wait))

    reply, problem = await ask()

    assert (reply.status_code, problem["code"]) == (503, "directory-unavailable")
    assert reply.headers["Retry-After"] == header
    assert reply.mimetype == "application/problem+json"


async def test_a_missing_permission_is_a_finding(world: World) -> None:
    """No error: nothing that a caller's retry could mend."""
    error = AnsweredError(status=403, code="Authorization_RequestDenied", message="No.")
    world.directory.fail_next("deleted", error)

    reply, body = await ask(BODY | {"user": USER_ID})

    assert reply.status_code == 200
    assert isinstance(body["findings"], list)
    assert [item["code"] for item in body["findings"]] == ["permission-missing"]


async def test_a_storage_that_is_down_is_503(world: World) -> None:
    """What was observed belongs to the evidence."""
    world.directory.put(a_deleted_person(licenses=(), license_states=(), plans=()))
    world.storage.observations.fail_next("last", StorageUnavailableError("down"))

    reply, problem = await ask()

    assert (reply.status_code, problem["code"]) == (503, "storage-unavailable")


async def _check_many(*restores: object) -> func.HttpResponse:
    headers = principal("Restore.Request")
    body = {"restores": list(restores)}
    answer: func.HttpResponse = await check_restore(
        request("POST", "/checks", body, headers=headers)
    )
    return answer


@pytest.mark.usefixtures("world")
async def test_many_are_checked_in_their_order() -> None:
    """Each as if it were checked alone."""
    nobody = {"kind": "user", "user": "nobody@contoso.com"}

    answer = await _check_many({"kind": "user", "user": USER_ID}, nobody)

    value = content(answer)["value"]
    assert isinstance(value, list)
    assert answer.status_code == 200
    assert [one["restorable"] for one in value] == [True, False]
    assert [one["case"] for one in value] == ["deleted-user", "not-found"]


@pytest.mark.usefixtures("world")
async def test_many_are_refused_with_every_fault_at_its_place() -> None:
    """400, and nobody is looked at."""
    answer = await _check_many({"kind": "user"}, {"user": USER_ID}, 1)

    errors = content(answer)["errors"]
    assert isinstance(errors, list)
    assert answer.status_code == 400
    found = [error["pointer"] for error in errors]
    assert found == ["/restores/0/user", "/restores/1/kind", "/restores/2"]


@pytest.mark.usefixtures("world")
async def test_a_list_with_an_empty_cell_is_told_which_entry_and_what_to_write() -> None:
    """By its number as people count, and with a list as the example, since a list was sent."""
    whole = {"kind": "user", "user": USER_ID}

    problem = content(await _check_many(whole, {"kind": "user", "user": ""}, ""))

    assert problem["detail"] == (
        "The request could not be understood: in entry 2, user is empty; write the user name, the"
        " mail address or the object id of the person; entry 3 must be a restore request, such as"
        ' {"kind": "mailbox", "user": "megan.bowen@contoso.com"}'
    )
    assert str(problem["fix"]).endswith(
        '{"restores": [{"kind": "mailbox", "user": "megan.bowen@contoso.com"}]}'
    )


@pytest.mark.parametrize("count", [0, 101])
@pytest.mark.usefixtures("world")
async def test_at_most_a_hundred_are_checked_at_once(count: int) -> None:
    """And at least one."""
    answer = await _check_many(*[{"kind": "user", "user": USER_ID}] * count)

    assert (answer.status_code, content(answer)["code"]) == (400, "invalid-request")
