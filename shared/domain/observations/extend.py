"""Add each look at a person to what is remembered, within fixed bounds.

Before a change is written, the run that it ends is extended to the last completed round in which
the person did not appear, since nothing had changed until then.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.licensing.held import HeldLicense, LostLicense, held_licenses
from shared.domain.observations.observation import (
    MailboxAnswers,
    Observation,
    PlanRun,
    RememberedNames,
)
from shared.domain.observations.rounds import RoundLog
from shared.domain.person import Person, smtp_addresses
from shared.domain.window.timeline import DAY

# Somebody whose licence comes and goes every week is remembered for two months and more.
MOST_RUNS = 16
MOST_LOST = 40
# A mailbox has at most 300 addresses. Source: Microsoft "Exchange Online limits".
MOST_ADDRESSES = 300
MOST_FORMER = 100


@dataclass(frozen=True, slots=True)
class Look:
    """The result of one look at a person; None is what it did not show.

    `has_plan` None: a licence that may or may not carry a mailbox. `names` is a user principal
    name, a display name and the mail addresses.
    """

    at: datetime
    has_plan: bool | None = None
    licenses: tuple[HeldLicense, ...] | None = None
    names: "SeenNames | None" = None
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeenNames:
    """The names of a person at one look; `addresses` without `smtp:`."""

    user_principal_name: str
    display_name: str | None = None
    addresses: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every name and address, in lower case."""
        return tuple(
            dict.fromkeys(name.lower() for name in (self.user_principal_name, *self.addresses))
        )


def names_of(person: Person) -> SeenNames:
    """The names of the person."""
    upn, name = person.user_principal_name, person.display_name
    return seen_names(upn, name, person.proxy_addresses, person.mail)


def seen_names(
    upn: str, display_name: str | None, proxy_addresses: Iterable[str], mail: str | None
) -> SeenNames:
    """The names in these properties; no address twice, the primary one first."""
    first_of: dict[str, str] = {}
    for address in (*smtp_addresses(proxy_addresses), *([mail] if mail else [])):
        first_of.setdefault(address.lower(), address)
    return SeenNames(upn, display_name, tuple(first_of.values()))


def look_at(person: Person, at: datetime, *, has_plan: bool | None) -> Look:
    """The look that a read of the person by id was."""
    return Look(
        at,
        has_plan,
        held_licenses(person.licenses, person.license_states),
        names_of(person),
        person.created_at,
    )


def known_until(observation: Observation, rounds: RoundLog) -> datetime | None:
    """The instant until which the last look still held, by looks and rounds; None: never seen."""
    if not observation.runs:
        return None
    last, round_ = observation.runs[-1].last, rounds.last
    if round_ is None or observation.is_doubted or observation.gone_at is not None:
        return last
    return max(last, round_)


def with_look(before: Observation, look: Look, rounds: RoundLog) -> Observation:
    """The observation after this look.

    An older look than what is known, as of a page of the feed that is late, changes nothing; if it
    saw something else, one of the two reads lagged, and the person is in doubt until looked at.
    """
    until = known_until(before, rounds)
    if before.runs and look.at < before.runs[-1].last:
        return before if look.has_plan is before.has_plan else doubted(before, rounds)
    runs = _closed(before.runs, until)
    if look.has_plan is not None:
        runs = _extended(replace(before, runs=runs), look.at, has_plan=look.has_plan)
    return replace(
        _with_licenses(before, look, until),
        runs=runs[-MOST_RUNS:],
        names=_with_names(before.names, look),
        created_at=look.created_at or before.created_at,
        shared_at=_shared_at(before, look),
        is_doubted=look.has_plan is None,
        deleted_at=None,
        purged_at=None,
    )


def first_look(user_id: str, look: Look) -> Observation:
    """The observation of somebody of whom nothing was remembered."""
    return with_look(Observation(user_id), look, RoundLog())


def doubted(before: Observation, rounds: RoundLog) -> Observation:
    """Mark the observation as contradicted: until the next look, rounds prove nothing."""
    return replace(before, runs=_closed(before.runs, known_until(before, rounds)), is_doubted=True)


