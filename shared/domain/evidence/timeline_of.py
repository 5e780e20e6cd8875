"""Build one person's timeline from the current read, the observations and the audit log."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shared.domain.evidence.audit_records import AuditEvidence
from shared.domain.observations.observation import Observation
from shared.domain.observations.rounds import NO_ROUNDS, RoundLog
from shared.domain.person import UNLICENSED_PURPOSES, Person
from shared.domain.window.timeline import Fact, Hint, LogCoverage, Timeline, seen
from shared.domain.window.verdict import Evidence


@dataclass(frozen=True, slots=True)
class Remembered:
    """The service's own observations of a person, and of the tenant.

    `forgets_before`: what is older may have been cleaned up, or erased. `shows_deleted_licenses`:
    whether Graph has ever shown a licence on a deleted user of this tenant.
    """

    observation: Observation | None = None
    rounds: RoundLog = NO_ROUNDS
    forgets_before: datetime | None = None
    shows_deleted_licenses: bool = False


class MailboxState(StrEnum):
    """What came of asking the mailbox whether it is there."""

    NOT_ASKED = "not-asked"
    ANSWERS = "answers"
    SILENT = "silent"
    NOT_PERMITTED = "not-permitted"
    """The service may not look at any mailbox, or not at this one."""


@dataclass(frozen=True, slots=True)
class MailboxSight:
    """What was seen of a mailbox: its kind, if it said so, and whether it surely answers.

    `still_answers`: somebody without a plan has a mailbox that answers as a user's. `is_settled`:
    it was asked twice, some minutes apart, and said the same both times. `lacks_permission`: the
    service may look at no mailbox.
    """

    purpose: str | None = None
    still_answers: bool = False
    state: MailboxState = MailboxState.NOT_ASKED
    is_settled: bool = False
    lacks_permission: bool = False

    @property
    def needs_no_license(self) -> bool:
        """Whether it answers as a mailbox that lives without one: one answer will do."""
        return self.state is MailboxState.ANSWERS and self.purpose in UNLICENSED_PURPOSES


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that the sources say about a person who was read.

    `has_plan`: whether the person has a mailbox plan by this read; None: nobody can tell.
    `declared` is the word of a caller who may give it; one in the future is no evidence.
    `read_at`: when the person was read, where it is judged as of a later instant.
    """

    has_plan: bool | None
    remembered: Remembered = field(default_factory=Remembered)
    audit: AuditEvidence = field(default_factory=AuditEvidence)
    log: LogCoverage | None = None
    mailbox: MailboxSight = field(default_factory=MailboxSight)
    declared: datetime | None = None
    read_at: datetime | None = None


def timeline_of(person: Person, sources: Sources, now: datetime) -> Timeline:
    """The timeline of a person as of `now`: as read then, or as read before if nothing happens."""
    observation, declared = sources.remembered.observation, sources.declared
    by_caller = () if declared is None or declared > now else (Hint(declared, Evidence.DECLARED),)
    observed_at = observation.created_at if observation is not None else None
    observed = observation.purpose if observation is not None else None
    answers = sources.mailbox.still_answers or sources.mailbox.needs_no_license
    return Timeline(
        facts=(
            *_observed(person, sources.remembered, now),
            *sources.audit.facts,
            *_present(person, sources, now),
        ),
        hints=(*sources.audit.hints, *by_caller),
        created_at=person.created_at or observed_at,
        deleted_at=person.deleted_at,
        log=sources.log,
        is_shared=(sources.mailbox.purpose or observed) in UNLICENSED_PURPOSES,
        shared_at=observation.last_shared_at if observation is not None else None,
        still_answers=answers and sources.has_plan is not True,
    )


def observed_facts(
    observation: Observation, rounds: RoundLog, *, until: datetime
) -> Iterator[Fact]:
    """The facts that an observation and the rounds give about the person, up to an instant.

    Each run is known at both its ends, and in between wherever a round came. The last run goes on
    with the rounds that did not tell of the person, unless something contradicted it.
    """
    for number, run in enumerate(observation.runs):
        if run.first > until:
            return
        is_last = number == len(observation.runs) - 1
        goes_on = is_last and not observation.is_doubted and observation.purged_at is None
        end = until if goes_on else min(run.last, until)
        for at in dict.fromkeys((run.first, min(run.last, until))):
            yield seen(at, Evidence.OBSERVED, has_plan=run.has_plan)
        for stretch in rounds.within(run.first, end):
            yield Fact(run.has_plan, stretch.first, stretch.last, Evidence.OBSERVED)
    if observation.answered_at is not None and observation.answered_at <= until:
        yield seen(observation.answered_at, Evidence.MAILBOX, has_plan=True)


def never_observed(rounds: RoundLog, *, since: datetime | None, until: datetime) -> Iterator[Fact]:
    """The facts that the rounds give about an active person who was never remembered.

    Whoever had a plan in a round would be remembered: without one in every round.
    """
    if rounds.first is None:
        return
    begin = rounds.first if since is None else max(since, rounds.first)
    for stretch in rounds.within(begin, until):
        yield Fact(
            has_plan=False, since=stretch.first, until=stretch.last, evidence=Evidence.OBSERVED
        )


def _observed(person: Person, remembered: Remembered, now: datetime) -> Iterable[Fact]:
    until = min(person.deleted_at or now, now)
    observation, rounds = remembered.observation, remembered.rounds
    if observation is not None:
        return observed_facts(observation, rounds, until=until)
    known = [at for at in (person.created_at, remembered.forgets_before) if at is not None]
    return never_observed(rounds, since=max(known, default=None), until=until)


def _present(person: Person, sources: Sources, now: datetime) -> Iterator[Fact]:
    """The look of this moment; of a deleted person, what the object carries is of the deletion.

    Where Graph shows no licence on any deleted user, one who shows none says nothing.
    """
    has_plan = sources.has_plan
    if has_plan is None:
        return
    if person.deleted_at is None:
        # As of a later instant: whoever is so now stays so. Else what is to come would be a time
        # in which nobody looked, and no window could be known to be over by then.
        read_at = now if sources.read_at is None else min(sources.read_at, now)
        yield Fact(has_plan, since=read_at, until=now, evidence=Evidence.OBSERVED)
    elif has_plan or sources.remembered.shows_deleted_licenses:
        yield seen(person.deleted_at, Evidence.DELETED, has_plan=has_plan)
