"""Whoever orders, ends or looks up something, or is turned away, leaves one line with no names."""

import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import azure.functions as func
import pytest

from functions.http.checks import check_restore
from functions.http.guards import add_guard_, list_guards_, remove_guard_
from functions.http.me_and_status import get_status
from functions.http.restores.cancel_and_retry import cancel_restore_, retry_restore_
from functions.http.restores.start_and_read import get_restore, start_restore
from functions.http.subscriptions import subscribe_, unsubscribe_
from shared.domain.limits import CHECK_CALLS
from tests.builders import UPN, USER_ID, a_deleted_person
from tests.unit.functions.doors import content, opened, principal, request
from tests.unit.world.world import World

ASKER = principal("Restore.Request", oid="a11")
ADMIN = principal("Restore.Admin", oid="ad317")
ABOUT = {"kind": "mailbox", "user": UPN}
GUARD = ABOUT | {"act": "at-once", "reason": "Megan's", "ticket": "HR-1"}
SUBSCRIPTION = {
    "notificationUrl": "https://x.logic.azure.com/?sig=SECRET",
    "event": "restore.finished.v1",
}

type Door = Callable[[func.HttpRequest], Awaitable[func.HttpResponse]]


@pytest.fixture(name="world")
def a_world(caplog: pytest.LogCaptureFixture) -> Iterator[World]:
    """A deployment with one deleted person, whose lines are read."""
    caplog.set_level("INFO")
    world = World()
    world.put(a_deleted_person())
    with opened(world):
        yield world


def lines(caplog: pytest.LogCaptureFixture, *events: str) -> list[dict[str, Any]]:
    """The lines of these events since the last look."""
    found = [json.loads(line.removeprefix("reprieve ")) for line in caplog.messages]
    caplog.clear()
    return [line for line in found if line["event"] in events]


async def send(
    door: Door, who: dict[str, str], body: object = None, **route: str
) -> func.HttpResponse:
    """Call a door."""
    return await door(request("POST", "/x", body, headers=who, **route))


async def asked(door: Door, who: dict[str, str], body: object = None, **route: str) -> str:
    """Call a door that lets one in; the id of what it answers with, or of its address."""
    answer = await send(door, who, body, **route)
    assert answer.status_code < 300
    if answer.get_body() and "id" in content(answer):
        return str(content(answer)["id"])
    return next(iter(route.values()), "")


async def test_who_has_something_done_is_told_with_what_it_is_about(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """One line for each operation: who, what, and which id."""
    restore = await asked(start_restore, ASKER, ABOUT | {"user": "nobody@contoso.com"})
    await world.finish(restore)
    other = await asked(start_restore, ASKER, ABOUT)
    caplog.clear()
    guard = await asked(add_guard_, ADMIN, GUARD)
    subscription = await asked(subscribe_, ASKER, SUBSCRIPTION)

    await asked(remove_guard_, ADMIN, guardId=guard)
    await asked(unsubscribe_, ASKER, subscriptionId=subscription)
    await asked(retry_restore_, ADMIN, restoreId=restore)
    await asked(cancel_restore_, ASKER, restoreId=other)
    await asked(check_restore, ASKER, ABOUT)

    assert [
        (line["operation"], line["callerId"], line["target"]) for line in lines(caplog, "asked")
    ] == [
        ("AddGuard", "ad317", guard),
        ("Subscribe", "a11", subscription),
        ("RemoveGuard", "ad317", guard),
        ("Unsubscribe", "a11", subscription),
        ("RetryRestore", "ad317", restore),
        ("CancelRestore", "a11", other),
        ("CheckRestore", "a11", USER_ID),
    ]


async def test_who_asks_for_a_restore_is_told_with_it(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """The line that opens it has the caller's id."""
    restore = await asked(start_restore, ASKER, ABOUT)

    (line,) = lines(caplog, "accepted")

    assert (line["callerId"], line["restoreId"]) == ("a11", restore)
    assert restore in world.storage.ledger.records


@pytest.mark.usefixtures("world")
async def test_who_is_turned_away_is_told(caplog: pytest.LogCaptureFixture) -> None:
    """401 without an id, 403 with the caller's; of the address the id alone."""
    target = "0" * 32
    refusals = [
        (list_guards_, {}, {}, 401),
        (get_status, ASKER, {}, 403),
        (remove_guard_, ASKER, {"guardId": target}, 403),
        (remove_guard_, ASKER, {"guardId": UPN}, 403),
        (retry_restore_, ASKER, {"restoreId": target}, 403),
    ]
    for door, who, route, status in refusals:
        assert (await send(door, who, **route)).status_code == status

    told = lines(caplog, "turned-away")
    assert [
        (line["operation"], line["callerId"], line["target"], line["code"]) for line in told
    ] == [
        ("ListGuards", None, None, "not-signed-in"),
        ("GetStatus", "a11", None, "role-missing"),
        ("RemoveGuard", "a11", target, "role-missing"),
        ("RemoveGuard", "a11", None, "role-missing"),
        ("RetryRestore", "a11", target, "role-missing"),
    ]


@pytest.mark.usefixtures("world")
async def test_who_asks_too_much_is_told(caplog: pytest.LogCaptureFixture) -> None:
    """So that somebody can see who it was."""
    for _ in range(CHECK_CALLS.most + 1):
        await send(check_restore, ASKER, ABOUT)

    (line,) = lines(caplog, "turned-away")
    assert (line["operation"], line["callerId"], line["code"]) == (
        "CheckRestore",
        "a11",
        "too-many",
    )


@pytest.mark.usefixtures("world")
async def test_no_line_has_a_name_an_address_or_a_secret(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Neither of the person, nor of the caller, nor of a URL, nor of what was written."""
    for door, who, body, route in (
        (start_restore, ASKER, ABOUT | {"reason": "Megan's", "ticket": "HR-1"}, {}),
        (check_restore, ASKER, ABOUT, {}),
        (add_guard_, ADMIN, GUARD, {}),
        (add_guard_, ASKER, GUARD, {}),
        (subscribe_, ASKER, SUBSCRIPTION, {}),
        (get_restore, ASKER, None, {"restoreId": UPN}),
        (remove_guard_, ASKER, None, {"guardId": f"{UPN}\n"}),
    ):
        await send(door, who, body, **route)

    said = "\n".join(caplog.messages)
    assert said.count("\n") >= 4
    for secret in ("megan", "contoso", "bowen", "hr-1", "secret", "x.logic"):
        assert secret not in said.lower()
