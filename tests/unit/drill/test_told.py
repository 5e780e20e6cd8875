"""How drills went is told in the status, to whoever looks after the deployment."""

from datetime import timedelta
from typing import Any

import pytest

from shared.documents.drill import drill_document
from shared.domain.outcomes import Code
from shared.domain.person import Person
from shared.drill.start import last_drill, start_drill
from shared.errors import NotSentError, UnreadableTextError
from shared.texts.reader import Language, Reader
from shared.upkeep.drill_check import drill_told
from shared.upkeep.status import Deployment, status_of
from shared.upkeep.weekly_report import send_weekly_report
from tests.builders import USER_ID, a_person, because
from tests.fakes import refusals
from tests.reading import EVERYBODY, said, shown
from tests.unit.drill.drilled import Drilled
from tests.unit.world.world import World, code_of

MINUTE = timedelta(minutes=1)


async def check_of(world: World) -> Any:
    """The line of the drill in the status; None: there is none."""
    deployment = Deployment("1", None, world.clock.now(), timedelta(hours=2))
    document: Any = await status_of(deployment, world.deps, EVERYBODY)
    return next((one for one in document["checks"] if one["name"] == "drill"), None)


async def test_nothing_is_said_where_there_are_no_drills() -> None:
    """Off by default."""
    assert await check_of(World()) is None


async def test_a_drill_of_another_release_takes_the_rest_of_the_status_away_from_nobody() -> None:
    """After a roll back nobody can read how it went; that is said, and all else as well."""
    world = Drilled()
    await world.begin()
    world.storage.ledger.fail_next("read", UnreadableTextError("newer"))

    check = await check_of(world)

    assert check["status"] == "degraded"
    assert "cannot read how it went" in check["message"]
    assert check["fix"]


async def test_before_the_first_drill_all_is_well() -> None:
    """Nothing was missed yet."""
    check = await check_of(Drilled())

    assert (check["status"], check["fix"]) == ("ok", None)


async def test_a_drill_under_way_is_named() -> None:
    """Whoever looks now need not wonder about the account."""
    world = Drilled()
    record = await world.begin()

    check = await check_of(world)

    assert check["status"] == "ok"
    assert record.id in check["message"]


async def test_how_long_each_step_took_is_told() -> None:
    """In seconds, in the order of the steps."""
    world = Drilled()
    world.directory.mailbox_delay = 5 * MINUTE
    record = await world.drill()

    check = await check_of(world)

    assert check["status"] == "ok"
    for step in record.steps:
        assert step.name.value in check["message"]
    took = drill_document(record, EVERYBODY)["seconds"]
    assert isinstance(took, float)
    assert took >= 300
    assert f"{round(took)} seconds" in check["message"]


@pytest.mark.parametrize("language", list(Language))
async def test_a_drill_that_did_not_bring_the_account_back_says_where_it_is(
    language: Language,
) -> None:
    """And that the retry of it brings it back."""
    world = Drilled()
    world.directory.fail_next("restore_user", refusals.denied())
    record = await world.drill()

    told, is_ok = drill_told(await last_drill(world.deps), world.deps.retention)

    assert not is_ok
    assert told.variant == "drill-failed-then"
    message = shown(told, Reader(language))
    assert record.person is not None
    assert record.person.user_principal_name in message
    assert record.id in message


async def test_an_account_that_somebody_else_brought_back_is_no_success() -> None:
    """The service has not seen it come back, and says so with all that it has seen."""
    world = Drilled()
    record = await world.begin()
    world.directory.fail_next("deleted", NotSentError(because("down")))
    assert (await world.run(record.id)).is_away
    world.put(a_person())

    ended = await world.finish(record.id)
    check = await check_of(world)

    assert code_of(ended) is Code.DIRECTORY_ERROR
    assert ended.is_retryable
    assert world.changes() == ["delete_user"]
    assert check["status"] == "degraded"


async def test_a_drill_that_touched_nothing_is_told_too() -> None:
    """The next one would not come through either."""
    world = Drilled()
    world.directory.roles[world.directory.everyone()[0].id] = ("User Administrator",)
    assert code_of(await world.drill()) is Code.PRIVILEGED_USER

    check = await check_of(world)

    assert check["status"] == "degraded"
    assert check["fix"]


async def test_a_drill_saves_nobody() -> None:
    """The weekly report counts people."""
    world = Drilled()
    await world.drill()

    await send_weekly_report(world.deps)

    event: Any = world.storage.outbox.alerts[-1]
    assert (event["type"], event["data"]["saved"]) == ("restore.weekly-report.v1", 0)


@pytest.mark.parametrize(
    ("person", "drill_user", "code"),
    [
        (a_person(), "33333333-3333-4333-8333-333333333333", Code.USER_NOT_FOUND),
        (a_person(synced=True), USER_ID, Code.SYNCED),
    ],
)
async def test_the_fix_leads_to_an_account_that_a_drill_can_use(
    person: Person, drill_user: str, code: Code
) -> None:
    """Nobody sent a request that could be sent again, and nothing was deleted on-premises."""
    world = Drilled(person, drill_user=drill_user)
    record = await start_drill(drill_user, world.deps)
    assert record is not None

    ended = await world.finish(record.id)

    assert code_of(ended) is code
    assert ended.outcome is not None
    fix = said(ended.outcome).fix
    assert "DRILL_USER" in fix
    assert "request" not in fix
    assert world.changes() == []
