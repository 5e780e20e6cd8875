"""How a record begins: as a restore to be done, or as a message kept and ended at once."""

from datetime import datetime

from shared.domain.outcomes import Outcome
from shared.domain.record import Record
from shared.domain.request import RequestedBy, RestoreRequest, fingerprint


def open_record(
    restore_id: str,
    request: RestoreRequest,
    requested_by: RequestedBy,
    now: datetime,
    join_mark: str | None = None,
) -> Record:
    """A restore that was just asked for; found by its fingerprint unless a mark is given."""
    mark = fingerprint(request)
    return Record(
        id=restore_id,
        request=request,
        fingerprint=mark,
        join_mark=join_mark if join_mark is not None else mark,
        requested_by=requested_by,
        created_at=now,
        updated_at=now,
    )


def refused_record(
    restore_id: str, received: str, requested_by: RequestedBy, outcome: Outcome, now: datetime
) -> Record:
    """A message that could not be understood: ended at once, and kept as it was received."""
    return Record(
        id=restore_id,
        request=None,
        fingerprint="",
        requested_by=requested_by,
        created_at=now,
        updated_at=now,
        status=outcome.status,
        outcome=outcome,
        finished_at=now,
        received=received,
    )
