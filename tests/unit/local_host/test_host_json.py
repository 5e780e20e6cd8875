"""Reading host.json."""

from datetime import timedelta
from pathlib import Path

import pytest

from infra.local.host.app.host_json import HostJsonError, load, parse, time_span

QUEUES = {
    "batchSize": 4,
    "newBatchThreshold": 2,
    "maxDequeueCount": 3,
    "visibilityTimeout": "00:00:30",
    "maxPollingInterval": "00:00:10",
    "messageEncoding": "none",
}


def test_defaults_are_those_of_the_real_host() -> None:
    """A bare host.json means the documented defaults."""
    settings = parse({"version": "2.0"}, {})

    assert (settings.route_prefix, settings.function_timeout) == ("api", timedelta(minutes=30))
    assert (settings.queues.batch_size, settings.queues.max_dequeue_count) == (16, 5)
    assert settings.queues.visibility_timeout == timedelta(0)
    assert settings.queues.base64


def test_every_setting_is_read() -> None:
    """What is set is honoured, in whatever case its name is written."""
    document = {
        "version": "2.0",
        "functionTimeout": "00:10:00",
        "extensions": {"http": {"routePrefix": ""}, "Queues": QUEUES},
        "logging": {"logLevel": {"default": "Warning", "Host.Aggregator": "Error"}},
    }

    settings = parse(document, {})

    assert (settings.route_prefix, settings.log_level) == ("", "Warning")
    assert settings.function_timeout == timedelta(minutes=10)
    queues = settings.queues
    assert (queues.batch_size, queues.new_batch_threshold, queues.max_dequeue_count) == (4, 2, 3)
    assert queues.visibility_timeout == timedelta(seconds=30)
    assert queues.max_polling_interval == timedelta(seconds=10)
    assert not queues.base64


def test_threshold_follows_the_batch_size() -> None:
    """Without a threshold it is half of the batch size for each processor."""
    settings = parse({"version": "2.0", "extensions": {"queues": {"batchSize": 1}}}, {})

    assert settings.queues.new_batch_threshold == 0


def test_environment_overrides_the_file() -> None:
    """AzureFunctionsJobHost__ settings win, as in Azure."""
    override = {"AzureFunctionsJobHost__extensions__queues__maxDequeueCount": "2"}

    settings = parse({"version": "2.0", "extensions": {"queues": QUEUES}}, override)

    assert settings.queues.max_dequeue_count == 2


def test_unbounded_time_is_minus_one() -> None:
    """A functionTimeout of -1 is no limit."""
    assert parse({"version": "2.0", "functionTimeout": "-1"}, {}).function_timeout is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00:00:00.250", timedelta(milliseconds=250)),
        ("1.02:03:04", timedelta(days=1, hours=2, minutes=3, seconds=4)),
    ],
)
def test_time_span_of_dot_net(text: str, expected: timedelta) -> None:
    """Days and fractions are understood."""
    assert time_span(text, "x") == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("batchSize", 33),
        ("batchSize", 0),
        ("batchSize", "many"),
        ("maxDequeueCount", 0),
        ("visibilityTimeout", "30"),
        ("messageEncoding", "utf-16"),
    ],
)
def test_wrong_value_is_named(name: str, value: object) -> None:
    """A value the real host would refuse is refused, by its name."""
    with pytest.raises(HostJsonError, match=name):
        parse({"version": "2.0", "extensions": {"queues": {name: value}}}, {})


@pytest.mark.parametrize("text", [None, "{", '{"version": "1.0"}'])
def test_file_that_cannot_be_used_is_refused(tmp_path: Path, text: str | None) -> None:
    """No file, no JSON, another version: each is a fault of host.json."""
    if text is not None:
        (tmp_path / "host.json").write_text(text)

    with pytest.raises(HostJsonError, match=r"host\.json"):
        load(tmp_path, {})
