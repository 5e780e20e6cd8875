"""Observe: remember who has a mailbox and by which licence, before it is lost, and warn in time.

once more the doubtful -> go round the changes -> windows that close -> many lost at once.

Order of writes, so that a crash anywhere heals in the next run:

    a loss    row in `losses` -> observation -> progress of the round
    its end   observation -> row in `losses` goes -> progress of the round
    an alert  event published -> mark

Progress is written after each page, last of all: a page cut short is taken in again, and every
write of it is made under the same names, or finds that it was made. An alert may so be sent twice,
under the same event id.

A fault of Graph's ends the part it struck, is logged by its class, and alerts nobody; the next run
goes on where this one was.
"""

from collections.abc import Awaitable, Callable

from shared import telemetry
from shared.alerts.closing_windows import warn_of_closing
from shared.alerts.mass_deletion import warn_of_many
from shared.errors import DirectoryError, LeaseLostError, ThrottledError
from shared.ports.deps import Deps
from shared.watch.delta_round import go_round
from shared.watch.recheck import look_again
from shared.watch.round_lease import RoundLease, RunCounts, held

type Part = Callable[[RoundLease], Awaitable[None]]

PARTS: tuple[tuple[str, Part], ...] = (
    ("looking again at doubtful users", look_again),
    ("the round of changed users", go_round),
    ("the alert of closing windows", warn_of_closing),
    ("the alert of mass deletion", warn_of_many),
)


async def observe(deps: Deps) -> RunCounts | None:
    """One run; None: another one is under way, and nothing was done.

    Raises:
        StorageUnavailableError: some was done; the next run goes on from there.
    """
    async with held(deps) as lease:
        if lease is None:
            return None
        try:
            await _every_part(lease)
        except LeaseLostError as error:
            telemetry.failed("observing", error)
        return lease.counts


async def _every_part(lease: RoundLease) -> None:
    for name, part in PARTS:
        try:
            await part(lease)
        except ThrottledError as error:
            # Whatever comes next would only be refused as well.
            telemetry.observing_ended(name, error)
            return
        except DirectoryError as error:
            telemetry.observing_ended(name, error)