def deleted(
    before: Observation, at: datetime, rounds: RoundLog, shown: Look | None = None
) -> Observation:
    """Note a deletion at that instant; `shown` is what the deleted object says of licences.

    Without it the licences stay remembered as of before, and nothing is known of the deletion.
    """
    known = known_until(before, rounds)
    until = known and min(known, at)
    gone = replace(before, runs=_closed(before.runs, until), deleted_at=at, purged_at=None)
    if shown is None or shown.has_plan is None:
        return gone
    runs = _extended(gone, at, has_plan=shown.has_plan)[-MOST_RUNS:]
    shared_at = _shared_at(before, shown)
    return replace(_with_licenses(gone, shown, until), runs=runs, shared_at=shared_at)


def _shared_at(before: Observation, look: Look) -> datetime | None:
    """What is known of a shared mailbox when it has a licence again: later answers are others."""
    return before.last_shared_at if look.has_plan else before.shared_at


def purged(before: Observation, at: datetime, rounds: RoundLog) -> Observation:
    """Note that the person is gone for good; the names stay, for requests by name."""
    runs = _closed(before.runs, known_until(before, rounds))
    return replace(before, runs=runs, purged_at=at)


def answering(before: Observation, at: datetime, purpose: str | None) -> Observation:
    """Note that the mailbox answered; None: it does not say what kind it is."""
    answers = before.answers
    is_same = answers is not None and not answers.is_over and purpose == before.purpose
    first = answers.first if answers is not None and is_same else at
    return replace(
        before, answers=MailboxAnswers(first, max(first, at)), purpose=purpose or before.purpose
    )


def silent(before: Observation) -> Observation:
    """Note that the mailbox did not answer."""
    answers = before.answers
    return before if answers is None else replace(before, answers=replace(answers, is_over=True))


def _closed(runs: tuple[PlanRun, ...], until: datetime | None) -> tuple[PlanRun, ...]:
    if not runs or until is None or until <= runs[-1].last:
        return runs
    return (*runs[:-1], replace(runs[-1], last=until))


def _extended(before: Observation, at: datetime, *, has_plan: bool) -> tuple[PlanRun, ...]:
    """The runs with this look: no run without a plan goes on over a doubt of more than a day.

    A licence that nobody can judge may have carried a mailbox in between.
    """
    runs = before.runs
    is_broken = not has_plan and before.is_doubted and bool(runs) and at - runs[-1].last > DAY
    if runs and runs[-1].has_plan == has_plan and not is_broken:
        return (*runs[:-1], replace(runs[-1], last=max(runs[-1].last, at)))
    first = max(at, runs[-1].last) if runs else at
    return (*runs, PlanRun(has_plan, first, first))


def _with_licenses(before: Observation, look: Look, until: datetime | None) -> Observation:
    if look.licenses is None:
        return before
    there = {item.sku_id: item for item in look.licenses}
    went = tuple(
        LostLicense(item, until or look.at, look.at)
        for item in before.held
        if not _is_there(item, there)
    )
    kept = (item for item in before.lost if not _is_there(item.license, there))
    known = _with_origins(look.licenses, before.held)
    return replace(before, held=known, lost=(*kept, *went)[-MOST_LOST:])


def _is_there(license_: HeldLicense, there: Mapping[str, HeldLicense]) -> bool:
    """Whether the licence is there with every plan that was on in it."""
    now = there.get(license_.sku_id)
    return now is not None and set(now.disabled_plans) <= set(license_.disabled_plans)


def _with_origins(
    seen: Iterable[HeldLicense], before: Iterable[HeldLicense]
) -> tuple[HeldLicense, ...]:
    """The licences with their origins; one that this look does not show is kept from before."""
    known = {item.sku_id: item for item in before}
    return tuple(
        replace(item, origin=known[item.sku_id].origin, group_ids=known[item.sku_id].group_ids)
        if item.origin is item.origin.UNKNOWN and item.sku_id in known
        else item
        for item in seen
    )


def _with_names(before: RememberedNames, look: Look) -> RememberedNames:
    seen = look.names
    if seen is None:
        return before
    gone = [name for name in before.current if name not in seen.all]
    former = [name for name in (*before.former, *gone) if name not in seen.all]
    keeps_addresses = look.has_plan is False and before.addresses
    addresses = before.addresses if keeps_addresses else seen.addresses[:MOST_ADDRESSES]
    return RememberedNames(
        seen.user_principal_name,
        seen.display_name or before.display_name,
        addresses,
        seen.all[: MOST_ADDRESSES + 1],
        tuple(dict.fromkeys(former))[-MOST_FORMER:],
    )
