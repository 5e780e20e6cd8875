"""host.json holds what the code relies on."""

import json
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from functions.hosting import ROUTE_PREFIX
from shared import __version__
from shared.lists.cleanup import LONGEST_OF_LOSSES
from shared.pacing import LONGEST_PART
from shared.restore.hold import LEASE
from shared.settings.all_settings import read_settings
from shared.settings.host_json import DYING_TIME, doubts_of_host_json
from shared.texts.render import words
from shared.upkeep.schedules_told import LONGEST_TELLING, tell_of_schedules
from tests.builders import NOW
from tests.fakes.clock import HurryingClock
from tests.reading import EVERYBODY
from tests.unit.world.world import World

ROOT = Path(__file__).resolve().parents[2]
HOST = json.loads((ROOT / "host.json").read_text())


def test_a_cleanup_ends_before_the_host_ends_it() -> None:
    """Restores, observations, batches, losses, and the lines of what waits: infra/README.md."""
    limit = timedelta(minutes=int(HOST["functionTimeout"].split(":")[1]))
    longest = 3 * LONGEST_PART + LONGEST_OF_LOSSES + LONGEST_TELLING

    assert longest == timedelta(minutes=9) < limit


async def test_the_lines_of_what_waits_have_a_time_of_their_own() -> None:
    """After so long the rest is not told of on this day."""
    world = World(clock=HurryingClock(NOW))
    for number in range(3):
        await world.storage.unfinished.note(f"later-{number}", NOW + timedelta(days=9))

    assert await tell_of_schedules(world.deps) == 0
    assert world.storage.ledger.calls["read"] == 0


def test_location_is_built_with_the_route_prefix_of_the_host() -> None:
    """`Location` would lead nowhere if the two differed."""
    assert HOST["extensions"]["http"]["routePrefix"] == ROUTE_PREFIX


def test_queue_messages_arrive_as_they_were_written() -> None:
    """Plain JSON and base64 are both accepted, so the host must not decode."""
    assert HOST["extensions"]["queues"]["messageEncoding"] == "none"


def with_queues(**values: object) -> str:
    """The file with other values for queues."""
    queues = {**HOST["extensions"]["queues"], **values}
    return json.dumps({**HOST, "extensions": {**HOST["extensions"], "queues": queues}})


def test_the_file_of_this_release_fits_the_code() -> None:
    """Nothing is wrong with it: a message comes back when its worker is dead for certain."""
    assert list(doubts_of_host_json(json.dumps(HOST), {})) == []
    assert timedelta(seconds=30) > LEASE > DYING_TIME


@pytest.mark.parametrize(
    ("text", "env", "named"),
    [
        (with_queues(visibilityTimeout="00:00:06"), {}, "visibilityTimeout"),
        (with_queues(visibilityTimeout="0.00:00:00"), {}, "visibilityTimeout"),
        (with_queues(visibilityTimeout="half a minute"), {}, "visibilityTimeout"),
        (with_queues(maxDequeueCount=4), {}, "maxDequeueCount"),
        (with_queues(messageEncoding="base64"), {}, "messageEncoding"),
        (json.dumps({**HOST, "functionTimeout": "00:05:00"}), {}, "functionTimeout"),
        ("[]", {}, "not a JSON object"),
        ("{", {}, "not a JSON object"),
        (
            json.dumps(HOST),
            {"AzureFunctionsJobHost__extensions__queues__visibilityTimeout": "00:00:01"},
            "visibilityTimeout",
        ),
    ],
)
def test_another_file_that_does_not_fit_is_doubted_at_the_start(
    text: str, env: dict[str, str], named: str
) -> None:
    """With what to write; an override counts like the file."""
    settings = {"AzureWebJobsStorage": "UseDevelopmentStorage=true", **env}

    (doubt,) = read_settings(settings, host_json=text).doubts

    assert named in words(doubt, EVERYBODY).message


@pytest.mark.parametrize(
    "text",
    [
        with_queues(visibilityTimeout="00:01:00"),
        with_queues(visibilityTimeout="1.00:00:00"),
        with_queues(maxDequeueCount=9, batchSize=1),
        json.dumps({**HOST, "functionTimeout": "-1"}),
    ],
)
def test_another_file_that_fits_is_fine(text: str) -> None:
    """Only what the code relies on is judged."""
    assert list(doubts_of_host_json(text, {})) == []


def test_the_warning_about_poison_messages_is_logged() -> None:
    """The host says at Warning that it set a message aside; an alert reads that line."""
    assert HOST["logging"]["logLevel"]["default"] in {"Trace", "Debug", "Information", "Warning"}


def test_the_version_is_one() -> None:
    """The health answer and the project file name the same version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert project["version"] == __version__
