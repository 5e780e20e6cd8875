"""Guards as values: which orders are one guard, what a loss asks for, what callers are shown."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.documents.guard import guard_document
from shared.domain.guards.guard import (
    GuardAct,
    GuardLoss,
    GuardOrder,
    guard_id_for,
    is_guard_id,
    open_guard,
    request_for,
    restore_order,
)
from shared.domain.requests.request import Door, RequestedBy, RestoreKind
from shared.domain.window import Evidence
from shared.texts.reader import Language, Reader
from tests.builders import NOW, USER_ID

BY = RequestedBy(Door.HTTP, "Boss", "b055")
ORDER = GuardOrder("Megan@contoso.com", RestoreKind.MAILBOX, GuardAct.AT_ONCE, "why", "T-1")
GUARD = replace(open_guard(ORDER, BY, NOW), user_id=USER_ID)
LOSS = GuardLoss(NOW, Evidence.DELETED, deleted_at=NOW)
READER = Reader(Language.ENGLISH)


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (replace(ORDER, reason=None, ticket="T-2"), True),
        (replace(ORDER, user="MEGAN@contoso.com"), True),
        (replace(ORDER, user="alex@contoso.com"), False),
        (replace(ORDER, kind=RestoreKind.USER), False),
        (replace(ORDER, act=GuardAct.WHEN_CLOSING), False),
    ],
    ids=["remarks", "case", "user", "kind", "act"],
)
def test_equal_orders_are_one_guard(other: GuardOrder, is_same: bool) -> None:  # noqa: FBT001
    """By user, kind and act; names without regard to case."""
    assert (guard_id_for(other) == guard_id_for(ORDER)) is is_same


@pytest.mark.parametrize("text", ["", "x", "0" * 31, "0" * 33, "A" * 32, "../" + "0" * 29])
def test_an_id_is_32_hex_digits(text: str) -> None:
    """Nothing else is looked up."""
    assert is_guard_id(GUARD.id)
    assert not is_guard_id(text)


def test_one_loss_asks_for_one_restore() -> None:
    """The same request each time; another instant, or another guard, is another restore."""
    request = request_for(GUARD)
    noted = replace(LOSS, restore_id="r", deleted_at=None)
    other = replace(GUARD, id="0" * 32)

    assert request.user == USER_ID
    assert restore_order(GUARD, LOSS).request == request
    assert restore_order(GUARD, noted) == restore_order(GUARD, LOSS)
    later = replace(LOSS, at=NOW + timedelta(microseconds=1))
    orders = [(GUARD, LOSS, 0), (GUARD, later, 0), (other, LOSS, 0), (GUARD, LOSS, 1)]
    assert len({restore_order(*one).restore_id for one in orders}) == len(orders)


def test_callers_are_shown_what_was_ordered_and_seen() -> None:
    """Every field, before the first look and after a loss."""
    fresh = guard_document(open_guard(ORDER, BY, NOW), READER, self_link="https://x/guards/1")
    lost = guard_document(
        replace(GUARD.lost(LOSS, USER_ID), last_seen_at=NOW).began("r"), READER, self_link="l"
    )

    assert fresh == {
        "id": GUARD.id,
        "user": "Megan@contoso.com",
        "userId": None,
        "kind": "mailbox",
        "act": "at-once",
        "reason": "why",
        "ticket": "T-1",
        "createdAt": "2026-11-22T12:00:00Z",
        "createdBy": {"name": "Boss", "id": "b055"},
        "lastSeenAt": None,
        "state": "watching",
        "lastLoss": None,
        "findings": [],
        "links": {"self": "https://x/guards/1"},
    }
    assert (lost["state"], lost["userId"]) == ("lost", USER_ID)
    assert lost["lastSeenAt"] == "2026-11-22T12:00:00Z"
    assert lost["lastLoss"] == {
        "at": "2026-11-22T12:00:00Z",
        "evidence": "deletedDateTime",
        "restoreId": "r",
    }


def test_what_was_never_lost_has_no_restore() -> None:
    """A guard without a loss stays as it is."""
    assert GUARD.began("r") == GUARD
    assert GUARD.loss is None
