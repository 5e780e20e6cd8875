"""Decide what a row of the directory's change feed means for what is remembered of a user.

A row of the feed is only a hint, because rows are replayed and come out of order: before a loss, or
the end of one, is believed, the user is read again by id.
Source: Microsoft "Use delta query to track changes in Microsoft Graph data", replays.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from shared.domain.licensing.held import held_licenses, mailbox_plan
from shared.domain.licensing.skus import Sku
from shared.domain.observations.extend import Look, SeenNames, with_look
from shared.domain.observations.observation import Observation
from shared.domain.observations.rounds import NO_ROUNDS
from shared.domain.person import AssignedLicense, LicenseState, Person, UserPlan


@dataclass(frozen=True, slots=True)
class ChangedUser:
    """An active user as the feed shows it; None is what the row does not say."""

    user_id: str
    licenses: tuple[AssignedLicense, ...] | None
    plans: tuple[UserPlan, ...] = ()
    license_states: tuple[LicenseState, ...] | None = None
    names: SeenNames | None = None
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RemovedUser:
    """A user who left the active ones: soft-deleted, or purged for good."""

    user_id: str
    is_purged: bool


type DeltaChange = ChangedUser | RemovedUser


class ChangeMeaning(Enum):
    """The meanings that a row of the feed can have, given what is remembered."""

    NOTHING = "nothing that is not known"
    REMEMBER = "licences or names to remember, and nothing lost"
    MAYBE_LOST = "the last mailbox plan is gone, or the row does not say"
    MAYBE_BACK = "there again: the mailbox plan, or the user"


def meaning_of(
    before: Observation | None, changed: ChangedUser, skus: tuple[Sku, ...]
) -> ChangeMeaning:
    """Decide what this row of the feed means, given what is remembered of the user."""
    has_plan = has_plan_in(changed, skus)
    if before is None:
        # A licence that nobody can judge may carry a mailbox: no round is to say that none did.
        is_perhaps = has_plan is None and changed.licenses is not None
        return ChangeMeaning.REMEMBER if has_plan or is_perhaps else ChangeMeaning.NOTHING
    if before.gone_at is not None or (has_plan and not before.has_plan):
        return ChangeMeaning.MAYBE_BACK
    if before.has_plan and not has_plan:
        return ChangeMeaning.MAYBE_LOST
    return ChangeMeaning.NOTHING if _is_as_remembered(before, changed) else ChangeMeaning.REMEMBER


def has_plan_in(changed: ChangedUser, skus: tuple[Sku, ...]) -> bool | None:
    """Whether the row shows a mailbox plan; None: it does not say, or nobody can tell."""
    if changed.licenses is None:
        return None
    return mailbox_plan(_as_person(changed), skus).is_there


def look_of(changed: ChangedUser, at: datetime, *, has_plan: bool | None) -> Look:
    """The look at the person that this row is."""
    if changed.licenses is None:
        return Look(at, has_plan, None, changed.names, changed.created_at)
    held = held_licenses(changed.licenses, changed.license_states or ())
    return Look(at, has_plan, held, changed.names, changed.created_at)


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


def _as_person(changed: ChangedUser) -> Person:
    """The row as somebody whose licences can be judged; it has no name."""
    return Person(
        id=changed.user_id,
        user_principal_name="",
        licenses=changed.licenses or (),
        plans=changed.plans,
        license_states=changed.license_states or (),
    )


def _is_as_remembered(before: Observation, changed: ChangedUser) -> bool:
    """Whether a look at this row would change nothing but when the person was last seen."""
    if not before.runs:
        return False
    look = look_of(changed, before.runs[-1].last, has_plan=before.has_plan)
    return with_look(before, look, NO_ROUNDS) == before
