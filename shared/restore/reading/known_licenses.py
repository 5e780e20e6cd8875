"""Gather what the observations and the audit log know of a person's licences before the loss."""

from collections.abc import Iterator
from datetime import timedelta

from shared.domain.licensing.held import LostLicense
from shared.domain.licensing.known import KnownLicenses, LicenseSource
from shared.domain.observations.observation import Observation

# The licences that one click takes away stand in one record, or in several of the same minute.
_ONE_LOSS = timedelta(seconds=60)


def known_licenses(
    observation: Observation | None, lost_by_audit: tuple[LostLicense, ...] = ()
) -> tuple[KnownLicenses, ...]:
    """What each source knows, the most trusted first."""
    observed = () if observation is None else (observation.known,)
    return (*observed, *_by_audit(lost_by_audit))


def _by_audit(lost: tuple[LostLicense, ...]) -> Iterator[KnownLicenses]:
    """Each loss in the audit log, the latest first, with all licences that went in it."""
    left = sorted(lost, key=lambda one: one.by, reverse=True)
    while left:
        last = left[0].by
        together = [one for one in left if last - one.by <= _ONE_LOSS]
        held = tuple(one.license for one in together)
        yield KnownLicenses(held, LicenseSource.AUDIT, tuple(together), last)
        left = left[len(together) :]
