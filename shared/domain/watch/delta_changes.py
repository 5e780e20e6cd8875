"""Sightings: what the directory's change feed says of users, and what that means for us.

Pure. A row of the feed is a hint: rows are replayed and come out of order, so what would change
somebody's fate (a loss, or the end of one) is read again by id before it is believed.
Source: Microsoft "Use delta query to track changes in Microsoft Graph data", replays.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from shared.domain.licensing.choice import (
    KnownLicenses,
    LicenseSource,
    Sku,
    has_mailbox_plan,
)
from shared.domain.person import AssignedLicense, LicenseState, Person
from shared.domain.snapshot import Observation


@dataclass(frozen=True, slots=True)
class ChangedUser:
    """An active user as the feed shows it; None is what the row does not say."""

    user_id: str
    licenses: tuple[AssignedLicense, ...] | None
    enabled_plans: tuple[str, ...] = ()
    license_states: tuple[LicenseState, ...] | None = None


@dataclass(frozen=True, slots=True)
class RemovedUser:
    """A user who left the active ones: soft-deleted, or purged for good."""

    user_id: str
    is_purged: bool


type DeltaChange = ChangedUser | RemovedUser


class ChangeMeaning(Enum):
    """What a row of the feed means beside what is remembered."""

    NOTHING = "nothing that is not known"
    REMEMBER = "licences to remember, and nothing lost"
    MAYBE_LOST = "the last mailbox plan is gone, or the row does not say"
    MAYBE_BACK = "there again: the mailbox plan, or the user"


def meaning_of(
    before: Observation | None, changed: ChangedUser, skus: tuple[Sku, ...]
) -> ChangeMeaning:
    """What this row of the feed means for somebody of whom that is remembered."""
    has_plan = changed.licenses is not None and _has_plan(changed, skus)
    if before is None:
        return ChangeMeaning.REMEMBER if has_plan else ChangeMeaning.NOTHING
    if has_plan:
        if before.lost_at is not None or before.gone_at is not None:
            return ChangeMeaning.MAYBE_BACK
        return (
            ChangeMeaning.NOTHING if _is_as_remembered(before, changed) else ChangeMeaning.REMEMBER
        )
    if before.lost_at is None:
        return ChangeMeaning.MAYBE_LOST
    return ChangeMeaning.MAYBE_BACK if before.gone_at is not None else ChangeMeaning.NOTHING


def one_per_user(rows: tuple[DeltaChange, ...]) -> list[dict[str, DeltaChange]]:
    """The rows by user, in as many turns as one user has rows: a page may name somebody twice.

    Each turn is to be settled before the next one: which of two rows is the newer, nobody says.
    """
    turns: list[dict[str, DeltaChange]] = []
    for row in rows:
        turn = next((turn for turn in turns if row.user_id not in turn), None)
        if turn is None:
            turns.append(turn := {})
        turn[row.user_id] = row
    return turns


def remember(
    user_id: str,
    licenses: tuple[AssignedLicense, ...],
    states: tuple[LicenseState, ...],
    seen_at: datetime,
) -> Observation:
    """The observation of a user who has a mailbox plan now.

    A SKU that comes from a group and directly as well counts as direct: it was given by hand.
    """
    direct = {state.sku_id for state in states if state.group_id is None}
    groups = {
        state.sku_id: state.group_id
        for state in states
        if state.group_id is not None and state.sku_id not in direct
    }
    known = KnownLicenses(_sorted(licenses), LicenseSource.OBSERVED, tuple(sorted(groups.items())))
    return Observation(user_id, seen_at, known)


def lost(before: Observation, bound: datetime) -> Observation:
    """The same observation with its loss; the licences stay those of before."""
    return replace(before, lost_at=bound, purpose=None)


def earlier_bound(before: Observation, round_completed: datetime | None) -> datetime:
    """The last instant at which the mailbox plan is known to have been there.

    Who does not appear in a round is unchanged as of its start; who was seen later, as of then.
    """
    return before.seen_at if round_completed is None else max(before.seen_at, round_completed)


def as_person(changed: ChangedUser) -> Person:
    """The row as somebody whose licences can be judged; it has no name."""
    return Person(
        id=changed.user_id,
        user_principal_name="",
        licenses=changed.licenses or (),
        enabled_plans=changed.enabled_plans,
        license_states=changed.license_states or (),
    )


def _has_plan(changed: ChangedUser, skus: tuple[Sku, ...]) -> bool:
    return has_mailbox_plan(as_person(changed), skus)


def _is_as_remembered(before: Observation, changed: ChangedUser) -> bool:
    if before.purpose is not None:
        return False
    states = changed.license_states
    now = remember(changed.user_id, changed.licenses or (), states or (), before.seen_at).known
    is_same_origin = states is None or now.group_of_sku == before.known.group_of_sku
    return is_same_origin and now.licenses == _sorted(before.known.licenses)


def _sorted(licenses: tuple[AssignedLicense, ...]) -> tuple[AssignedLicense, ...]:
    plain = (AssignedLicense(one.sku_id, tuple(sorted(one.disabled_plans))) for one in licenses)
    return tuple(sorted(plain, key=lambda one: one.sku_id))


def was_mailbox_user(person: Person, skus: tuple[Sku, ...]) -> bool:
    """Whether a deleted user of whom nothing is remembered had a mailbox, as far as it shows.

    By a licence that the deleted object still lists; else by an SMTP address, since a shared, room
    or equipment mailbox has no licence. A guest has an address, too, and a mailbox elsewhere.
    """
    is_addressed = any(one.lower().startswith("smtp:") for one in person.proxy_addresses)
    return has_mailbox_plan(person, skus) or (is_addressed and not is_guest(person))


def is_guest(person: Person) -> bool:
    """Whether the user belongs to another tenant: Entra ID marks the names of those with #EXT#.

    Source: Microsoft Entra docs "Properties of a Microsoft Entra B2B collaboration user".
    """
    return "#ext#" in person.user_principal_name.lower()
