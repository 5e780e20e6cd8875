"""Rounds prove nothing of somebody whom the service had to forget, until it has looked again."""

from dataclasses import replace
from datetime import timedelta

from shared.audit_trail.erase_person import erase_person
from shared.domain.evidence.audit_records import Activity, AuditRecord
from shared.domain.lists.losses import LossQuery
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense, Person
from shared.domain.requests.request import Door, LicenseChoice, RequestedBy, RestoreRequest
from shared.domain.requests.roles import Role
from shared.domain.snapshot import Policy
from shared.domain.watch.second_look import WATCH_ID
from shared.domain.window import WindowVerdict
from shared.lists.losses import list_losses
from shared.restore.preflight import check
from shared.upkeep.observe import observe
from shared.watch.cleanup import clean_up_observations
from tests.builders import ENTERPRISEPACK_ID, NOW, a_request
from tests.chaos.tap import Call, tapped
from tests.fakes.changes import a_row
from tests.unit.world.watched import DAY, HOUR, Watched, somebody, unlicensed, watched
from tests.unit.world.world import code_of

ADMIN = RequestedBy(Door.HTTP, "Alex Admin", "oid-admin", (Role.ADMIN,))
# Nobody knows her licence any more, so whoever asks names it.
ADA = somebody(1, created_at=NOW - 300 * DAY)
BEN = somebody(2, created_at=NOW - 300 * DAY)
# The tenant does not list it, so nobody can tell whether it carries a mailbox.
PERHAPS = replace(ADA, licenses=(AssignedLicense("unlisted"),), plans=())


def named(person: Person) -> RestoreRequest:
    """A request of the service desk for this person."""
    return a_request(user=person.id, license=LicenseChoice(sku_ids=(ENTERPRISEPACK_ID,)))


async def a_long_watch(*people: Person, days: int = 40) -> Watched:
    """A tenant that was looked at every day for so long, these people in the first round."""
    world = watched(*people)
    for _ in range(days):
        await world.look(after=DAY)
    return world


async def erase(world: Watched, person: Person) -> None:
    """Forget the person."""
    await erase_person(person.id, ADMIN, world.deps)


async def test_who_was_erased_and_then_lost_the_licence_is_not_told_that_it_is_too_late() -> None:
    """The rounds have no row of her, since it was erased: nobody can tell, and it may be open."""
    world = await a_long_watch(ADA)
    await erase(world, ADA)
    world.clock.advance(HOUR / 4)
    world.put(unlicensed(ADA))

    checked = await check(named(ADA), world.deps)
    record = await world.restore(named(ADA))

    assert checked.window is not None
    assert checked.window.verdict is WindowVerdict.UNKNOWN
    assert code_of(record) is Code.WINDOW_UNKNOWN


async def test_the_rounds_after_it_say_nothing_of_the_time_before() -> None:
    """However many there are: for thirty days nobody is told that it is too late."""
    world = await a_long_watch(ADA)
    await erase(world, ADA)
    world.tell(unlicensed(ADA))
    for _ in range(8):
        await world.look(after=DAY)

    checked = await check(named(ADA), world.deps)

    assert checked.window is not None
    assert checked.window.verdict is WindowVerdict.UNKNOWN


async def test_who_is_still_there_is_remembered_anew_by_the_next_round() -> None:
    """Although the feed, which tells of changes alone, does not name her again."""
    world = await a_long_watch(ADA)
    await erase(world, ADA)
    assert ADA.id not in world.storage.observations.kept

    await world.look()
    looked_at = world.clock.now()
    for _ in range(10):
        await world.look(after=DAY)
    world.tell(unlicensed(ADA))
    await world.look()
    await world.look()

    assert world.seen(ADA).runs[0].first == looked_at
    assert world.storage.doubts.rows == set()
    assert [row.id for row in (await list_losses(LossQuery(), world.deps)).rows] == [ADA.id]
    assert code_of(await world.restore(a_request(user=ADA.id))) is Code.MAILBOX_RESTORED


async def test_who_has_no_licence_by_then_is_not_remembered() -> None:
    """As nobody is who has none; and from that look on the rounds count again."""
    world = await a_long_watch(ADA, BEN)
    await erase(world, ADA)
    world.put(unlicensed(ADA))
    for _ in range(29):
        await world.look(after=DAY)
    early = await check(named(ADA), world.deps)
    for _ in range(3):
        await world.look(after=DAY)

    late = await check(named(ADA), world.deps)

    assert set(world.storage.observations.kept) == {BEN.id}
    assert world.storage.doubts.rows == set()
    assert early.window is not None
    assert early.window.verdict is WindowVerdict.UNKNOWN
    assert late.window is not None
    assert late.window.verdict is WindowVerdict.CLOSED


