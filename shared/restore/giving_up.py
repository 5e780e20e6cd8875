"""Decide when a restore that keeps killing its workers is put off, and when it is given up.

A worker that dies writes nothing down, so each claim counts in the record from its beginning and
until its worker lets go: a restore whose last five claims died has killed its workers five times,
and with them every other run that was under way in them.
"""

from datetime import timedelta

from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.records.record import Record

# As many as the platform gives a message (maxDequeueCount in host.json).
MOST_DIED_CLAIMS = 5

# If the claims that should end it die as well, as often as a message is shown, no worker claims it
# any more, and it is ended without a claim (upkeep/poisoned_work.py).
LAST_DIED_CLAIM = 2 * MOST_DIED_CLAIMS

# A restore that fails for other reasons (a bug, a service that is down) may work again within
# hours; a day is the longest that a window of thirty can spare.
MOST_PUT_BACKS = 3
PUT_BACK_FOR = timedelta(hours=1)


def kills_its_workers(record: Record) -> bool:
    """Whether a claimed restore is to be ended, because its workers keep dying."""
    return record.died_claims > MOST_DIED_CLAIMS


def is_lost_cause(record: Record) -> bool:
    """Whether no worker may claim the restore any more."""
    return record.died_claims >= LAST_DIED_CLAIM


def gave_up(record: Record | None = None) -> Outcome:
    """The outcome of a restore, or of a message that never became one, that is given up."""
    if record is None:
        return outcome(Code.GAVE_UP, "message")
    if record.was_touched:
        return outcome(Code.GAVE_UP, "touched")
    return outcome(Code.GAVE_UP)
