"""The status: what it says of a deployment that works, and of each way it may not."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.events.subscription import EventType, Subscriber, SubscriptionRequest
from shared.domain.permissions import PERMISSIONS
from shared.domain.text import text
from shared.errors import (
    AnsweredError,
    DirectoryError,
    NotSentError,
    OutcomeUnknownError,
    StorageUnavailableError,
)
from shared.events.subscriptions import subscribe
from shared.ports.health import QueueLength
from shared.upkeep.observe import observe
from shared.upkeep.pulse import FIRST_SWEEP, LATE_AFTER, OBSERVE, SWEEP, take_pulse
from shared.upkeep.status import Deployment, status_of
from shared.upkeep.watch_tenant import watch_tenant
from tests.builders import NOW, because
from tests.reading import EVERYBODY, shown
from tests.unit.world.world import World

NEEDED = [name for names in PERMISSIONS.values() for name in names]
HOURLY = timedelta(minutes=90)
DEPLOYMENT = Deployment("9.9.9", "abc1234", NOW - timedelta(days=1), HOURLY)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


async def a_healthy_world() -> World:
    """A deployment that swept and observed a moment ago and holds what it needs."""
    world = World()
    world.grants.permissions = frozenset(NEEDED)
    await take_pulse(world.deps)
    await world.storage.health_signals.beat(OBSERVE, NOW)
    return world


async def degraded(world: World, deployment: Deployment = DEPLOYMENT) -> dict[str, str]:
    """The checks that are not as they should be, with what they say; each has a fix."""
    document = await status_of(deployment, world.deps, EVERYBODY)
    checks = document["checks"]
    assert isinstance(checks, list)
    assert all(check["message"] for check in checks)
    bad = {check["name"]: check["message"] for check in checks if check["status"] != "ok"}
    assert all(bool(check["fix"]) is (check["name"] in bad) for check in checks)
    assert document["status"] == ("degraded" if bad else "ok")
    return bad


async def test_a_deployment_that_works_is_ok() -> None:
    """Version, commit, and a check for each thing that was looked at."""
    world = await a_healthy_world()
    world.clock.advance(40 * SECOND)

    document = await status_of(DEPLOYMENT, world.deps, EVERYBODY)

    assert await degraded(world) == {}
    assert (document["version"], document["commit"]) == ("9.9.9", "abc1234")
    assert isinstance(document["checks"], list)
    assert [check["name"] for check in document["checks"]] == [
        "storage",
        "sweep",
        "observe",
        *(f"queue {gauge.name}" for gauge in world.storage.health_signals.gauges),
        "subscriptions",
        "token",
        *(f"permissions {feature}" for feature in PERMISSIONS),
        "graph",
        "settings",
    ]


async def test_a_deployment_that_has_just_begun_raises_no_false_alarm() -> None:
    """Nothing has run yet, and nothing could have."""
    world = World()
    world.grants.permissions = frozenset(NEEDED)
    new = replace(DEPLOYMENT, started_at=NOW)
    world.clock.advance(60 * SECOND)

    assert await degraded(world, new) == {}


async def test_a_deployment_that_never_swept_is_degraded_when_it_had_time_to() -> None:
    """The timer was never listed; to observe it had no time before the first sweep."""
    world = World()
    world.grants.permissions = frozenset(NEEDED)

    assert await degraded(world) == {"sweep": "It has never run."}


async def test_a_deployment_that_swept_long_enough_and_never_observed_is_degraded() -> None:
    """A round and a half after the first sweep."""
    world = await a_healthy_world()
    del world.storage.health_signals.beats[OBSERVE]
    world.clock.advance(HOURLY)
    await world.storage.health_signals.beat(SWEEP, world.clock.now())

    assert await degraded(world) == {"observe": "It has never run."}


@pytest.mark.parametrize("more", [timedelta(0), SECOND])
@pytest.mark.parametrize("has_ended", [True, False])
async def test_an_observe_timer_that_runs_and_never_comes_to_an_end_is_told(
    *, more: timedelta, has_ended: bool
) -> None:
    """Graph cuts each look at the tenant short: after a day it is no first look that takes long."""
    world = await a_healthy_world()
    if has_ended:
        await observe(world.deps)
    for _ in range(25):
        world.feed.fail_next("page", NotSentError(because("500")))
    world.clock.advance(DAY + more)
    await watch_tenant(world.deps)
    await take_pulse(world.deps)

    bad = await degraded(world)

    assert list(bad) == (["observe"] if more else [])
    if more and has_ended:
        assert "began at 2026-11-22 12:00 UTC, so a licence lost after that" in bad["observe"]
    elif more:
        assert "No look at the whole tenant has come to its end" in bad["observe"]


@pytest.mark.parametrize("more", [timedelta(0), SECOND])
async def test_a_sweep_that_stopped_is_told(more: timedelta) -> None:
    """As long as the alert waits, and no longer."""
    world = await a_healthy_world()
    world.clock.advance(LATE_AFTER + more)

    assert list(await degraded(world)) == (["sweep"] if more else [])


async def test_permissions_are_told_by_feature() -> None:
    """By Graph's own names, for the administrator who corrects them."""
    world = await a_healthy_world()
    world.grants.permissions = frozenset(NEEDED[1:]) | {"Directory.ReadWrite.All"}

    assert await degraded(world) == {
        "permissions restore": f"Missing: {NEEDED[0]}.",
        "permissions too wide": "Held and not needed: Directory.ReadWrite.All.",
    }


