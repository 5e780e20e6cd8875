"""Find in the audit log when a user's licences changed; all restores share one read of it.

    look up ── believed? ──▶ answer
        └── no: take the hold ── page ── page ── complete ──▶ look up again
                └── somebody else has it: come back in a moment

The order of the writes: the request is counted before it is sent, a page is kept before the link to
the next one, the cursor names a generation only when all of it is kept. So a crash anywhere leaves
a read that the next worker goes on with once the lease has run out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.evidence.audit_records import AuditRecord, LogRefusal
from shared.domain.evidence.log_memory import LogMemory
from shared.domain.text import text
from shared.domain.watch.audit_cursor import AuditCursor, AuditRead
from shared.domain.window.timeline import LogCoverage
from shared.errors import (
    AnsweredError,
    DirectoryError,
    LeaseLostError,
    LogInUseError,
    ThrottledError,
)
from shared.ports.audit_log import StoredAuditCursor
from shared.ports.deps import Deps, IntakeDeps

# A read of many pages continues in the next invocation: this one has a restore to advance.
READ_TIME = timedelta(seconds=15)

# The wait before checking whether another worker's read is complete; most take a second or two.
_LOOK_AGAIN = timedelta(seconds=3)

# Of one user. Each page has a hundred records or more, and few users change so often in a month.
MOST_PAGES_OF_ONE = 3


@dataclass(frozen=True, slots=True)
class EvidenceQuestion:
    """When it was asked, and whether the asker comes back if the answer takes a moment.

    `is_thorough`: whether somebody of whom the log shows no change of licences is asked for by
    name, too, which costs a request for each. A restore that looks again and again does it the
    first time and the last. `memory`: what was read of people lately, where that will do.
    """

    asked_at: datetime
    can_wait: bool = True
    is_thorough: bool = True
    memory: LogMemory | None = None


@dataclass(frozen=True, slots=True)
class LogAnswer:
    """What the log says of one user: its records, how far it reaches, or why it does not show."""

    records: tuple[AuditRecord, ...] = ()
    coverage: LogCoverage | None = None
    refusal: LogRefusal | None = None


async def license_records(user_id: str, question: EvidenceQuestion, deps: Deps) -> LogAnswer:
    """The licence changes of this user in the time that matters to a window and the day before it.

    Raises:
        ThrottledError: the log is being read, or may not be read right now; says when to come back.
        DirectoryError: the log could not be read.
    """
    now, since = deps.clock.now(), _since(deps)
    stored = await deps.audit_cursors.load()
    if stored.cursor.is_refused(now, question.asked_at):
        return LogAnswer(refusal=stored.cursor.refusal)
    found = await _find(stored.cursor, user_id, since, deps)
    if stored.cursor.is_believed(
        since=since, asked_at=question.asked_at, now=now, has_entry=bool(found)
    ):
        return LogAnswer(found, stored.cursor.coverage)
    wait = stored.cursor.wait(now)
    if wait is not None:
        if not question.can_wait and stored.cursor.is_recent(since=since, now=now):
            return LogAnswer(found, stored.cursor.coverage, stored.cursor.refusal)
        raise _later(min(wait, _LOOK_AGAIN) if stored.cursor.lease is not None else wait)
    cursor = await _read(stored, since, deps)
    if cursor.is_refused(now):
        return LogAnswer(refusal=cursor.refusal)
    found = await _find(cursor, user_id, since, deps)
    if cursor.is_believed(
        since=since, asked_at=question.asked_at, now=deps.clock.now(), has_entry=bool(found)
    ):
        return LogAnswer(found, cursor.coverage)
    # The read that was continued had begun before the question.
    raise _later(timedelta(0))


async def license_updates(user_id: str, deps: Deps) -> LogAnswer:
    """The records "Update user" of this user, which may say what a licence change changed.

    They count against the same five requests in ten seconds, so they are asked for only where they
    may decide something. What the log refuses here it does not refuse as a whole.

    Raises:
        ThrottledError: the log may not be read right now; says when to come back.
        DirectoryError: the log could not be read.
    """
    since, link = _since(deps), None
    records: list[AuditRecord] = []
    for _ in range(MOST_PAGES_OF_ONE):
        await _count_request(deps)
        page = await deps.audit_log.updates_of(user_id, since, link)
        if isinstance(page, LogRefusal):
            return LogAnswer(tuple(records), refusal=page)
        records += page.records
        link = page.link
        if link is None:
            break
    return LogAnswer(tuple(records))


async def license_changed_at(
    user_id: str, question: EvidenceQuestion, deps: Deps
) -> datetime | None:
    """The earliest licence change of this user; None: the log has none, or does not show it.

    Raises:
        ThrottledError, DirectoryError: as `license_records`.
    """
    records = (await license_records(user_id, question, deps)).records
    return min((record.at for record in records), default=None)


async def prune_audit_cursors(deps: IntakeDeps) -> int:
    """Remove the entries that nobody will look at again; returns how many.

    A cursor that is forgotten as a whole is forgotten before its entries are: a crash in between
    leaves entries that the next run removes.
    """
    now = deps.clock.now()
    stored = await deps.audit_cursors.load()
    cursor = stored.cursor
    if cursor.is_stale(now):
        cursor = AuditCursor()
        try:
            await deps.audit_cursors.save(stored, cursor)
        except LeaseLostError:
            return 0
    return await deps.audit_cursors.remove_before(cursor.oldest_kept(now))


def _since(deps: Deps) -> datetime:
    # A day more than the window, so that a loss just outside it is seen and called closed.
    return deps.clock.now() - deps.policy.retention - timedelta(days=1)


async def _find(
    cursor: AuditCursor, user_id: str, since: datetime, deps: Deps
) -> tuple[AuditRecord, ...]:
    if cursor.covers_from is None or cursor.covers_from > since:
        return ()
    return await deps.audit_cursors.of_user(cursor.generation, user_id.lower(), since)


async def _count_request(deps: Deps) -> None:
    """Count one request against the quota that all readers share, before it is sent."""
    stored, now = await deps.audit_cursors.load(), deps.clock.now()
    wait = stored.cursor.wait(now)
    if wait is not None:
        raise _later(min(wait, _LOOK_AGAIN) if stored.cursor.lease is not None else wait)
    try:
        await deps.audit_cursors.save(stored, stored.cursor.counting(now))
    except LeaseLostError:
        raise _later(_LOOK_AGAIN) from None


async def _read(stored: StoredAuditCursor, since: datetime, deps: Deps) -> AuditCursor:
    """Read the log to its end, or as far as time and quota allow."""
    began_at = deps.clock.now()
    taken = stored.cursor.taken(deps.names.fresh(), since, began_at)
    try:
        stored = await deps.audit_cursors.save(stored, taken)
        while (reading := stored.cursor.reading) is not None:
            now = deps.clock.now()
            if now - began_at > READ_TIME or not stored.cursor.may_send(now):
                stored = await deps.audit_cursors.save(stored, stored.cursor.paused())
                raise _later(stored.cursor.wait(now) or timedelta(0))
            stored = await deps.audit_cursors.save(stored, stored.cursor.sending(now))
            stored = await _take_page(stored, reading, deps)
    except LeaseLostError:
        raise _later(_LOOK_AGAIN) from None
    if stored.cursor.refused_at is None:
        await deps.audit_cursors.remove_before(stored.cursor.oldest_kept(deps.clock.now()))
    return stored.cursor


async def _take_page(
    stored: StoredAuditCursor, reading: AuditRead, deps: Deps
) -> StoredAuditCursor:
    cursor, save = stored.cursor, deps.audit_cursors.save
    try:
        page = await deps.audit_log.changes_since(reading.since, reading.link)
    except ThrottledError as error:
        wait = error.retry_after or _LOOK_AGAIN
        await save(stored, cursor.paused(deps.clock.now() + wait))
        raise
    except DirectoryError as error:
        if isinstance(error, AnsweredError) and reading.link is not None:
            # The link is no longer valid: start from the beginning.
            await save(stored, cursor.restarted())
            raise _later(timedelta(0)) from error
        await save(stored, cursor.paused())
        raise
    if isinstance(page, LogRefusal):
        return await save(stored, cursor.refused(deps.clock.now(), page))
    await deps.audit_cursors.add(reading.generation, page.records)
    met = cursor.met(record.at for record in page.records)
    done = met.completed() if page.link is None else met.advanced(page.link)
    return await save(stored, done)


def _later(wait: timedelta) -> LogInUseError:
    return LogInUseError(text("directory", "log-in-use"), wait)
