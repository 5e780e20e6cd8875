"""Observe: remember who has a mailbox and by which licence, before it is lost, and warn in time.

once more the doubtful -> a second look at losses -> go round the changes -> the list of losses
-> mailboxes that answer without a licence -> windows that close -> many lost at once.

Order of writes, so that a crash anywhere heals in the next run:

    a loss    row in `losses` -> observation -> progress of the round
    its end   observation -> row in `losses` goes -> progress of the round
    an alert  event published -> mark
    a mailbox that answers   row of the next question -> observation -> alert -> row of this one

Progress is written after each page, last of all: a page cut short is taken in again, and every
write of it is made under the same names, or finds that it was made. An alert may so be sent twice,
under the same event id.

A fault of Graph's ends the part it struck, is logged by its class, and alerts nobody; the tenant is
looked at again within minutes, and the run goes on where this one was.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from shared import telemetry
from shared.alerts.closing_windows import warn_of_closing
from shared.alerts.lingering_mailboxes import warn_of_lingering
from shared.alerts.mass_deletion import warn_of_many
from shared.alerts.unobserved_losses import warn_of_unobserved
from shared.domain.watch.second_look import GO_ON, WATCH_ID
from shared.errors import DirectoryError, LeaseLostError, ThrottledError
from shared.lists.catch_up import catch_up
from shared.pacing import TimeBudget
from shared.ports.deps import Deps
from shared.watch.confirm_losses import look_twice
from shared.watch.contradictions import look_again
from shared.watch.delta_round import go_round
from shared.watch.round_lease import RoundLease, RunCounts, held

# The list of a tenant with a hundred thousand deleted users takes some runs to be whole.
LONGEST_LISTING = timedelta(minutes=2)

type Part = Callable[[RoundLease], Awaitable[None]]


async def _list_losses(lease: RoundLease) -> None:
    await catch_up(lease.deps, TimeBudget.of(LONGEST_LISTING, lease.deps.clock))


PARTS: tuple[tuple[str, Part], ...] = (
    ("looking again at doubtful users", look_again),
    ("a second look at losses", look_twice),
    ("the round of changed users", go_round),
    ("the list of losses", _list_losses),
    ("the mailboxes that answer without a licence", warn_of_lingering),
    ("the alert of closing windows", warn_of_closing),
    ("the alert of losses that nobody observed", warn_of_unobserved),
    ("the alert of mass deletion", warn_of_many),
)


async def observe(deps: Deps) -> RunCounts | None:
    """One run; None: another one is under way, and nothing was done.

    Raises:
        StorageUnavailableError: some was done; the next run goes on from there.
    """
    async with held(deps) as lease:
        if lease is not None:
            await _run(lease)
    if lease is None:
        return None
    # Not while the lease is held: another host would drop the note as it begins, and do nothing.
    if lease.again_at is not None:
        await deps.unfinished.note(WATCH_ID, lease.again_at)
    return lease.counts


async def _run(lease: RoundLease) -> None:
    try:
        await _every_part(lease)
    except LeaseLostError as error:
        telemetry.failed("observing", error)
        lease.look_again_at(lease.deps.clock.now() + GO_ON)


async def _every_part(lease: RoundLease) -> None:
    for name, part in PARTS:
        try:
            await part(lease)
        except ThrottledError as error:
            # Whatever comes next would only be refused as well.
            telemetry.observing_ended(name, error)
            lease.look_again_at(lease.deps.clock.now() + (error.retry_after or GO_ON))
            return
        except DirectoryError as error:
            telemetry.observing_ended(name, error)
            lease.look_again_at(lease.deps.clock.now() + GO_ON)
