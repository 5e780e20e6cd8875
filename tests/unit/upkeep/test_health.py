"""The deep health: what it says of a deployment that works, and of each way it may not."""

import logging
from datetime import timedelta

import pytest

from shared.domain.permissions import PERMISSIONS
from shared.errors import NotSentError, StorageUnavailableError
from shared.ports.health import QueueLength
from shared.upkeep.health import LATE_AFTER, SWEEP, examine, take_pulse
from tests.builders import NOW, because
from tests.reading import EVERYBODY
from tests.unit.world.world import World

NEEDED = [name for names in PERMISSIONS.values() for name in names]
VERSION = "9.9.9"


async def a_healthy_world() -> World:
    """A deployment that swept a moment ago and holds what it needs."""
    world = World()
    world.grants.permissions = frozenset(NEEDED)
    await take_pulse(world.deps)
    return world


def codes(document: dict[str, object]) -> list[str]:
    """The problems, by code; each has a fix."""
    problems = document["problems"]
    assert isinstance(problems, list)
    assert all(problem["message"] and problem["fix"] for problem in problems)
    assert document["status"] == ("degraded" if problems else "ok")
    return [problem["code"] for problem in problems]


async def test_a_deployment_that_works_has_no_problem() -> None:
    """Version, storage, queues, sweep and permissions in one answer."""
    world = await a_healthy_world()
    world.clock.advance(timedelta(seconds=40))

    document = await examine(world.deps, VERSION, EVERYBODY)

    assert codes(document) == []
    assert document["version"] == VERSION
    assert document["storage"] == {"reachable": True}
    assert document["sweep"] == {"lastAt": "2026-11-22T12:00:00Z", "secondsAgo": 40}
    assert document["graph"] == {
        "reachable": True,
        "held": sorted(NEEDED),
        "missing": [],
        "tooWide": [],
    }


async def test_permissions_missing_and_too_wide_are_named() -> None:
    """By Graph's own names, for the administrator who corrects them."""
    world = await a_healthy_world()
    world.grants.permissions = frozenset(NEEDED[1:]) | {"Directory.ReadWrite.All"}

    document = await examine(world.deps, VERSION, EVERYBODY)

    assert codes(document) == ["permission-missing", "permission-too-wide"]
    graph = document["graph"]
    assert isinstance(graph, dict)
    assert (graph["missing"], graph["tooWide"]) == ([NEEDED[0]], ["Directory.ReadWrite.All"])


async def test_a_feature_that_is_off_needs_no_permission() -> None:
    """Without VERIFY_MAILBOX its permission is one too many."""
    world = await a_healthy_world()
    world.policy = type(world.policy)(verify_mailbox=False, protect_privileged=False)

    document = await examine(world.deps, VERSION, EVERYBODY)

    graph = document["graph"]
    assert isinstance(graph, dict)
    assert graph["tooWide"] == ["MailboxSettings.Read", "RoleManagement.Read.Directory"]


async def test_no_token_is_a_problem_and_no_failure() -> None:
    """The rest of the picture is still shown."""
    world = await a_healthy_world()
    world.grants.fail_next("held", NotSentError(because("no token")))

    document = await examine(world.deps, VERSION, EVERYBODY)

    assert codes(document) == ["no-token"]
    assert document["storage"] == {"reachable": True}


async def test_storage_that_does_not_answer_is_a_problem_and_no_failure() -> None:
    """The permissions are still shown."""
    world = await a_healthy_world()
    world.storage.health_signals.fail_next("queues", StorageUnavailableError("down"))

    document = await examine(world.deps, VERSION, EVERYBODY)

    assert codes(document) == ["storage-unreachable"]
    assert document["storage"] == {"reachable": False}


@pytest.mark.parametrize(
    ("waited", "expected"), [(LATE_AFTER, []), (LATE_AFTER + timedelta(seconds=1), ["sweep-late"])]
)
async def test_a_sweep_that_stopped_is_a_problem(waited: timedelta, expected: list[str]) -> None:
    """As long as the alert waits, and no longer."""
    world = await a_healthy_world()
    world.clock.advance(waited)

    assert codes(await examine(world.deps, VERSION, EVERYBODY)) == expected


async def test_a_sweep_that_never_ran_is_a_problem() -> None:
    """A deployment whose timer was never listed."""
    world = await a_healthy_world()
    world.storage.health_signals.beats.clear()

    assert codes(await examine(world.deps, VERSION, EVERYBODY)) == ["sweep-late"]


async def test_messages_that_nobody_takes_are_a_problem() -> None:
    """Their queue is named."""
    world = await a_healthy_world()
    old = QueueLength("restore-requests", 3, NOW - timedelta(hours=1))
    world.storage.health_signals.gauges = (old, QueueLength("restore-work", 9))

    document = await examine(world.deps, VERSION, EVERYBODY)

    assert codes(document) == ["queue-late"]
    assert document["queues"] == [
        {"name": "restore-requests", "messages": 3, "oldestSeconds": 3600},
        {"name": "restore-work", "messages": 9, "oldestSeconds": None},
    ]


async def test_the_sweep_leaves_a_heartbeat_and_the_figures_of_each_queue(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """One row, and one line for each queue."""
    caplog.set_level(logging.INFO)
    world = World()

    await take_pulse(world.deps)

    assert world.storage.health_signals.beats == {SWEEP: NOW}
    lines = [message for message in caplog.messages if '"event":"queue"' in message]
    assert len(lines) == len(world.storage.health_signals.gauges)
