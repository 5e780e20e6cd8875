"""Read the change feed page by page, and store each page's results before the next is read."""

from dataclasses import replace

from shared.domain.watch.second_look import NO_PLANS_GONE
from shared.ports.watch import DeltaPage, DeltaRound
from shared.watch.apply_changes import take_in
from shared.watch.round_lease import RoundLease
from shared.watch.seed_deleted import take_in_deleted


async def go_round(lease: RoundLease) -> None:
    """Read the change feed to its end, or as far as the time of this run allows.

    Raises:
        DirectoryError: the round stays where it was.
        LeaseLostError: another run goes on with it.
    """
    if not lease.round.is_seeded:
        await take_in_deleted(lease)
        await lease.save(replace(lease.round, is_seeded=True))
    # A round of thousands of pages ends with the run's time, and one of none with its first page.
    while not lease.is_out_of_time:
        asked_at = lease.deps.clock.now()
        started = replace(lease.round, started_at=lease.round.started_at or asked_at)
        page = await lease.deps.changes.page(started.link)
        if page is None:
            await _begin_anew(lease)
            continue
        await take_in(page.rows, asked_at, lease)
        lease.counts.pages += 1
        # As it is by now: taking the page in may have put the reading in doubt.
        current = replace(lease.round, started_at=started.started_at)
        await lease.save(_after(current, page))
        if page.is_last:
            return


def _after(current: DeltaRound, page: DeltaPage) -> DeltaRound:
    if not page.is_last or current.started_at is None:
        return replace(current, link=page.link)
    log = current.log.completed(current.started_at)
    return replace(current, link=page.link, started_at=None, log=log, gone=NO_PLANS_GONE)


async def _begin_anew(lease: RoundLease) -> None:
    """Read all users again; a licence lost since the last round was still there in that one.

    Those deleted meanwhile are not among them, so the bin is looked through as well.
    """
    await lease.save(replace(lease.round, link=None, started_at=None, is_seeded=False))
    await take_in_deleted(lease)
    await lease.save(replace(lease.round, is_seeded=True))
