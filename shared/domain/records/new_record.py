"""Make the first record of a restore, or of a message that is kept and ended at once."""

from datetime import datetime

from shared.domain.outcomes import Outcome
from shared.domain.records.record import Record
from shared.domain.requests.keys import RestoreOrder
from shared.domain.requests.request import RequestedBy, fingerprint


def open_record(restore_id: str, order: RestoreOrder, now: datetime) -> Record:
    """A restore that was just asked for."""
    return Record(
        id=restore_id,
        request=order.request,
        fingerprint=fingerprint(order.request),
        join_mark=order.mark,
        requested_by=order.requested_by,
        repeats=order.repeats,
        batch_id=order.batch_id,
        batch_size=order.batch_size,
        ordered_by=order.ordered_by,
        undoes=order.undoes,
        person=order.person,
        created_at=now,
        updated_at=now,
    )


def kept_record(
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
