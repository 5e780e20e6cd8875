"""The rows about the last instants of a window, for every kind of evidence.

Graph gives deletedDateTime in whole seconds, so at its boundaries it is our clock that has the
fraction. The other instants come with microseconds: the audit log has them, a caller may write
them, and our own observation is our own. Digits beyond are cut off on the way in, which makes the
instant earlier and the window end sooner: the safe side.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tests.builders import NOW
from tests.table.row import (
    Expected,
    Json,
    Row,
    ask,
    at,
    row,
)
from tests.table.rows.deleted import MAILBOX_BACK, USER_BACK
from tests.table.rows.losses import BOTH_GIVEN, GIVEN, NAMED
from tests.table.rows.windows import (
    BOTH_NOBODY,
    DECLARED,
    LONG_LOG,
    NOBODY_KNOWS,
    RULED_OUT,
    closed,
)
from tests.table.tenant import (
    BOTH,
    DAY,
    DELETED,
    SECOND,
    TICK,
    UNLICENSED,
    Held,
    Seen,
    State,
    User,
)

OFFSETS = {"-1 s": -SECOND, "-1 µs": -TICK, "exactly": timedelta(0), "+1 µs": TICK, "+1 s": SECOND}
WITH_MICROSECONDS = NOW + timedelta(microseconds=123_456)
RETENTION = 30 * DAY


@dataclass(frozen=True)
class Edge:
    """One kind of evidence for a loss at an instant, and what the open side brings."""

    evidence: str
    user: Callable[[datetime], User]
    request: Callable[[datetime], Json]
    brings: Expected
    losses: tuple[datetime, ...] = (NOW, WITH_MICROSECONDS)
    closes: Expected | None = None
    """What the closed side brings, if it is not closed: a word that proves nothing."""


def _deleted_at(loss: datetime) -> User:
    return replace(DELETED, deleted_at=loss, lost_at=loss)


def _later_deleted(loss: datetime) -> User:
    gone_at = loss + 28 * DAY
    return replace(BOTH, deleted_at=gone_at, lost_at=loss, audited=(loss,))


EDGES = {
    "deletedDateTime: user": Edge(
        "deletedDateTime", _deleted_at, lambda _: ask("user"), USER_BACK, (NOW,)
    ),
    "deletedDateTime: mailbox": Edge(
        "deletedDateTime", _deleted_at, lambda _: ask(), MAILBOX_BACK, (NOW,)
    ),
    "deletedDateTime in seven digits": Edge(
        "deletedDateTime",
        lambda loss: replace(_deleted_at(loss), deleted_text=f"{loss:%Y-%m-%dT%H:%M:%S.%f}9Z"),
        lambda _: ask(),
        MAILBOX_BACK,
        (WITH_MICROSECONDS,),
    ),
    "observed": Edge(
        "observed",
        lambda loss: replace(UNLICENSED, lost_at=loss, observed=Seen(loss, (Held(),))),
        lambda _: ask("license"),
        GIVEN,
    ),
    "audit": Edge(
        "audit",
        lambda loss: replace(UNLICENSED, lost_at=loss, audited=(loss,)),
        lambda _: ask("license", **NAMED),
        GIVEN,
    ),
    "declared": Edge(
        "declared",
        lambda loss: replace(UNLICENSED, lost_at=loss),
        lambda loss: ask("license", licenseRemovedAt=at(loss), **NAMED),
        DECLARED,
        closes=RULED_OUT,
    ),
    "audit, deleted later": Edge(
        "audit", _later_deleted, lambda _: ask(**NAMED), BOTH_GIVEN, closes=BOTH_NOBODY
    ),
}

BOUNDARY_ROWS: list[Row] = [
    row(
        "window by audit, forgotten by the log the moment it closes, +1 µs",
        replace(UNLICENSED, lost_at=NOW, audited=(NOW,)),
        ask("license", **NAMED),
        NOBODY_KNOWS,
        now=NOW + RETENTION + TICK,
    ),
    *(
        row(
            f"window by {name}, lost at {loss:%H:%M:%S.%f}, {offset}",
            State((edge.user(loss),), switches=LONG_LOG),
            edge.request(loss),
            replace(edge.brings, window=("closing", edge.evidence))
            if step < timedelta(0)
            else edge.closes or closed(edge.evidence),
            now=loss + RETENTION + step,
        )
        for name, edge in EDGES.items()
        for loss in edge.losses
        for offset, step in OFFSETS.items()
    ),
]
