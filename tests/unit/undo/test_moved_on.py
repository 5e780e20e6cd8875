"""Whether the world has moved on since a restore: a row each, on both sides of every boundary."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from shared.domain.decision import StepName
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense, LicenseState, Person
from shared.domain.records.progress import Step, StepStatus
from shared.domain.records.record import Record
from shared.domain.undos.moved_on import UndoLook, moved_on
from shared.domain.undos.sign_ins import SignInLook
from shared.domain.undos.take_back import take_back_of
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    TEAMS_PLAN_ID,
    a_person,
    a_record,
)

MICROSECOND = timedelta(microseconds=1)
E3 = AssignedLicense(ENTERPRISEPACK_ID)
OFF = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID,))
ANOTHER = AssignedLicense("another")
BARE = a_person(licenses=(), license_states=(), plans=())
HELD = a_person(licenses=(E3,), license_states=())
BY_GROUP = (LicenseState(ANOTHER.sku_id, "a group", "Active"),)
NOBODY: tuple[str, ...] = ()


def step(name: StepName, at: timedelta = timedelta(), status: StepStatus = StepStatus.DONE) -> Step:
    """A step that ended then."""
    return Step(name, status, started_at=NOW + at, ended_at=NOW + at)


def a_restore(*steps: Step, had: Person = BARE, gave: tuple[AssignedLicense, ...] = ()) -> Record:
    """An ended restore of somebody who was so before it."""
    return replace(a_record(), person=had, steps=steps, licenses=gave)


USER = a_restore(step(StepName.RESTORE_USER), had=HELD)
LICENSE = a_restore(step(StepName.ASSIGN_LICENSE), gave=(E3,))
SWITCHED = a_restore(
    step(StepName.ASSIGN_LICENSE), had=a_person(licenses=(OFF,), license_states=()), gave=(E3,)
)
BOTH = a_restore(
    step(StepName.RESTORE_USER), step(StepName.ASSIGN_LICENSE, timedelta(minutes=1)), gave=(E3,)
)


@dataclass(frozen=True)
class Row:
    """What was done, what is seen now, and in which words it is refused; None: taken back."""

    name: str
    done: Record
    seen: UndoLook
    refused: str | None


def seen(person: Person | None = HELD, at: timedelta | None = None, **more: object) -> UndoLook:
    """What a look shows: the person, and a sign-in so long after the restore."""
    sign_in = SignInLook(None if at is None else NOW + at)
    return replace(UndoLook(person, sign_in), **more)  # type: ignore[arg-type]


def held(*licenses: AssignedLicense, **fields: object) -> Person:
    """Somebody with these licences, all of them direct."""
    return replace(HELD, licenses=licenses, **fields)  # type: ignore[arg-type]


ROWS = [
    Row("as it was left", USER, seen(), None),
    Row("a licence as it was left", LICENSE, seen(), None),
    Row("both as they were left", BOTH, seen(), None),
    Row("signed in before", USER, seen(at=-timedelta(days=40)), None),
    Row("signed in at the very instant", USER, seen(at=timedelta()), None),
    Row("signed in just after", USER, seen(at=MICROSECOND), ""),
    Row("signed in just after the first of two changes", BOTH, seen(at=MICROSECOND), ""),
    Row("never signed in", USER, seen(at=None), None),
    Row("another licence since", USER, seen(held(E3, ANOTHER)), "license"),
    Row("another licence since a licence", LICENSE, seen(held(E3, ANOTHER)), "license"),
    Row(
        "another licence, of a group",
        USER,
        seen(held(E3, ANOTHER, license_states=BY_GROUP)),
        None,
    ),
    Row("a licence less, of a restored user", USER, seen(BARE), None),
    Row("the licence off by hand", LICENSE, seen(BARE), "gone"),
    Row("the licence off by hand, of a restored user", BOTH, seen(BARE), None),
    Row("its plan off again by hand", SWITCHED, seen(held(OFF)), "gone"),
    Row(
        "another plan off by hand",
        SWITCHED,
        seen(held(AssignedLicense(ENTERPRISEPACK_ID, (TEAMS_PLAN_ID,)))),
        "plans",
    ),
    Row("the licence off altogether, where a plan was switched on", SWITCHED, seen(BARE), "gone"),
    Row("not active any more", USER, seen(None), "gone"),
    Row("not active any more, of a licence", LICENSE, seen(None), "gone"),
    Row("an admin by now", USER, seen(roles=("Global Administrator",)), "roles"),
    Row("no admin", USER, seen(roles=NOBODY), None),
    Row("changed last by this restore", USER, seen(last_changed_by=USER.id), None),
    Row("nobody knows who changed it last", USER, seen(last_changed_by=""), None),
    Row("another restore since", USER, seen(last_changed_by="f" * 32), "restore"),
    Row(
        "another restore comes before what it did",
        USER,
        seen(None, last_changed_by="f" * 32),
        "restore",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_whether_it_is_taken_back(row: Row) -> None:
    """Refused with what is otherwise now, or taken back."""
    ending = moved_on(row.done, take_back_of(row.done), row.seen)

    if row.refused is None:
        assert ending is None
        return
    assert ending is not None
    assert (ending.code, ending.text.variant) == (Code.UNDO_REFUSED, row.refused)


@pytest.mark.parametrize(
    ("status", "is_any"),
    [
        (StepStatus.DONE, True),
        *[(one, False) for one in StepStatus if one is not StepStatus.DONE],
    ],
)
@pytest.mark.parametrize("name", [StepName.RESTORE_USER, StepName.ASSIGN_LICENSE])
def test_only_what_was_done_is_taken_back(
    name: StepName, status: StepStatus, *, is_any: bool
) -> None:
    """What was found so already, was skipped or was tried in vain is somebody else's."""
    done = a_restore(step(name, status=status), gave=(E3,))

    assert take_back_of(done).is_any == is_any


def test_what_only_looks_is_nothing_to_take_back() -> None:
    """A restore that found everything well has changed nothing."""
    done = a_restore(step(StepName.VERIFY_USER), step(StepName.VERIFY_MAILBOX))

    assert not take_back_of(done).is_any
