"""Describe what is remembered of one person: plans over time, licences, names, the mailbox.

Bounded however often somebody changes, and written when something changes, not at every look.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from shared.domain.licensing.held import HeldLicense, LostLicense
from shared.domain.licensing.known import KnownLicenses, LicenseSource
from shared.domain.person import UNLICENSED_PURPOSES

# The mailbox service lags behind the directory by minutes: one answer after a loss proves nothing.
# No number is documented. Source: Microsoft "Designing for Eventual Consistency for Entra".
ANSWERS_APART = timedelta(minutes=5)

# A conversion to a shared mailbox may be under way, or a licence be swapped for another: one look
# without a plan is not acted on, two that are so far apart are.
LOOKS_APART = timedelta(minutes=8)
# The second look comes so long after the first.
SECOND_LOOK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class PlanRun:
    """The person was seen with (or without) a mailbox plan, first and last, and never otherwise.

    In between, only the rounds of the tenant say how often anybody looked.
    """

    has_plan: bool
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class RememberedNames:
    """The present and former names of the person.

    `addresses`: the mail addresses when the person was last seen with a plan, since some tenants
    lose them with it. `current` and `former` are all names and addresses in lower case.
    """

    user_principal_name: str = ""
    display_name: str | None = None
    addresses: tuple[str, ...] = ()
    current: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MailboxAnswers:
    """The mailbox answered at `first` and at `last`, and was never found silent in between."""

    first: datetime
    last: datetime
    is_over: bool = False
    """Whether it was found silent since."""


@dataclass(frozen=True, slots=True)
class Observation:
    """Everything remembered of one person. All instants are aware UTC; runs are oldest first."""

    user_id: str
    runs: tuple[PlanRun, ...] = ()
    held: tuple[HeldLicense, ...] = ()
    """The licences as last seen, by SKU id; of a deleted person, those before the deletion."""
    lost: tuple[LostLicense, ...] = ()
    names: RememberedNames = RememberedNames()
    purpose: str | None = None
    """What the mailbox last said that it is: `user`, `shared`, `room`, ..."""
    answers: MailboxAnswers | None = None
    created_at: datetime | None = None
    deleted_at: datetime | None = None
    """Since when the person is deleted; None while active."""
    purged_at: datetime | None = None
    """When the person was seen to be gone for good."""
    shared_at: datetime | None = None
    """When the mailbox last answered as one that needs no licence, before it had one again."""
    is_doubted: bool = False
    """Whether something contradicted what was seen: then rounds say nothing of this person."""

    @property
    def is_shared(self) -> bool:
        """Whether the mailbox needs no licence, by the last purpose that was read."""
        return self.purpose in UNLICENSED_PURPOSES

    @property
    def last_shared_at(self) -> datetime | None:
        """When the mailbox, without a licence, last answered as one that needs none.

        None: never, or it has answered otherwise since, or not at all.
        """
        answers = self.answers
        if self.has_plan or not self.is_shared or answers is None or answers.is_over:
            return self.shared_at
        return answers.last

    @property
    def gone_at(self) -> datetime | None:
        """The instant of the deletion, or else when the purge was seen; None while active."""
        return self.deleted_at or self.purged_at

    @property
    def has_plan(self) -> bool | None:
        """Whether the person had a plan when last seen; None: never seen."""
        return self.runs[-1].has_plan if self.runs else None

    @property
    def had_mailbox(self) -> bool:
        """Whether the person was ever seen with a mailbox plan, or the mailbox to answer."""
        has_answered = self.purpose is not None or self.answers is not None
        return has_answered or any(run.has_plan for run in self.runs)

    @property
    def answered_at(self) -> datetime | None:
        """The last instant at which the mailbox was surely there although no plan was.

        A shared mailbox may answer for good, so one answer will do.
        """
        answers = self.answers
        if answers is None:
            return None
        is_sure = self.is_shared or answers.last - answers.first >= ANSWERS_APART
        return answers.last if is_sure else None

    @property
    def answered_once(self) -> bool:
        """Whether the mailbox answered when last asked, and it takes another answer to be sure."""
        answers = self.answers
        return answers is not None and not answers.is_over and self.answered_at is None

    @property
    def lost_at(self) -> datetime | None:
        """The last instant at which the mailbox of somebody without a plan was there.

        None: the plan is there, no plan was ever seen, the mailbox needs none, or what was seen is
        in doubt.
        """
        there = self.license_lost_at
        if there is None or self.answered_at is None:
            return there
        return max(there, self.answered_at)

    @property
    def license_lost_at(self) -> datetime | None:
        """The last instant at which somebody without a plan was seen with one.

        The licence's own clock: no later answer of the mailbox moves it. None as for `lost_at`.
        """
        loss = self._loss
        return None if loss is None or self.is_shared or self.is_doubted else loss[0].last

    @property
    def lingering_since(self) -> datetime | None:
        """The licence's own clock, while the mailbox of an active person answers without one.

        None: the licence is there, or the mailbox needs none, or it did not answer when last asked.
        """
        lost_at, answered_at, answers = self.license_lost_at, self.answered_at, self.answers
        if lost_at is None or answered_at is None or answers is None:
            return None
        is_over = answers.is_over or self.gone_at is not None
        return None if is_over or answered_at <= lost_at else lost_at

    @property
    def is_seen_twice(self) -> bool:
        """Whether two looks, some minutes apart, found the plan gone."""
        loss = self._loss
        return loss is not None and loss[1].last - loss[1].first >= LOOKS_APART

    @property
    def _loss(self) -> tuple[PlanRun, PlanRun] | None:
        """The last run with a plan, and the time without that followed it to the end.

        A doubt may have cut that time into several runs.
        """
        without = [*takewhile(lambda run: not run.has_plan, reversed(self.runs))]
        if not without or len(without) == len(self.runs):
            return None
        before = self.runs[-len(without) - 1]
        return before, PlanRun(False, without[-1].first, without[0].last)  # noqa: FBT003 - a run

    @property
    def lost_with_plan(self) -> tuple[HeldLicense, ...]:
        """The licences that went in the same loss as the mailbox plan."""
        if self._loss is None:
            return ()
        with_plan, without = self._loss
        return tuple(
            item.license
            for item in self.lost
            if item.after <= without.first and item.by >= with_plan.last
        )

    @property
    def known(self) -> KnownLicenses:
        """The licences as of when the person last had a plan."""
        went = self.lost_with_plan
        as_before = {item.sku_id for item in went}
        had = (*went, *(one for one in self.held if one.sku_id not in as_before))
        return KnownLicenses(
            tuple(sorted(had, key=lambda one: one.sku_id)),
            LicenseSource.OBSERVED,
            self.lost,
            self.runs[-1].last if self.runs else None,
        )
