"""Check: beside restores at work, and while Graph refuses or cannot be asked.

That it says what a run would do, and leaves no trace, is held by tests/table.
"""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.lists.losses import LossQuery
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import Door, RequestedBy
from shared.domain.requests.roles import Role
from shared.errors import (
    UNREADABLE_ANSWER,
    AnsweredError,
    DirectoryError,
    DirectoryRefusedError,
    DirectoryUnavailableError,
    LogInUseError,
    NotSentError,
    OutcomeUnknownError,
    PermissionMissingError,
    StorageUnavailableError,
    ThrottledError,
)
from shared.lists.losses import list_losses
from shared.ports.ledger import LockedBy
from shared.restore.accept import accept
from shared.restore.preflight import LOG_PATIENCE, check
from shared.restore.reading.license_evidence import license_updates
from shared.texts.reader import Reader
from tests.builders import NOW, USER_ID, a_deleted_person, a_person, a_request, because
from tests.reading import said
from tests.unit.world.people import ASSIGN, UNLICENSED
from tests.unit.world.world import World

READS = (
    "active",
    "deleted",
    "conflicts",
    "skus",
    "roles_held",
    "verified_domains",
    "changes_since",
    "mailbox",
)


def answered(status: int, code: str = "Authorization_RequestDenied") -> AnsweredError:
    """A definitive "no" of Graph."""
    return AnsweredError(status=status, code=code, message="No.", request_id="r-1")


async def test_a_check_goes_on_while_a_restore_of_the_user_is_at_work() -> None:
    """It takes no lock, so it waits for none and keeps none from its work."""
    world = World()
    world.put(a_deleted_person())
    await world.storage.locks.take(USER_ID, LockedBy("another", 1))

    told = await check(a_request(), world.deps)

    assert told.is_restorable


@pytest.mark.parametrize(
    ("by", "told"),
    [
        (RequestedBy(Door.HTTP, id="owner"), "own-restore"),
        (RequestedBy(Door.HTTP, id="another"), "restore-at-work"),
        (RequestedBy(Door.HTTP), "restore-at-work"),
    ],
)
async def test_a_restore_of_the_person_that_is_not_over_is_told(by: RequestedBy, told: str) -> None:
    """With its id to whoever asked for it; a check stays possible, and a second restore waits."""
    world = World()
    world.put(a_deleted_person())
    order = order_of(a_request(), RequestedBy(Door.HTTP, id="owner"))
    restore_id = (await accept(order, world.deps)).record.id
    await world.storage.locks.take(USER_ID, LockedBy(restore_id, 1))

    preflight = await check(a_request(), world.deps, by)

    (finding,) = [one for one in preflight.findings if one.code == "directory-unsettled"]
    assert (finding.severity, finding.text.variant, preflight.is_restorable) == ("warn", told, True)
    assert restore_id in said(finding).message
    unread = said(finding, Reader(roles=frozenset({Role.REQUEST}))).message
    assert (restore_id in unread) == (told == "own-restore")


async def test_a_restore_that_has_ended_is_not_told_though_its_lock_stays() -> None:
    """Whoever changed a person last keeps the row; nothing is under way any more."""
    world = World()
    world.put(a_deleted_person())
    done = await world.restore(a_request())

    preflight = await check(a_request(), world.deps)

    assert done.status.is_final
    assert USER_ID in world.storage.locks.holders
    assert "directory-unsettled" not in [one.code for one in preflight.findings]


async def test_the_key_and_the_callback_make_no_difference() -> None:
    """They are accepted, so that a flow can send the same body to both addresses."""
    world = World()
    world.put(a_deleted_person())
    request = a_request(idempotency_key="k", callback_url="https://x.logic.azure.com/1")

    assert await check(request, world.deps) == await check(a_request(), world.deps)


async def test_a_schedule_past_the_window_is_a_block_before_all_others() -> None:
    """Refused at once, as a run would be; the other findings are those of now."""
    world = World()
    world.put(a_deleted_person(synced=True))
    at = NOW + timedelta(days=29)

    told = await check(a_request(not_before=at), world.deps)

    blocks = [item.code for item in told.findings if item.severity == "block"]
    assert blocks == ["window-closed", "synced-from-on-premises"]
    assert told.block is not None
    assert "notBefore" in said(told.block).fix


async def test_lists_that_contradict_each_other_are_told() -> None:
    """In the minute of a deletion a user may be in both lists; a run would look again."""
    world = World()
    world.put(a_person())
    real = world.directory.deleted

    async def blurred(user_id: str) -> object:
        await real(user_id)
        return a_deleted_person()

    world.directory.deleted = blurred  # type: ignore[method-assign, assignment]

    told = await check(a_request(), world.deps)

    assert "directory-unsettled" in [item.code for item in told.findings]


@pytest.mark.parametrize("method", READS[:-2])
@pytest.mark.parametrize(
    ("error", "code"),
    [(answered(403), "permission-missing"), (answered(400, "BadRequest"), "directory-error")],
    ids=["403", "400"],
)
async def test_a_read_that_graph_refuses_blocks(
    method: str, error: AnsweredError, code: str
) -> None:
    """A retry would not help: it is a finding, with the permission's name, as a run would end."""
    world = World()
    world.put(a_deleted_person())
    world.directory.fail_next(method, error)

    told = await check(a_request(), world.deps)

    assert (told.is_restorable, told.case, told.window) == (False, None, None)
    [finding] = told.findings
    assert (finding.code, finding.severity) == (code, "block")
    assert code != "permission-missing" or "User.Read.All" in said(finding).message


