"""Describe how far the audit log of licence changes was read, and which worker may read on.

The log is asked once for everybody who wants to know when a licence went, never once per user:
Graph allows an application 5 requests in 10 seconds for the whole tenant.
Source: Microsoft "Microsoft Graph service-specific throttling limits", Identity and access reports.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from shared.domain.evidence.audit_records import LogRefusal
from shared.domain.records.progress import Lease
from shared.domain.window.timeline import LogCoverage

# One fewer than Graph allows: two of ours may arrive closer together than they were sent.
MOST_REQUESTS = 4
REQUESTS_PER = timedelta(seconds=10)

# The log itself lags by minutes, so an entry found is as good a minute later.
FRESH = timedelta(minutes=1)

# That there is no entry is believed of a read that began after the question was asked: whoever just
# saw somebody's licence go is not told of an older look. Later than this, it is asked again.
ANSWER_LIFE = timedelta(minutes=5)

# A reader that crashed keeps the others waiting for so long: one request, with time to spare.
HOLD = timedelta(seconds=45)

# Entries come late by minutes, as a rule; the next read begins this much before the last one did.
OVERLAP = timedelta(hours=1)

# Now and then all is read again, for what came later than the overlap; and what is kept of the log
# is never older than that and the window together.
WHOLE_AGAIN = timedelta(days=1)

# A read that stopped in the middle is gone on with while its link may still be good; how long that
# is, is not documented. Longer ones than this are begun anew.
READING_LIFE = timedelta(hours=1)

# A tenant that refuses its log, for want of permission or licence, will refuse it a minute later,
# too. A permission granted meanwhile is noticed within the time an administrator waits for it.
REFUSAL_LIFE = timedelta(minutes=5)


# What even a free tenant keeps. Source: Microsoft Entra docs "Data retention", audit logs: 7 days
# (Free), 30 days (P1, P2); after an upgrade only the last 7 days are there.
SURELY_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class AuditRead:
    """A read of the log under way; `link` leads to its next page, None to its first."""

    began_at: datetime
    since: datetime
    generation: str
    is_whole: bool
    link: str | None = None
    pages: int = 0
    oldest_at: datetime | None = None
    """The oldest record that was met, whosever it is."""


@dataclass(frozen=True, slots=True)
class AuditCursor:
    """The progress of reading the log. All instants are aware UTC.

    `generation` names the entries that belong together: those of one whole read, and what was added
    since. Entries of another one are not believed.
    """

    generation: str = ""
    covers_from: datetime | None = None
    read_at: datetime | None = None
    """When the last complete read began: what the log showed then is known."""
    whole_at: datetime | None = None
    """When the last complete read of the whole window began."""
    pages: int = 0
    """How many pages the whole window took."""
    reading: AuditRead | None = None
    lease: Lease | None = None
    sent: tuple[datetime, ...] = ()
    """When the last requests were sent."""
    throttled_until: datetime | None = None
    refused_at: datetime | None = None
    refusal: LogRefusal | None = None
    """Why, as long as `refused_at` is given."""
    oldest_at: datetime | None = None
    """The oldest record of the last whole read: the log goes back at least so far."""

    @property
    def coverage(self) -> LogCoverage | None:
        """The time in which a change of licences would show; None: nothing was read.

        How far back a tenant's log goes, nobody says: as far as its oldest record, and seven days
        at least.
        """
        if self.read_at is None or self.covers_from is None:
            return None
        since = self.read_at - SURELY_KEPT
        since = since if self.oldest_at is None else min(since, self.oldest_at)
        return LogCoverage(max(since, self.covers_from), self.read_at)

    def is_refused(self, now: datetime, asked_at: datetime | None = None) -> bool:
        """Whether the tenant refused its log a short while ago; since the question, if given.

        A later question is asked again, within the quota: a permission may have been granted.
        """
        if self.refused_at is None or now - self.refused_at >= REFUSAL_LIFE:
            return False
        return asked_at is None or self.refused_at >= asked_at

    def is_believed(
        self, *, since: datetime, asked_at: datetime, now: datetime, has_entry: bool
    ) -> bool:
        """Whether what the entries say of a user may be taken for what the log says.

        `has_entry`: whether they say anything.
        """
        if self.read_at is None or self.covers_from is None or self.covers_from > since:
            return False
        age = now - self.read_at
        if self.read_at >= asked_at and age <= ANSWER_LIFE:
            return True
        return has_entry and age <= FRESH

    def is_recent(self, *, since: datetime, now: datetime) -> bool:
        """Whether the last read is young enough for who cannot wait for another."""
        if self.is_refused(now):
            return True
        covers = self.covers_from is not None and self.covers_from <= since
        return covers and self.read_at is not None and now - self.read_at <= FRESH

    def wait(self, now: datetime) -> timedelta | None:
        """The wait until another worker may read on; None: at once."""
        waits = [timedelta(0)]
        if self.lease is not None:
            waits.append(self.lease.expires_at - now)
        if self.throttled_until is not None:
            waits.append(self.throttled_until - now)
        waits.append(self._wait_for_quota(now))
        longest = max(waits)
        return longest if longest > timedelta(0) else None

    def may_send(self, now: datetime) -> bool:
        """Whether one more request keeps within the quota."""
        return self._wait_for_quota(now) <= timedelta(0)

    def taken(self, owner: str, since: datetime, now: datetime) -> Self:
        """The cursor claimed by one reader, who continues the read under way or begins one."""
        reading = self.reading
        is_begun = reading is not None and reading.link is not None
        if reading is None or not is_begun or now - reading.began_at > READING_LIFE:
            reading = self._next_reading(owner, since, now)
        return replace(self, reading=reading, lease=Lease(owner, now + HOLD))

    def counting(self, now: datetime) -> Self:
        """Count a request that is about to be sent by somebody who does not hold the read."""
        recent = tuple(at for at in self.sent if now - at < REQUESTS_PER)
        return replace(self, sent=(*recent, now))

    def sending(self, now: datetime) -> Self:
        """Count a request that is about to be sent, and renew the claim for it."""
        recent = tuple(at for at in self.sent if now - at < REQUESTS_PER)
        owner = self.lease.owner if self.lease is not None else ""
        return replace(self, sent=(*recent, now), lease=Lease(owner, now + HOLD))

    def met(self, instants: Iterable[datetime]) -> Self:
        """Note the instants of the records on the page that was stored."""
        if self.reading is None:
            return self
        known = [at for at in (self.reading.oldest_at, *instants) if at is not None]
        return replace(self, reading=replace(self.reading, oldest_at=min(known, default=None)))

    def advanced(self, link: str) -> Self:
        """Note that a page was stored and another one follows."""
        if self.reading is None:
            return self
        return replace(self, reading=replace(self.reading, link=link, pages=self.reading.pages + 1))

    def completed(self) -> Self:
        """Note that the last page was stored."""
        reading = self.reading
        if reading is None:
            return self
        done = replace(
            self,
            read_at=reading.began_at,
            reading=None,
            lease=None,
            throttled_until=None,
            refused_at=None,
            refusal=None,
        )
        if not reading.is_whole:
            return done
        return replace(
            done,
            generation=reading.generation,
            covers_from=reading.since,
            whole_at=reading.began_at,
            pages=reading.pages + 1,
            oldest_at=reading.oldest_at,
        )

    def paused(self, until: datetime | None = None) -> Self:
        """Release the read in the middle; the next reader continues it, not before `until`."""
        return replace(self, lease=None, throttled_until=until)

    def restarted(self) -> Self:
        """Begin the read again, since it cannot continue where it stopped."""
        return replace(self, reading=None, lease=None)

    def refused(self, now: datetime, why: LogRefusal) -> Self:
        """Note that the tenant refuses to show its log."""
        return replace(self, reading=None, lease=None, refused_at=now, refusal=why)

    def is_stale(self, now: datetime) -> bool:
        """Whether the entries are too old to be of use, since nobody has asked for long."""
        if self.whole_at is None or self.reading is not None:
            return False
        return now - self.whole_at > 2 * WHOLE_AGAIN

    def oldest_kept(self, now: datetime) -> str:
        """The first generation that is kept: that in use, or one in which somebody still reads."""
        limit = generation_name(now - ANSWER_LIFE)
        under_way = self.reading.generation if self.reading is not None else limit
        return min(limit, under_way, self.generation or limit)

    def _next_reading(self, owner: str, since: datetime, now: datetime) -> AuditRead:
        read_at, whole_at = self.read_at, self.whole_at
        # A window of one page costs as much to read whole as in part, and misses nothing.
        if (
            read_at is None
            or whole_at is None
            or self.covers_from is None
            or self.covers_from > since
            or self.pages <= 1
            or now - whole_at >= WHOLE_AGAIN
        ):
            return AuditRead(now, since, generation_name(now, owner), is_whole=True)
        return AuditRead(now, read_at - OVERLAP, self.generation, is_whole=False)

    def _wait_for_quota(self, now: datetime) -> timedelta:
        recent = [at for at in self.sent if now - at < REQUESTS_PER]
        if len(recent) < MOST_REQUESTS:
            return timedelta(0)
        return recent[-MOST_REQUESTS] + REQUESTS_PER - now


def generation_name(began_at: datetime, owner: str = "") -> str:
    """A name that sorts by when its read began, and that no other reader gives."""
    return f"{began_at:%Y%m%d%H%M%S%f}-{owner}"
