"""Tell a loss from what the service itself has taken away: an undo, or a drill."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self

from shared.domain.person import Person

# From filing that something is about to be taken away until Graph has done it: half a minute at
# most for the request, and the clocks of two services differ.
_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class TakenAway:
    """When the service took mailboxes away, by the ids of their users."""

    at: dict[str, tuple[datetime, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, filed: Iterable[tuple[str, datetime]]) -> Self:
        """By what was filed: a user and an instant each."""
        found: dict[str, list[datetime]] = defaultdict(list)
        for user_id, at in filed:
            found[user_id].append(at)
        return cls({user_id: tuple(instants) for user_id, instants in found.items()})

    def explains(self, person: Person, lost_at: datetime | None) -> bool:
        """Whether this person is lost only because the service has taken it away.

        `lost_at` is the earliest instant at which the licence of an active person may have gone;
        whoever had it for longer than the service's own change has lost it since.
        """
        deleted_at = person.deleted_at
        if deleted_at is None:
            return self.explains_loss(person.id, lost_at)
        return any(abs(deleted_at - at) <= _WITHIN for at in self.at.get(person.id, ()))

    def explains_loss(self, user_id: str, lost_at: datetime | None) -> bool:
        """The same of an active person, by its id."""
        return any(lost_at is None or lost_at <= at + _WITHIN for at in self.at.get(user_id, ()))
