"""Tell the stand-in's time: the machine's clock plus an offset that tests move."""

from datetime import UTC, datetime, timedelta

ISO_SECONDS = "%Y-%m-%dT%H:%M:%SZ"


class StandInClock:
    """A clock that runs with the machine, shifted by an offset, or stands still when frozen."""

    def __init__(self) -> None:
        self._offset = timedelta()
        self._frozen_at: datetime | None = None

    def real_now(self) -> datetime:
        """Answer the machine's time, for what clients check by their own clock (tokens)."""
        return datetime.now(UTC)  # noqa: TID251 - the one place where the stand-in reads the clock

    def now(self) -> datetime:
        """Answer the stand-in's time."""
        if self._frozen_at is not None:
            return self._frozen_at
        return self.real_now() + self._offset

    def set(self, moment: datetime) -> None:
        """Make it `moment` now; the clock runs on from there, or stays there when frozen."""
        if self._frozen_at is not None:
            self._frozen_at = moment
        else:
            self._offset = moment - self.real_now()

    def advance(self, step: timedelta) -> None:
        """Move the clock by `step`."""
        self.set(self.now() + step)

    def freeze(self, *, frozen: bool) -> None:
        """Stop the clock at its present reading, or let it run on from there."""
        moment = self.now()
        self._frozen_at = moment if frozen else None
        self.set(moment)


def iso(moment: datetime) -> str:
    """Write an instant as Graph does, with fractions only where there are some."""
    utc = moment.astimezone(UTC)
    text = utc.strftime(ISO_SECONDS)
    return text if not utc.microsecond else f"{text[:-1]}.{utc.microsecond:06d}Z"


def iso_seconds(moment: datetime) -> str:
    """Write an instant in whole seconds, rounded down."""
    return moment.astimezone(UTC).strftime(ISO_SECONDS)


def instant(text: str) -> datetime:
    """Read an ISO instant; one without a zone is UTC. Raises ValueError for anything else."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