async def test_a_licence_that_went_before_the_next_look_went_no_earlier_than_that() -> None:
    """Rounds that began after the erasure, and before anybody had looked at her, do not count."""
    world = await a_long_watch(ADA)
    world.feed.add_round()
    erased: list[str] = []

    async def erases(_: str | None) -> None:
        if not erased:
            erased.append(ADA.id)
            await erase(world, ADA)
            world.clock.advance(timedelta(minutes=1))

    world.feed.before_page = erases
    await world.look()
    world.clock.advance(HOUR)
    world.put(unlicensed(ADA))
    await world.look()
    looked_at = world.clock.now()

    for _ in range(30):
        await world.look(after=DAY)

    checked = await check(named(ADA), world.deps)
    assert checked.window is not None
    assert checked.window.started_at is not None
    assert checked.window.started_at >= looked_at


async def test_who_was_erased_and_then_deleted_is_not_promised_too_much() -> None:
    """The log has a change of licences, and nobody can say that there was no mailbox by then."""
    world = await a_long_watch(ADA)
    await erase(world, ADA)
    changed_at = world.clock.now() + HOUR / 2
    record = AuditRecord(ADA.id, changed_at, Activity.CHANGE_LICENSE)
    world.directory.audit_records.append(record)
    world.tell(replace(unlicensed(ADA), deleted_at=changed_at + HOUR / 2))
    await world.look(after=2 * HOUR)

    checked = await check(named(ADA), world.deps)

    assert checked.window is not None
    assert checked.window.verdict is WindowVerdict.OPEN
    assert checked.window.started_at == changed_at


async def test_what_was_cleaned_up_proves_no_more_than_when_it_was() -> None:
    """The keep time was short, and is long again: the rounds go back further than the rows did."""
    world = await a_long_watch(ADA)
    world.policy = Policy(delayed_delicensing=True)
    world.tell(unlicensed(ADA))
    for _ in range(45):
        await world.look(after=DAY)
    short = replace(world.deps, keep_seen=31 * DAY)
    assert await clean_up_observations(short) == 1

    checked = await check(named(ADA), world.deps)

    assert checked.window is not None
    assert checked.window.verdict is WindowVerdict.UNKNOWN


async def test_who_was_in_doubt_for_long_is_not_cleaned_up_by_the_loss_of_before() -> None:
    """A licence that nobody could judge came after it and went: its own time runs from there."""
    world = await a_long_watch(ADA, days=2)
    for shown in (unlicensed(ADA), PERHAPS, unlicensed(ADA)):
        world.tell(shown)
        for _ in range(12):
            await world.look(after=DAY)
    early = await clean_up_observations(replace(world.deps, keep_seen=31 * DAY))
    checked = await check(named(ADA), world.deps)
    world.clock.advance(25 * DAY)
    late = await clean_up_observations(replace(world.deps, keep_seen=31 * DAY))

    assert (early, late) == (0, 1)
    assert checked.window is not None
    assert checked.window.verdict is WindowVerdict.UNKNOWN


async def test_who_could_not_be_read_is_not_without_a_licence() -> None:
    """The feed showed a plan, and Graph nothing of her for days: no round saw her without."""
    world = await a_long_watch(BEN)
    row = a_row(ADA, with_states=False)
    world.put(replace(unlicensed(ADA), account_enabled=None))
    world.feed.add_round((row,))
    for _ in range(3):
        await world.look(after=DAY)
    world.put(unlicensed(ADA))

    checked = await check(named(ADA), world.deps)

    assert checked.window is not None
    assert checked.window.verdict is WindowVerdict.UNKNOWN


async def test_a_licence_that_nobody_can_judge_is_not_none() -> None:
    """The tenant does not list it: the rounds saw her with what may have been a mailbox."""
    world = await a_long_watch(PERHAPS, BEN)
    world.put(unlicensed(ADA))

    checked = await check(named(ADA), world.deps)

    assert checked.window is not None
    assert checked.window.verdict is WindowVerdict.UNKNOWN


async def test_a_round_beside_an_erasure_forgets_nobody() -> None:
    """At any call of the erasure: what it saw before goes, and whoever is there is seen again."""
    nth = 0
    while True:
        nth += 1
        world = await a_long_watch(ADA, days=2)
        world.clock.advance(HOUR)
        erased_at, calls = world.clock.now(), 0

        async def beside(call: Call, *, is_done: bool, world: Watched = world) -> None:
            nonlocal calls
            del call
            calls += not is_done
            if calls == nth and not is_done:  # noqa: B023 - within this turn
                await observe(world.deps)

        await erase_person(ADA.id, ADMIN, tapped(world.deps, beside))
        await world.look()

        assert world.seen(ADA).runs[0].first >= erased_at, nth
        if calls < nth:
            break
    assert nth > 5


async def test_whoever_was_erased_is_looked_at_at_once() -> None:
    """A licence that goes within the hour before the next tick would be nobody's."""
    world = await a_long_watch(ADA, days=2)
    await erase(world, ADA)
    world.clock.advance(timedelta(minutes=1))

    assert [one.restore_id async for one in world.storage.unfinished.due(world.clock.now())] == [
        WATCH_ID
    ]
