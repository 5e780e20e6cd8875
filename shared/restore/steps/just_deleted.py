"""Tell whether a drill has deleted its account so lately that reads may not show it yet."""

from shared.domain.decision import StepName
from shared.restore.locking import READS_LAG
from shared.restore.run import Run


def is_just_deleted(run: Run) -> bool:
    """Whether the account may still show as active, although this drill has deleted it."""
    gone = run.record.step(StepName.DELETE_USER)
    if not run.record.is_away or gone is None or gone.ended_at is None:
        return False
    return run.now() < gone.ended_at + READS_LAG
