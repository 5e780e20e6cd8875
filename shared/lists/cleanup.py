"""Remove from the list of losses whose windows have ended: nobody reads their names there."""

from datetime import timedelta

from shared.domain.lists.losses import LossPlace
from shared.pacing import TimeBudget
from shared.ports.deps import IntakeDeps

# A row takes a transaction with thirty others, so tens of thousands go in this time; of a tenant
# with a hundred thousand deleted users, three thousand are past in a day.
LONGEST_OF_LOSSES = timedelta(minutes=1)

# Clocks differ, and a page that is being read may still show who was in time a moment ago.
_LATER = timedelta(days=1)

_AT_ONCE = 1_000


async def clean_up_losses(deps: IntakeDeps) -> int:
    """Remove everybody whose window ended a day ago or longer; returns how many.

    Who loses a mailbox anew is listed anew.

    Raises:
        StorageUnavailableError: some were removed; the next cleanup takes the rest.
    """
    budget = TimeBudget.of(LONGEST_OF_LOSSES, deps.clock)
    place, removed = LossPlace.ending_at(budget.began_at - _LATER), 0
    while user_ids := await deps.loss_list.before(place, _AT_ONCE):
        await deps.loss_list.drop(user_ids)
        removed += len(user_ids)
        if budget.is_spent:
            break
    return removed
