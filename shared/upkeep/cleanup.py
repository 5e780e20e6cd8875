"""Remove once a day, in every room, what is past its keep time, and warn of what soon is."""

from collections.abc import Awaitable

from shared import telemetry
from shared.alerts.ending_subscriptions import warn_of_endings
from shared.audit_trail.close_day import close_day
from shared.batches.cleanup import clean_up_batches
from shared.errors import UnreadableTextError
from shared.lists.cleanup import clean_up_losses
from shared.ports.deps import IntakeDeps
from shared.restore.cleanup import clean_up_restores
from shared.restore.reading.license_evidence import prune_audit_cursors
from shared.upkeep.schedules_told import tell_of_schedules
from shared.watch.cleanup import clean_up_observations


async def clean_up(deps: IntakeDeps) -> None:
    """Remove restores, entries of the audit log, observations, batches and losses that are over.

    And tell of subscriptions that end in days, and of restores that wait for their day. Before
    anything is removed, the day of the trail is closed: what goes stays proven.

    Each part stops after a time of its own: what is left is the next cleanup's.

    Raises:
        StorageUnavailableError: some were removed; the next cleanup takes the rest.
    """
    await close_day(deps)
    telemetry.cleaned(await clean_up_restores(deps))
    await _part("entries of the audit log", prune_audit_cursors(deps))
    telemetry.forgot(await _part("observations", clean_up_observations(deps)) or 0)
    await _part("batches", clean_up_batches(deps))
    await clean_up_losses(deps)
    await _part("subscriptions", warn_of_endings(deps))
    await tell_of_schedules(deps)


async def _part[T](name: str, work: Awaitable[T]) -> T | None:
    """What a part came to; None: it met what another release wrote, and the others go on."""
    try:
        return await work
    except UnreadableTextError as error:
        telemetry.failed(f"cleanup, {name}", error)
        return None