async def test_a_feature_that_is_off_needs_no_permission() -> None:
    """Without VERIFY_MAILBOX its permission is one too many."""
    world = await a_healthy_world()
    world.policy = type(world.policy)(verify_mailbox=False, protect_privileged=False)

    (said,) = (await degraded(world)).values()

    assert "MailboxSettings.Read, RoleManagement.Read.Directory" in said


@pytest.mark.parametrize(
    "error",
    [
        NotSentError(because("401")),
        OutcomeUnknownError(because("lost")),
        AnsweredError(status=403, code="Authorization_RequestDenied", message="no"),
    ],
    ids=str,
)
async def test_graph_that_does_not_answer_is_told_although_there_is_a_token(
    error: DirectoryError,
) -> None:
    """It is asked, not inferred from the token."""
    world = await a_healthy_world()
    world.directory.fail_next("active", error)

    (name,) = said = await degraded(world)

    assert name == "graph"
    assert shown(error.why) in said[name]


async def test_no_token_is_told_and_the_rest_is_shown() -> None:
    """The identity gave none, so nothing is known of its permissions."""
    world = await a_healthy_world()
    world.grants.fail_next("held", NotSentError(because("no token")))

    assert list(await degraded(world)) == ["token"]


async def test_storage_that_does_not_answer_is_told_and_the_rest_is_shown() -> None:
    """Permissions and Graph are looked at all the same."""
    world = await a_healthy_world()
    world.storage.health_signals.fail_next("queues", StorageUnavailableError("down"))

    assert list(await degraded(world)) == ["storage"]


async def test_messages_that_nobody_takes_are_told() -> None:
    """Their queue is named, with how many and how old."""
    world = await a_healthy_world()
    old = QueueLength("restore-requests", 3, NOW - timedelta(hours=1))
    world.storage.health_signals.gauges = (old, QueueLength("restore-work", 9))

    assert await degraded(world) == {
        "queue restore-requests": "3 messages; the oldest has waited for 3600 seconds."
    }


async def test_subscriptions_that_end_soon_are_told() -> None:
    """By their ids; nobody's address."""
    world = await a_healthy_world()
    wanted = SubscriptionRequest(EventType.FINISHED, "https://x.logic.azure.com/?sig=SECRET")
    kept = await subscribe(wanted, Subscriber("ann", sees_all=True), world.deps)
    assert await degraded(world) == {}
    world.clock.advance(timedelta(days=351))

    said = (await degraded(world))["subscriptions"]

    assert kept.id in said
    assert "SECRET" not in said
    checks = (await status_of(DEPLOYMENT, world.deps, EVERYBODY))["checks"]
    assert isinstance(checks, list)
    [fix] = [check["fix"] for check in checks if check["name"] == "subscriptions"]
    assert "GET /api/subscriptions" in fix


async def test_doubtful_settings_are_told() -> None:
    """Each with what to write."""
    world = await a_healthy_world()
    doubts = (text("doubt", "near-name", setting="RETENTON_DAYS", meant="RETENTION_DAYS"),)

    assert await degraded(world, replace(DEPLOYMENT, doubts=doubts)) == {
        "setting RETENTON_DAYS": "RETENTON_DAYS is no setting."
    }


async def test_the_sweep_leaves_a_heartbeat_and_the_figures_of_each_queue(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Two rows, and one line for each queue; the first sweep stays the first."""
    caplog.set_level(logging.INFO)
    world = World()

    await take_pulse(world.deps)
    world.clock.advance(60 * SECOND)
    await take_pulse(world.deps)

    assert world.storage.health_signals.beats == {SWEEP: NOW + 60 * SECOND, FIRST_SWEEP: NOW}
    lines = [message for message in caplog.messages if '"event":"queue"' in message]
    assert len(lines) == 2 * len(world.storage.health_signals.gauges)
