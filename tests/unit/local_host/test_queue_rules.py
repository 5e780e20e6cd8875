"""The decisions of the queue listener."""

from datetime import timedelta
from random import Random

import pytest

from infra.local.host.queues.rules import (
    IdleDelay,
    QueuesExtension,
    Step,
    after_run,
    before_run,
    decode_body,
    encode_body,
    poison_queue_of,
)


@pytest.mark.parametrize(
    ("dequeue_count", "has_poison", "extension", "expected"),
    [
        (1, True, QueuesExtension.FROM_5_3_8, Step.RUN),
        (5, True, QueuesExtension.FROM_5_3_8, Step.RUN),
        (6, True, QueuesExtension.FROM_5_3_8, Step.POISON),
        (6, True, QueuesExtension.UP_TO_5_3_7, Step.POISON),
        (5, False, QueuesExtension.UP_TO_5_3_7, Step.RUN),
        (6, False, QueuesExtension.UP_TO_5_3_7, Step.LEAVE),
        (6, False, QueuesExtension.FROM_5_3_8, Step.RUN),
    ],
)
def test_a_message_tried_too_often_is_not_run(
    dequeue_count: int, *, has_poison: bool, extension: QueuesExtension, expected: Step
) -> None:
    """Over maxDequeueCount the function is not called any more, or is, on a poison queue."""
    step = before_run(
        dequeue_count=dequeue_count,
        max_dequeue_count=5,
        has_poison=has_poison,
        extension=extension,
    )

    assert step is expected


@pytest.mark.parametrize(
    ("succeeded", "dequeue_count", "has_poison", "expected"),
    [
        (True, 1, True, Step.DELETE),
        (True, 9, False, Step.DELETE),
        (False, 4, True, Step.RELEASE),
        (False, 5, True, Step.POISON),
        (False, 1, False, Step.LEAVE),
        (False, 9, False, Step.LEAVE),
    ],
)
def test_a_run_decides_what_becomes_of_its_message(
    dequeue_count: int, *, succeeded: bool, has_poison: bool, expected: Step
) -> None:
    """Success deletes; failure releases, poisons, or leaves what has no poison queue."""
    step = after_run(
        succeeded=succeeded,
        dequeue_count=dequeue_count,
        max_dequeue_count=5,
        has_poison=has_poison,
    )

    assert step is expected


@pytest.mark.parametrize(
    ("queue", "expected"),
    [
        ("jobs", "jobs-poison"),
        ("jobs-poison", None),
        ("x" * 56, "x" * 56 + "-poison"),
        ("x" * 57, None),
    ],
)
def test_which_queue_has_a_poison_queue(queue: str, expected: str | None) -> None:
    """Every queue, except a poison queue and one whose poison queue's name were too long."""
    assert poison_queue_of(queue) == expected


@pytest.mark.parametrize("wire", ['{"a": 1}', "abc", "YQ", "é"])
def test_what_is_no_base64_is_told_apart(wire: str) -> None:
    """A body that is not the base64 it should be is None."""
    assert decode_body(wire, is_base64=True) is None


@pytest.mark.parametrize("is_base64", [True, False])
def test_body_survives_the_wire(*, is_base64: bool) -> None:
    """What is encoded is decoded to the same."""
    assert decode_body(
        encode_body(b"\xc3\xa9t\xc3\xa9", is_base64=is_base64), is_base64=is_base64
    ) == (b"\xc3\xa9t\xc3\xa9")


def test_white_space_in_base64_is_skipped() -> None:
    """Line breaks in base64 are no fault."""
    assert decode_body("YW\nJj ", is_base64=True) == b"abc"


def test_idle_delay_doubles_up_to_its_ceiling() -> None:
    """The wait grows from 100 ms to the ceiling, stays there, and starts again after a message."""
    least, most = timedelta(milliseconds=100), timedelta(seconds=2)
    delay = IdleDelay(least, most, Random(1))  # noqa: S311 - a test

    waits = [delay.after(found=False) for _ in range(8)]

    assert waits == sorted(waits)
    assert waits[0] < timedelta(milliseconds=250)
    assert waits[-2:] == [most, most]
    assert delay.after(found=True) == least
