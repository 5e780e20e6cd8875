"""Send the weekly report: who was lost and saved, what closes, and which seats are missing.

The seats are those of `GET /losses/capacity`, counted over the same list. Sent a second time for
the same day it has the same event id, so that whoever reads it can tell.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared import telemetry
from shared.alerts.alert_events import report_event
from shared.documents.loss import seats_document
from shared.domain.lists.losses import ListedLoss, LossPlace
from shared.domain.lists.restores import ListQuery
from shared.domain.outcomes import Code, Status
from shared.domain.records.record import Record
from shared.domain.requests.request import RestoreKind
from shared.domain.text import Text, text
from shared.domain.values.json_values import Json, instant
from shared.domain.window import Evidence
from shared.lists.capacity import Capacity, read_capacity
from shared.lists.restores import list_restores
from shared.pacing import LONGEST_PART, TimeBudget
from shared.ports.deps import Deps
from shared.texts.render import words

_WEEK = timedelta(days=7)
_ROWS = 500

# The outcomes of a restore that brought somebody back.
_SAVED = frozenset({Code.USER_RESTORED, Code.LICENSE_RESTORED, Code.MAILBOX_RESTORED})


@dataclass(slots=True)
class WeekCounts:
    """Who was lost in the week, whose windows end in the next one, and who is back.

    `saved`: the ids of whoever was brought back; who is lost once more is taken out.
    """

    saved: set[str]
    lost: int = 0
    closing: int = 0

    def add(self, row: ListedLoss, now: datetime) -> None:
        """Count this person."""
        began_at = row.window.started_at or row.lost_at or row.deleted_at
        # A mailbox that still answers is not lost.
        is_lost = row.window.evidence is not Evidence.MAILBOX
        self.lost += is_lost and began_at is not None and now - began_at <= _WEEK
        ends_at = row.window.ends_at
        self.saved.discard(row.id)
        self.closing += ends_at is not None and ends_at - now <= _WEEK


async def send_weekly_report(deps: Deps) -> None:
    """Count, and put the report on the queue of alerts.

    Raises:
        DirectoryUnavailableError: Graph could not be asked; nothing was sent.
        StorageUnavailableError: it may have been sent.
    """
    now = deps.clock.now()
    capacity = await read_capacity(deps)
    counts = WeekCounts(await _saved(now, deps))
    place = LossPlace.ending_at(now)
    while rows := await deps.loss_list.after(place, _ROWS):
        for row in rows:
            counts.add(row, now)
        place = rows[-1].place
    reader = deps.audience.everybody()
    message = " ".join(words(sentence, reader).message for sentence in sentences(capacity))
    data = _data(now, counts, capacity)
    await deps.outbox.publish_alert(report_event({**data, "message": message}, now))
    telemetry.alerted("weekly-report", str(capacity.people))


def sentences(capacity: Capacity) -> Iterator[Text]:
    """What the seats come to, in words, and for how many people they are not counted."""
    unknown, first = capacity.license_unknown, instant(capacity.first_ends_at)
    if capacity.people > unknown:
        yield _of_the_seats(capacity, capacity.people - unknown)
        if unknown:
            yield text("report", "not-counted-more", people=unknown)
    elif not unknown:
        yield text("report", "nobody")
    elif first is None:
        yield text("report", "not-counted", people=unknown)
    else:
        yield text("report", "not-counted-until", people=unknown, first=first)


def _of_the_seats(capacity: Capacity, people: int) -> Text:
    """Whether there are enough, for so many people whose seats are counted."""
    short = [seats for seats in capacity.seats if seats.short > 0]
    first = instant(capacity.first_ends_at)
    more = tuple(
        text("report", "more", count=seats.short, license=str(seats_document(seats)["name"]))
        for seats in short
    )
    if not short and first is None:
        return text("report", "enough", people=people)
    if not short:
        return text("report", "enough-until", people=people, first=first or "")
    if first is None:
        return text("report", "short", people=people, more=more)
    return text("report", "short-until", people=people, more=more, first=first)


async def _saved(now: datetime, deps: Deps) -> set[str]:
    """Who was brought back by restores that ended this week, however long they had waited."""
    budget = TimeBudget.of(LONGEST_PART, deps.clock)
    oldest, saved = now - _WEEK - deps.policy.retention, set[str]()
    query: ListQuery | None = ListQuery(status=Status.SUCCEEDED, top=100)
    while query is not None and not budget.is_spent:
        page = await list_restores(query, lambda _: True, deps)
        saved |= {
            record.person.id
            for record in page.records
            if record.person is not None and _has_saved(record, now)
        }
        place = page.next
        is_done = place is None or place.created_at < oldest
        query = None if is_done else ListQuery(status=Status.SUCCEEDED, top=100, place=place)
    return saved


def _has_saved(record: Record, now: datetime) -> bool:
    ended_at, outcome = record.finished_at, record.outcome
    is_of_week = ended_at is not None and now - ended_at <= _WEEK
    if record.kind is RestoreKind.DRILL or record.undone_by:
        return False
    return is_of_week and outcome is not None and outcome.code in _SAVED


def _data(now: datetime, counts: WeekCounts, capacity: Capacity) -> Json:
    unknown = capacity.license_unknown
    return {
        "from": instant(now - _WEEK),
        "to": instant(now),
        "lost": counts.lost,
        "saved": len(counts.saved),
        "closing": counts.closing,
        "people": capacity.people,
        "seats": [seats_document(seats) for seats in capacity.seats],
        "firstWindowEndsAt": instant(capacity.first_ends_at),
        **({"licenseUnknown": unknown} if unknown else {}),
    }
