"""The double of the engine behaves as the engine's papers say."""

import asyncio

import pytest

from tests.doubles.logic_apps import (
    RUN_HEADER,
    Answer,
    Engine,
    LostAnswerError,
    ProtocolError,
    Request,
    Run,
)

START, THERE = "https://h.example/api/restores", "https://h.example/api/restores/1"
UNFINISHED = Answer(202, {"location": THERE, "retry-after": "7"})
DONE = Answer(200, {}, {"status": "succeeded"})
LOST = None


async def acted(*script: Answer | None) -> Run:
    """The run of one POST against a service that answers so, one after the other."""
    answers = iter(script)

    async def transport(_request: Request) -> Answer:
        answer = next(answers)
        if answer is None:
            raise LostAnswerError
        return answer

    async def wait(_seconds: float) -> None:
        """No time passes."""

    run = await Engine(transport, wait, run_id="run-1").act("POST", START, {"a": 1})
    assert next(answers, "all used") == "all used"
    return run


async def test_202_is_followed_with_get_at_its_pace() -> None:
    """Each poll waits as long as the answer before it said; the body goes with the POST alone."""
    run = await acted(UNFINISHED, UNFINISHED, DONE)

    assert [(it.method, it.url, it.body) for it in run.sent] == [
        ("POST", START, {"a": 1}),
        ("GET", THERE, None),
        ("GET", THERE, None),
    ]
    assert (run.waits, run.outcome, run.succeeded) == ([7, 7], DONE, True)


async def test_without_a_pace_it_is_twenty_seconds() -> None:
    """The default of the engine."""
    run = await acted(Answer(202, {"Location": THERE}), DONE)

    assert run.waits == [20]


@pytest.mark.parametrize("status", [200, 201, 204, 400, 404, 409, 413, 303])
async def test_anything_but_202_ends_the_wait(status: int) -> None:
    """Neither a refusal nor a redirect is tried again or followed."""
    run = await acted(UNFINISHED, Answer(status, {"Location": THERE}))

    assert (run.outcome.status, run.succeeded) == (status, 200 <= status < 300)


@pytest.mark.parametrize("bad", [Answer(408), Answer(429), Answer(500), Answer(503), LOST])
async def test_what_may_pass_is_sent_again_with_the_same_run(bad: Answer | None) -> None:
    """Four times at most, POST included, 5 to 45 seconds apart."""
    run = await acted(bad, bad, bad, bad, DONE)

    assert [it.method for it in run.sent] == ["POST"] * 5
    assert {it.headers[RUN_HEADER] for it in run.sent} == {"run-1"}
    assert run.succeeded
    assert all(5 <= wait <= 45 for wait in run.waits)


async def test_after_four_repetitions_the_action_fails() -> None:
    """With the last answer; a lost one counts as 408."""
    failed, lost = await acted(*[Answer(503)] * 5), await acted(*[LOST] * 5)

    assert (failed.outcome.status, lost.outcome.status) == (503, 408)
    assert not failed.succeeded
    assert not lost.succeeded


async def test_a_time_that_is_asked_for_is_kept() -> None:
    """429 and 503 say when to come back."""
    run = await acted(Answer(429, {"Retry-After": "90"}), Answer(503, {"retry-after": "1"}), DONE)

    assert run.waits == [90, 14]


async def test_a_poll_is_repeated_like_any_request() -> None:
    """Each request has its own repetitions."""
    run = await acted(UNFINISHED, LOST, Answer(503), UNFINISHED, Answer(429), DONE)

    assert run.succeeded
    assert [it.method for it in run.sent] == ["POST"] + ["GET"] * 5


@pytest.mark.parametrize(
    "headers",
    [
        {"Location": "/api/restores/1", "Retry-After": "1"},
        {"Location": THERE, "Retry-After": "1.5"},
        {"Location": THERE, "Retry-After": "Sun, 22 Nov 2026 12:00:00 GMT"},
    ],
    ids=["relative", "fraction", "date"],
)
async def test_what_cannot_be_followed_is_a_fault(headers: dict[str, str]) -> None:
    """A service that answers so is wrong."""
    with pytest.raises(ProtocolError):
        await acted(Answer(202, headers))


async def test_an_answer_that_takes_too_long_is_lost() -> None:
    """The engine hangs up, and sends the same again."""
    forever = asyncio.Event()

    async def transport(_request: Request) -> Answer:
        await forever.wait()
        return DONE

    async def wait(_seconds: float) -> None:
        forever.set()

    engine = Engine(transport, wait, run_id="run-1", limit_seconds=0.01)
    run = await engine.act("POST", START)

    assert (run.answers, run.waits, run.succeeded) == ([None, DONE], [7], True)


async def test_202_without_a_place_is_the_end() -> None:
    """There is nothing to follow."""
    run = await acted(Answer(202, {}, {"id": 1}))

    assert (run.outcome.body, run.succeeded) == ({"id": 1}, True)


async def test_202_for_ever_is_given_up() -> None:
    """A test that goes in circles ends."""
    with pytest.raises(ProtocolError, match="still 202"):
        await acted(*[UNFINISHED] * 501)
