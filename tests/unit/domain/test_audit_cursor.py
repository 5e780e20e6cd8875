"""The audit cursor: what is believed of it, who may read on, and what is read next."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shared.domain.evidence.audit_records import LogRefusal
from shared.domain.records.progress import Lease
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
from shared.domain.window.timeline import LogCoverage
from tests.builders import NOW

SECOND = timedelta(seconds=1)
SINCE = NOW - timedelta(days=31)
READ = AuditCursor("g", SINCE, NOW, NOW, pages=1)
BIG = replace(READ, pages=3)


@pytest.mark.parametrize(
    ("age", "asked_after", "has_entry", "expected"),
    [
        (timedelta(0), timedelta(0), False, True),
        (ANSWER_LIFE, timedelta(0), False, True),
        (ANSWER_LIFE + SECOND, timedelta(0), False, False),
        (2 * SECOND, SECOND, False, False),
        (2 * SECOND, SECOND, True, True),
        (FRESH, SECOND, True, True),
        (FRESH + SECOND, SECOND, True, False),
    ],
)
def test_entries_are_believed_for_as_long_as_they_are_young(
    age: timedelta, asked_after: timedelta, *, has_entry: bool, expected: bool
) -> None:
    """An entry for a minute; that there is none, only of a read since the question."""
    believed = READ.is_believed(
        since=SINCE, asked_at=NOW + asked_after, now=NOW + age, has_entry=has_entry
    )

    assert believed is expected


def test_a_trail_that_does_not_reach_back_says_nothing() -> None:
    """Neither one never read, nor one of a shorter window."""
    for cursor in (AuditCursor(), replace(READ, covers_from=SINCE + SECOND)):
        assert not cursor.is_believed(since=SINCE, asked_at=NOW, now=NOW, has_entry=True)
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
    refused = BIG.taken("w", SINCE, NOW).refused(NOW, LogRefusal.LICENSE)

    assert refused.refusal is LogRefusal.LICENSE
    assert refused.taken("w", SINCE, NOW).completed().refusal is None
    assert refused.is_refused(NOW + REFUSAL_LIFE - SECOND)
    assert not refused.is_refused(NOW + REFUSAL_LIFE)
    assert refused.generation == BIG.generation


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("met", "reaches"),
    [
        ([], 7 * DAY),
        ([NOW - DAY], 7 * DAY),
        ([NOW - 29 * DAY, NOW - 5 * DAY], 29 * DAY),
        ([NOW - 99 * DAY], 31 * DAY),
    ],
)
def test_the_log_reaches_as_far_as_its_oldest_record(
    met: list[datetime], reaches: timedelta
) -> None:
    """Seven days at least, which every tenant has, and no further than was asked for."""
    reading = AuditCursor().taken("w", SINCE, NOW).met(met[:1]).advanced("l").met(met[1:])

    assert reading.coverage is None
    assert reading.completed().coverage == LogCoverage(NOW - reaches, NOW)


def test_a_read_of_the_end_reaches_as_far_as_the_whole_did() -> None:
    """It meets young records only."""
    whole = replace(BIG, oldest_at=NOW - 20 * DAY)
    done = whole.taken("w", SINCE, NOW + SECOND).met([NOW]).completed()

    assert done.coverage == LogCoverage(NOW - 20 * DAY, NOW + SECOND)


def test_a_request_beside_a_read_counts() -> None:
    """It takes no hold, and leaves the read to others."""
    cursor = BIG
    for _ in range(MOST_REQUESTS):
        cursor = cursor.counting(NOW)

    assert (cursor.lease, cursor.reading) == (None, None)
    assert cursor.wait(NOW) == REQUESTS_PER


def test_what_is_in_use_is_kept() -> None:
    """The generation in use, the one being read, and what a slow reader may still look up."""
    old = generation_name(NOW - timedelta(days=3), "w")
    used = replace(READ, generation=old)

    assert used.oldest_kept(NOW) == old
    assert AuditCursor().oldest_kept(NOW) == generation_name(NOW - ANSWER_LIFE)
    assert not used.is_stale(NOW + 2 * WHOLE_AGAIN)
    assert used.is_stale(NOW + 2 * WHOLE_AGAIN + SECOND)
    assert not used.taken("w", SINCE, NOW).is_stale(NOW + timedelta(days=9))
