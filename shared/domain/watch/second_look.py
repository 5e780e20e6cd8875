"""Decide how often a loss is looked at before it counts, and when too many are lost at once.

A conversion to a shared mailbox may be under way, or a licence be swapped for another: minutes
later nothing is lost. And Graph has shown all users of a tenant without their licences for a time,
while their mailboxes answered. Source: microsoft-graph-docs issue 16054.
"""

from dataclasses import dataclass
from datetime import timedelta

from shared.domain.observations.observation import Observation

# A round that Graph cut short goes on after this, unless Graph names a time.
GO_ON = timedelta(minutes=3)

# What the tenant is looked at under, in between two ticks of the timer; no restore is called so.
WATCH_ID = "watch"

# Of fewer people than these, a tenth says nothing.
_FEWEST = 5
_SHARE = 10


@dataclass(frozen=True, slots=True)
class PlansGone:
    """The people whose plan seems to have gone in one round.

    Of them `asked` were asked for their mailboxes, and `answering` answered as a user's. `people`
    is how many have a plan as far as is remembered, those that seem gone included.
    """

    count: int = 0
    asked: int = 0
    answering: int = 0

    def is_doubtful(self, people: int, mass_count: int) -> bool:
        """Whether so many are gone, and so many mailboxes answer, that the reading is in doubt."""
        share = max(_FEWEST, -(-people // _SHARE))
        is_mass = self.count > mass_count or self.count >= share
        return is_mass and self.asked > 0 and 2 * self.answering > self.asked

    def plus(self, other: "PlansGone") -> "PlansGone":
        """Both together."""
        return PlansGone(
            self.count + other.count,
            self.asked + other.asked,
            self.answering + other.answering,
        )


NO_PLANS_GONE = PlansGone()


def wants_second_look(was: Observation, after: Observation) -> bool:
    """Whether the loss in `after` is to be looked at once more, some minutes later.

    A new one is; so is one whose mailbox has just fallen silent, or has answered for the first
    time: the mailbox service may err for minutes. Another answer of one that is known to answer
    moves the loss, and makes no new one of it.
    """
    if after.lost_at is None or after.gone_at is not None:
        return False
    is_same = after.license_lost_at == was.license_lost_at and after.is_seen_twice
    is_new = after.lost_at != was.lost_at and not is_same
    fell_silent = was.lingering_since is not None and after.lingering_since is None
    return is_new or fell_silent or (after.answered_once and after.answers != was.answers)
