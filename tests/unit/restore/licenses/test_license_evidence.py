"""The audit log: one read for everybody, within the quota, whatever happens in the middle of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from shared.domain.evidence.audit_records import Activity, AuditRecord, LicenseContent, LogRefusal
from shared.domain.outcomes import Code
from shared.domain.records.progress import WaitingFor
from shared.domain.requests.request import RestoreKind
from shared.domain.watch.audit_cursor import (
    HOLD,
    MOST_REQUESTS,
    REFUSAL_LIFE,
    REQUESTS_PER,
    WHOLE_AGAIN,
    AuditCursor,
)
from shared.domain.window.timeline import LogCoverage
from shared.errors import (
    AnsweredError,
    OutcomeUnknownError,
    StorageUnavailableError,
    ThrottledError,
)
from shared.restore.reading.license_evidence import (
    EvidenceQuestion,
    LogAnswer,
    license_changed_at,
    license_records,
    license_updates,
    prune_audit_cursors,
)
from tests.builders import NOW, USER_ID, because
from tests.fakes.audit_cursor import InMemoryAuditCursors
from tests.fakes.ledger import InMemoryStorage
from tests.unit.world.people import DAY, NAMED, UNLICENSED, ask, world_with
from tests.unit.world.world import World, code_of

SECOND = timedelta(seconds=1)
GONE_AT = NOW - 4 * DAY
OTHER_ID = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def world() -> World:
    """Give a tenant in which Megan lost the licence four days ago, as the audit log knows."""
    world = world_with(UNLICENSED)
    world.directory.license_changes[USER_ID] = [GONE_AT]
    return world


async def ask_for(world: World, user_id: str = USER_ID, *, can_wait: bool = True) -> object:
    """Ask now when the licence of this user went."""
    question = EvidenceQuestion(world.clock.now(), can_wait=can_wait)
    return await license_changed_at(user_id, question, world.deps)


def requests(world: World) -> int:
    """How often the log was asked."""
    return sum(call.startswith("changes_since") for call in world.directory.calls)


async def test_one_request_answers_for_every_user(world: World) -> None:
    """Those who asked before it was sent, with an entry or without, and a minute long for more."""
    asked_at = world.clock.now()
    world.clock.advance(SECOND)

    assert await ask_for(world) == GONE_AT
    question = EvidenceQuestion(asked_at)
    assert await license_changed_at(OTHER_ID, question, world.deps) is None
    world.clock.advance(59 * SECOND)
    assert await ask_for(world) == GONE_AT
    assert requests(world) == 1


async def test_that_there_is_none_is_read_anew_for_a_later_question(world: World) -> None:
    """Whoever saw the licence go a moment ago is not told what was so before."""
    await ask_for(world, OTHER_ID)
    world.clock.advance(SECOND)
    world.directory.license_changes[OTHER_ID] = [NOW]

    assert await ask_for(world, OTHER_ID) == NOW
    assert requests(world) == 2


async def test_entries_outside_the_window_are_no_evidence(world: World) -> None:
    """A day more than the window counts, so that a loss just outside it is called closed."""
    world.directory.license_changes[USER_ID] = [NOW - 32 * DAY, NOW - 31 * DAY, NOW - DAY]

    assert await ask_for(world) == NOW - 31 * DAY


async def test_three_hundred_who_wait_cost_a_handful() -> None:
    """All of them come through, and the quota is kept."""
    ids = [f"{number:08x}-2222-4333-8444-555555555555" for number in range(300)]
    world = world_with()
    world.directory.license_changes = {user_id: [GONE_AT] for user_id in ids[::2]}
    asked_at = world.clock.now()
    waits: list[timedelta | None] = []

    async def one(user_id: str) -> object:
        while True:
            try:
                return await license_changed_at(user_id, EvidenceQuestion(asked_at), world.deps)
            except ThrottledError as error:
                waits.append(error.retry_after)

    answers = await asyncio.gather(*(one(user_id) for user_id in ids))

    assert answers == [GONE_AT if at % 2 == 0 else None for at in range(300)]
    assert requests(world) == 1
    assert all(wait is not None and wait <= REQUESTS_PER for wait in waits)


async def test_a_long_log_is_read_within_the_quota(world: World) -> None:
    """Page by page; when the quota is used up, the read is gone on with by whoever comes next."""
    world.directory.audit_page_size = 1
    world.directory.license_changes[OTHER_ID] = [NOW - day * DAY for day in range(1, 11)]
    asked_at = world.clock.now()
    waits: list[timedelta | None] = []
    answer = None
    while answer is None:
        try:
            answer = await license_changed_at(OTHER_ID, EvidenceQuestion(asked_at), world.deps)
        except ThrottledError as error:
            waits.append(error.retry_after)
            world.clock.advance(error.retry_after or SECOND)

    assert answer == NOW - 10 * DAY
    assert requests(world) == 11
    assert waits == [REQUESTS_PER, REQUESTS_PER]
    assert MOST_REQUESTS == 4


async def test_a_long_log_is_then_read_at_its_end_only(world: World) -> None:
    """Entries of the last hour come again and do no harm; once a day, all is read."""
    world.directory.audit_page_size = 2
    world.directory.license_changes[OTHER_ID] = [NOW - 2 * DAY, NOW - 3 * DAY]
    assert await ask_for(world) == GONE_AT
    world.directory.license_changes["c"] = [NOW - timedelta(minutes=30)]
    world.directory.license_changes["d"] = [NOW - timedelta(minutes=90)]
    world.clock.advance(timedelta(minutes=10))

    assert await ask_for(world, "c") == NOW - timedelta(minutes=30)
    assert requests(world) == 3
    assert await ask_for(world, "d") is None
    world.clock.advance(WHOLE_AGAIN)
    assert await ask_for(world, "d") == NOW - timedelta(minutes=90)
    assert requests(world) == 6


class CrashingTrail(InMemoryAuditCursors):
    """A cursor whose storage fails once, at the call of this number, before or after its effect."""

    def __init__(self, crash_at: int, *, after_effect: bool) -> None:
        super().__init__()
        self._left, self._after_effect = crash_at, after_effect

    @asynccontextmanager
    async def _call(self, method: str) -> AsyncIterator[None]:
        if self._left == 0:
            self.fail_next(method, StorageUnavailableError("gone"), after_effect=self._after_effect)
        self._left -= 1
        async with super()._call(method):
            yield


@pytest.mark.parametrize("after_effect", [False, True])
@pytest.mark.parametrize("crash_at", range(13))
async def test_a_crash_anywhere_heals(*, crash_at: int, after_effect: bool) -> None:
    """Whichever call to storage is lost: when the hold has run out, somebody else reads on."""
    cursor = CrashingTrail(crash_at, after_effect=after_effect)
    world = World(storage=InMemoryStorage(audit_cursors=cursor))
    world.directory.audit_page_size = 1
    world.directory.license_changes = {
        USER_ID: [GONE_AT],
        OTHER_ID: [NOW - 2 * DAY, NOW - 3 * DAY],
    }

    with pytest.raises(StorageUnavailableError):
        await ask_for(world)
    world.clock.advance(HOLD)

    assert await ask_patiently(world) == GONE_AT
    assert await ask_patiently(world, OTHER_ID) == NOW - 3 * DAY


async def ask_patiently(world: World, user_id: str = USER_ID) -> object:
    """Ask, and come back when told to."""
    asked_at = world.clock.now()
    for _ in range(5):
        try:
            return await license_changed_at(user_id, EvidenceQuestion(asked_at), world.deps)
        except ThrottledError as error:
            world.clock.advance(error.retry_after or SECOND)
    raise AssertionError("the cursor does not heal")


async def test_one_worker_reads_the_log_and_the_others_wait(world: World) -> None:
    """Whoever finds the log being read comes back; who cannot come back takes a recent answer."""
    await ask_for(world)
    world.clock.advance(SECOND)
    cursor = world.storage.audit_cursors
    held = cursor.stored.cursor.taken("another", NOW - 31 * DAY, world.clock.now())
    await cursor.save(cursor.stored, held)

    with pytest.raises(ThrottledError):
        await ask_for(world, OTHER_ID)
    assert await ask_for(world, OTHER_ID, can_wait=False) is None
    world.clock.advance(timedelta(minutes=1))
    assert await ask_for(world, OTHER_ID) is None


async def test_a_refusal_is_asked_for_once(world: World) -> None:
    """A closed log is no evidence, for everybody and for some minutes."""
    world.directory.shows_audit = False

    assert [await ask_for(world) for _ in range(20)] == [None] * 20
    assert requests(world) == 1
    world.directory.shows_audit = True
    world.clock.advance(REFUSAL_LIFE)
    assert await ask_for(world) == GONE_AT


async def test_a_throttled_log_is_let_alone_by_everybody(world: World) -> None:
    """For as long as Graph said."""
    world.directory.fail_next(
        "changes_since", ThrottledError(because("429"), timedelta(seconds=30))
    )

    for waited in (0, 10, 29):
        with pytest.raises(ThrottledError):
            await ask_for(world)
        assert requests(world) == 1, waited
        world.clock.advance(SECOND)
    world.clock.advance(timedelta(seconds=27))
    assert await ask_for(world) == GONE_AT


async def test_a_link_that_is_not_good_any_more_begins_the_read_anew(world: World) -> None:
    """Nobody is told that Graph refused."""
    world.directory.audit_page_size = 1
    world.directory.license_changes[OTHER_ID] = [NOW - 2 * DAY]
    cursor = world.storage.audit_cursors
    stopped = AuditCursor().taken("w", NOW - 31 * DAY, NOW).advanced("stale").paused()
    await cursor.save(cursor.stored, stopped)
    gone = AnsweredError(status=400, code="BadRequest", message="Badly formed token.")
    world.directory.fail_next("changes_since", gone)

    with pytest.raises(ThrottledError):
        await ask_for(world)
    assert await ask_for(world) == GONE_AT


async def test_a_fault_of_graph_lets_go_of_the_trail(world: World) -> None:
    """The next one tries at once."""
    world.directory.fail_next("changes_since", OutcomeUnknownError(because("lost")))

    with pytest.raises(OutcomeUnknownError):
        await ask_for(world)
    assert await ask_for(world) == GONE_AT


async def test_a_restore_waits_for_the_log_as_for_any_quota(world: World) -> None:
    """It is parked for some seconds, and comes through."""
    cursor = world.storage.audit_cursors
    await cursor.save(cursor.stored, AuditCursor().taken("crashed", NOW - 31 * DAY, NOW))
    record = await world.accept(ask(RestoreKind.LICENSE, license=NAMED))

    parked = await world.run(record.id)
    ended = await world.finish(record.id)

    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.THROTTLE
    assert parked.waiting.until <= NOW + 10 * SECOND
    assert code_of(ended) is Code.LICENSE_RESTORED
    assert requests(world) == 1


async def test_what_nobody_asks_for_is_removed(world: World) -> None:
    """The cleanup leaves what is in use, and nothing two days after the last read."""
    await ask_for(world)
    cursor = world.storage.audit_cursors
    await prune_audit_cursors(world.deps)
    assert [len(entries) for entries in cursor.entries.values()] == [1]

    world.clock.advance(3 * DAY)
    assert await prune_audit_cursors(world.deps) == 1
    assert cursor.stored.cursor == AuditCursor()
    assert await ask_for(world) == GONE_AT


async def test_a_window_that_closed_before_anybody_asked_did_not_close_meanwhile() -> None:
    """The restore had to wait for the log; what it then says is as old as it is."""
    world = world_with(UNLICENSED)
    world.directory.license_changes[USER_ID] = [NOW - 30 * DAY - timedelta(hours=1)]
    world.directory.fail_next("changes_since", ThrottledError(because("429"), SECOND))

    record = await world.restore(ask(RestoreKind.LICENSE, license=NAMED))

    assert code_of(record) is Code.WINDOW_CLOSED


async def test_a_permission_granted_is_noticed_by_the_next_question(world: World) -> None:
    """A refusal answers those who had asked before it, and who cannot wait."""
    world.directory.shows_audit = False
    await ask_for(world)
    world.directory.shows_audit = True
    world.clock.advance(SECOND)

    assert await ask_for(world) == GONE_AT
    assert requests(world) == 2


async def test_records_come_with_how_far_the_log_reaches(world: World) -> None:
    """As far as the oldest record of anybody."""
    world.directory.license_changes[OTHER_ID] = [NOW - 20 * DAY]
    found = await license_records(USER_ID, EvidenceQuestion(NOW), world.deps)

    assert [record.at for record in found.records] == [GONE_AT]
    assert found.coverage == LogCoverage(NOW - 20 * DAY, NOW)
    assert found.refusal is None


@pytest.mark.parametrize("again", [True, False])
async def test_a_closed_log_says_why(world: World, *, again: bool) -> None:
    """Whether it was asked now or a moment ago."""
    world.directory.shows_audit = False
    if again:
        await license_records(OTHER_ID, EvidenceQuestion(NOW), world.deps)
    found = await license_records(USER_ID, EvidenceQuestion(NOW), world.deps)

    assert found == LogAnswer(refusal=LogRefusal.PERMISSION)
    assert requests(world) == 1


def an_update(at: datetime) -> AuditRecord:
    """A record of Megan that has content."""
    content = LicenseContent(())
    return AuditRecord(USER_ID, at, Activity.UPDATE_USER, before=content, after=content)


async def test_the_other_records_of_one_user_count_against_the_quota(world: World) -> None:
    """Three pages at most; who comes when the quota is used up comes back."""
    world.directory.audit_page_size = 1
    world.directory.audit_records = [an_update(NOW - day * DAY) for day in range(1, 9)]

    found = await license_updates(USER_ID, world.deps)
    assert [record.at for record in found.records] == [NOW - day * DAY for day in (1, 2, 3)]
    with pytest.raises(ThrottledError) as raised:
        await license_updates(USER_ID, world.deps)
    assert raised.value.retry_after == REQUESTS_PER
    asked = [call for call in world.directory.calls if call.startswith("updates_of")]
    assert len(asked) == MOST_REQUESTS


async def test_the_other_records_wait_while_the_log_is_being_read(world: World) -> None:
    """The reader would lose its hold, and read a page twice."""
    cursor = world.storage.audit_cursors
    held = (await cursor.load()).cursor.taken("w", NOW - 31 * DAY, NOW)
    await cursor.save(await cursor.load(), held)

    with pytest.raises(ThrottledError):
        await license_updates(USER_ID, world.deps)
    assert not any(call.startswith("updates_of") for call in world.directory.calls)


async def test_the_other_records_may_be_refused(world: World) -> None:
    """Then they say nothing, and why."""
    world.directory.shows_audit = False

    assert await license_updates(USER_ID, world.deps) == LogAnswer(refusal=LogRefusal.PERMISSION)
