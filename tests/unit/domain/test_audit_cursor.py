"""The audit cursor: what is believed of it, who may read on, and what is read next."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shared.domain.progress import Lease
from shared.domain.watch.audit_cursor import (
    ANSWER_LIFE,
    FRESH,
    MOST_REQUESTS,
    READING_LIFE,
    REFUSAL_LIFE,
    REQUESTS_PER,
    WHOLE_AGAIN,
    AuditCursor,
    generation_name,
)
from tests.builders import NOW

SECOND = timedelta(seconds=1)
SINCE = NOW - timedelta(days=31)
READ = AuditCursor("g", SINCE, NOW, NOW, pages=1)
BIG = replace(READ, pages=3)


@pytest.mark.parametrize(
    ("age", "asked_after", "found", "expected"),
    [
        (timedelta(0), timedelta(0), None, True),
        (ANSWER_LIFE, timedelta(0), None, True),
        (ANSWER_LIFE + SECOND, timedelta(0), None, False),
        (2 * SECOND, SECOND, None, False),
        (2 * SECOND, SECOND, NOW, True),
        (FRESH, SECOND, NOW, True),
        (FRESH + SECOND, SECOND, NOW, False),
    ],
)
def test_what_is_believed(
    age: timedelta, asked_after: timedelta, found: datetime | None, *, expected: bool
) -> None:
    """An entry for a minute; that there is none, only of a read since the question."""
    believed = READ.is_believed(found, since=SINCE, asked_at=NOW + asked_after, now=NOW + age)

    assert believed is expected


def test_a_trail_that_does_not_reach_back_says_nothing() -> None:
    """Neither one never read, nor one of a shorter window."""
    for cursor in (AuditCursor(), replace(READ, covers_from=SINCE + SECOND)):
        assert not cursor.is_believed(NOW, since=SINCE, asked_at=NOW, now=NOW)
        assert not cursor.is_recent(since=SINCE, now=NOW)


def test_a_held_trail_is_waited_for_until_the_hold_runs_out() -> None:
    """Whoever crashed keeps the others waiting for less than a minute."""
    held = replace(READ, lease=Lease("w", NOW + SECOND))

    assert held.wait(NOW) == SECOND
    assert held.wait(NOW + SECOND) is None


def test_the_quota_is_kept() -> None:
    """So many requests in ten seconds, and the next when the first of them is that old."""
    cursor = READ
    for at in range(MOST_REQUESTS):
        assert cursor.may_send(NOW + at * SECOND)
        cursor = cursor.sending(NOW + at * SECOND)

    free_at = NOW + REQUESTS_PER
    assert not cursor.may_send(free_at - SECOND)
    assert replace(cursor, lease=None).wait(free_at - SECOND) == SECOND
    assert cursor.may_send(free_at)
    assert len(cursor.sending(free_at).sent) == MOST_REQUESTS


@pytest.mark.parametrize(
    ("cursor", "later", "is_whole"),
    [
        (AuditCursor(), timedelta(0), True),
        (READ, SECOND, True),
        (BIG, SECOND, False),
        (BIG, WHOLE_AGAIN, True),
        (replace(BIG, covers_from=SINCE + timedelta(days=1)), SECOND, True),
    ],
)
def test_what_is_read_next(cursor: AuditCursor, later: timedelta, *, is_whole: bool) -> None:
    """All of a small log, the end of a large one, and all of that once a day."""
    reading = cursor.taken("w", SINCE, NOW + later).reading

    assert reading is not None
    assert reading.is_whole is is_whole
    assert (reading.since == SINCE) is is_whole
    assert (reading.generation == cursor.generation) is not is_whole


def test_a_read_that_stopped_is_gone_on_with() -> None:
    """By whoever comes next, from the page it had come to; a very old one begins anew."""
    stopped = AuditCursor().taken("w", SINCE, NOW).advanced("link").paused()

    again = stopped.taken("other", SINCE + SECOND, NOW + SECOND)
    anew = stopped.taken("other", SINCE, NOW + READING_LIFE + SECOND)

    assert stopped.wait(NOW) is None
    assert again.reading == stopped.reading
    assert again.reading is not None
    assert (again.reading.link, again.reading.pages) == ("link", 1)
    assert anew.reading is not None
    assert anew.reading.link is None


def test_a_read_of_the_end_adds_to_what_is_there() -> None:
    """The window is still covered from where it was, by the same generation."""
    done = BIG.taken("w", SINCE, NOW + SECOND).completed()

    assert done == replace(BIG, read_at=NOW + SECOND)


def test_a_refusal_is_remembered_for_a_while() -> None:
    """And what was read before it is not lost."""
    refused = BIG.taken("w", SINCE, NOW).refused(NOW)

    assert refused.is_refused(NOW + REFUSAL_LIFE - SECOND)
    assert not refused.is_refused(NOW + REFUSAL_LIFE)
    assert refused.generation == BIG.generation


def test_what_is_in_use_is_kept() -> None:
    """The generation in use, the one being read, and what a slow reader may still look up."""
    old = generation_name(NOW - timedelta(days=3), "w")
    used = replace(READ, generation=old)

    assert used.oldest_kept(NOW) == old
    assert AuditCursor().oldest_kept(NOW) == generation_name(NOW - ANSWER_LIFE)
    assert not used.is_stale(NOW + 2 * WHOLE_AGAIN)
    assert used.is_stale(NOW + 2 * WHOLE_AGAIN + SECOND)
    assert not used.taken("w", SINCE, NOW).is_stale(NOW + timedelta(days=9))