USERS, LICENSES = "User.Read.All", "LicenseAssignment.Read.All"


@pytest.mark.parametrize(
    ("held", "named"),
    [
        ({LICENSES}, USERS),
        ({USERS}, LICENSES),
        (set(), f"{USERS}, {LICENSES}"),
        (None, f"{USERS}, {LICENSES}"),
    ],
    ids=["users", "licences", "both", "no token"],
)
async def test_a_refused_read_names_the_permission_that_is_missing(
    held: set[str] | None, named: str
) -> None:
    """By the token itself; where that does not tell, both that the reads take. A run says so, too.

    So does a list, which has no findings.
    """
    world = World()
    world.put(a_deleted_person())
    world.grants.permissions = frozenset(held or ())
    for _ in ("check", "run", "list"):
        world.directory.fail_next("skus", answered(403))
        if held is None:
            world.grants.fail_next("held", NotSentError(because("no token")))

    told = await check(a_request(), world.deps)
    ended = await world.restore(a_request())
    with pytest.raises(PermissionMissingError) as refused:
        await list_losses(LossQuery(), world.deps)

    assert ended.outcome is not None
    texts = [told.findings[0].text, ended.outcome.text, refused.value.text]
    assert [dict(one.params)["permission"] for one in texts] == [named, named, named]


async def test_nobody_is_told_to_grant_what_the_token_has() -> None:
    """Graph refuses although nothing is missing: no permission is called lacking, by a run neither.

    The code is that of every read that Graph refuses with 403. A list has the same words.
    """
    world = World()
    world.put(a_deleted_person())
    world.grants.permissions = frozenset({USERS, LICENSES})
    for _ in ("check", "run", "list"):
        world.directory.fail_next("skus", answered(403))

    told = await check(a_request(), world.deps)
    ended = await world.restore(a_request())
    with pytest.raises(DirectoryRefusedError) as refused:
        await list_losses(LossQuery(), world.deps)

    words, listed = said(told.findings[0]), said(refused.value)
    assert "permission" in listed.message
    assert "grant" not in listed.message + (listed.fix or "grant")
    assert ended.outcome is not None
    assert ended.outcome.text == told.findings[0].text
    assert told.findings[0].code == "permission-missing"
    assert f"{USERS}, {LICENSES}" in words.message
    assert "lacks" not in words.message
    assert "grant" not in (words.fix or "grant")


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (NotSentError(because("no way")), None),
        (OutcomeUnknownError(because("lost")), None),
        (answered(403, UNREADABLE_ANSWER), None),
        (ThrottledError(because("429"), None), None),
        (ThrottledError(because("429"), timedelta(seconds=40)), 40),
        (ThrottledError(because("429"), timedelta(0)), 1),
        (ThrottledError(because("429"), timedelta(hours=9)), 900),
    ],
    ids=["not sent", "lost", "a proxy's page", "429", "429, 40 s", "429, 0 s", "429, 9 h"],
)
async def test_a_passing_fault_of_graph_is_an_error(
    error: DirectoryError, seconds: int | None
) -> None:
    """Nothing was learnt: the caller comes back, when Graph said if it did."""
    world = World()
    world.put(a_deleted_person())
    world.directory.fail_next("skus", error)

    with pytest.raises(DirectoryUnavailableError) as raised:
        await check(a_request(), world.deps)

    wait = raised.value.retry_after
    assert (wait.total_seconds() if wait is not None else None) == seconds


async def test_a_storage_that_is_down_is_an_error() -> None:
    """What was observed is evidence; without it the window could be judged too long."""
    world = World()
    world.put(a_person(licenses=(), license_states=(), plans=()))
    world.storage.observations.fail_next("last", StorageUnavailableError("down"))

    with pytest.raises(StorageUnavailableError):
        await check(a_request(), world.deps)


QUOTA = 5
"""Requests for the audit log in ten seconds."""
OTHER_ID = "8d1f6f0e-4c5b-4a37-9f0a-0b6a5f6c2d12"


async def a_log_in_use() -> World:
    """A world with somebody without a licence, whose log others have asked as often as it takes."""
    world = World()
    world.put(UNLICENSED)
    with suppress(LogInUseError):
        for _ in range(QUOTA):
            await license_updates(OTHER_ID, world.deps)
    return world


async def test_a_check_waits_for_the_log_that_others_use() -> None:
    """Whoever asks over HTTP is answered a moment later, and not sent away."""
    world = await a_log_in_use()

    checking = asyncio.create_task(check(ASSIGN, world.deps))
    while not world.clock.is_waited_for:
        assert not checking.done()
        await asyncio.sleep(0)
    world.clock.advance(LOG_PATIENCE)
    told = await checking

    assert told.user_id == USER_ID
    assert any(call.startswith("changes_since") for call in world.directory.calls)


async def test_a_check_does_not_wait_for_longer() -> None:
    """A log that stays in use is 503, with the time at which to come back."""
    world = await a_log_in_use()
    stored = await world.deps.audit_cursors.load()
    later = world.clock.now() + LOG_PATIENCE + timedelta(seconds=5)
    await world.deps.audit_cursors.save(stored, replace(stored.cursor, throttled_until=later))

    with pytest.raises(DirectoryUnavailableError) as away:
        await check(ASSIGN, world.deps)

    assert away.value.retry_after == LOG_PATIENCE + timedelta(seconds=5)
