"""Several reads in one request: each part asked and answered as if it were alone."""

import json
from datetime import timedelta

import httpx
import pytest

from shared.errors import AnsweredError, OutcomeUnknownError, Quota, ThrottledError
from shared.graph.calls import requests
from shared.graph.models.shapes import UserShape
from shared.graph.wire import failed_calls
from shared.graph.wire.http_answer import HttpAnswer
from tests.unit.graph.wire import HOST, USER_ID, Wire, ok, refused

ME = {"id": USER_ID, "userPrincipalName": "m@contoso.com"}


async def asked_of(wire: Wire, count: int) -> list[HttpAnswer]:
    """Ask for so many users at once."""
    client = wire.client()
    return await client.batch([requests.active_user(client.api, USER_ID) for _ in range(count)])


async def test_answers_come_in_the_order_of_the_questions() -> None:
    """Graph answers in any order; each part has its own status and body."""
    wire = Wire(ok(ME), refused(404, "Request_ResourceNotFound"), ok({"id": "other"}))
    first, second, third = await asked_of(wire, 3)

    assert failed_calls.taken(first, UserShape).user_principal_name == "m@contoso.com"
    with pytest.raises(AnsweredError) as raised:
        failed_calls.taken(second, UserShape)
    assert (raised.value.status, raised.value.request_id) == (404, "whole")
    assert failed_calls.taken(third, UserShape).id == "other"
    assert [str(one.url) for one in wire.sent] == [f"https://{HOST}/v1.0/$batch"]


async def test_more_than_twenty_are_asked_twenty_at_a_time() -> None:
    """Graph takes no more in one request."""
    wire = Wire(ok(ME))
    answers = await asked_of(wire, 41)

    sizes = [len(json.loads(one.content)["requests"]) for one in wire.sent]
    assert sizes == [20, 20, 1]
    assert len(answers) == 41


async def test_no_question_is_no_request() -> None:
    """Nothing asked, nothing sent."""
    wire = Wire(ok(ME))

    assert await asked_of(wire, 0) == []
    assert wire.sent == []


async def test_a_part_that_is_throttled_says_which_quota_and_how_long() -> None:
    """By its own headers and its own address."""
    scope = "Tenant_Application/Write/a/b"
    wire = Wire(refused(429, "TooMany", retry_after="7", x_ms_throttle_scope=scope))
    client = wire.client()
    parts = [
        requests.active_user(client.api, USER_ID),
        requests.mailbox_settings(client.api, USER_ID),
    ]
    directory, mailbox = await client.batch(parts)

    with pytest.raises(ThrottledError) as raised:
        failed_calls.taken(directory, UserShape)
    assert (raised.value.retry_after, raised.value.quota) == (timedelta(seconds=7), Quota.WRITES)
    with pytest.raises(ThrottledError) as raised:
        failed_calls.taken(mailbox, UserShape)
    assert raised.value.quota is None


async def test_a_batch_that_is_throttled_as_a_whole_is_throttled() -> None:
    """Nothing was learnt of any part."""
    client = Wire(ok()).client()
    whole = httpx.Response(429, json={"error": {"code": "TooManyRequests", "message": "x"}})
    raw = _Whole(whole).client()
    parts = [requests.active_user(client.api, USER_ID) for _ in range(2)]

    with pytest.raises(ThrottledError):
        await raw.batch(parts)


async def test_a_batch_that_is_refused_as_a_whole_is_asked_part_by_part() -> None:
    """One part may be the reason, and the others are not to be told so."""
    refusal = httpx.Response(400, json={"error": {"code": "BadRequest", "message": "x"}})
    wire = _Whole(refusal, ok(ME))
    client = wire.client()
    parts = [requests.active_user(client.api, USER_ID) for _ in range(2)]

    answers = await client.batch(parts)

    assert [answer.status for answer in answers] == [200, 200]
    assert len(wire.asked) == 2


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"[]",
        b"{}",
        b'{"responses": 7}',
        b'{"responses": []}',
        b'{"responses": [7, {"id": "1", "status": 200}]}',
        b'{"responses": [{"id": "0", "status": "200"}]}',
        b"[" * 100_000,
    ],
)
async def test_an_answer_that_is_no_batch_is_an_unknown_outcome(body: bytes) -> None:
    """Not JSON, no list, no answer to a part: nothing was learnt."""
    client = _Whole(httpx.Response(200, content=body)).client()

    with pytest.raises(OutcomeUnknownError):
        await client.batch([requests.active_user(client.api, USER_ID) for _ in range(2)])


async def test_a_part_without_a_body_is_no_user() -> None:
    """A good status alone says nothing."""
    row = {"id": "0", "status": 200, "headers": {"Content-Length": "0", "Content-Encoding": "gzip"}}
    rows = [row, {**row, "id": "1"}]
    client = _Whole(httpx.Response(200, json={"responses": rows})).client()
    parts = [requests.active_user(client.api, USER_ID) for _ in range(2)]
    answer, _ = await client.batch(parts)

    with pytest.raises(OutcomeUnknownError):
        failed_calls.taken(answer, UserShape)


class _Whole(Wire):
    """A wire that answers a batch with this, whatever its parts, and others as queued."""

    def __init__(self, whole: httpx.Response, *others: httpx.Response) -> None:
        super().__init__(*others)
        self._whole = whole

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/$batch"):
            return super()._answer(request)
        self.sent.append(request)
        return self._whole
