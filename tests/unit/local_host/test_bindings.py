"""What the host makes of the bindings the worker reports."""

import json

import pytest

from infra.local.host.app.bindings import (
    HttpTrigger,
    QueueOutput,
    QueueTrigger,
    TimerTrigger,
    read_function,
)
from infra.local.host.app.expressions import UnresolvedSettingError, resolve
from infra.local.host.data import json_value, text
from infra.local.host.queues.output import message_bodies


def test_expressions_are_replaced() -> None:
    """Every %NAME% becomes the value of the setting."""
    assert resolve("%A%-%B%-c", {"A": "1", "B": "2"}) == "1-2-c"


@pytest.mark.parametrize("settings", [{}, {"A": ""}])
def test_unresolved_expression_is_named(settings: dict[str, str]) -> None:
    """An absent or empty setting is a fault."""
    with pytest.raises(UnresolvedSettingError, match="%A%") as caught:
        resolve("x-%A%", settings)
    assert caught.value.setting == "A"


def test_http_trigger_with_output_queue() -> None:
    """Route, methods and level of a trigger; the outputs beside it."""
    raw = [
        {"type": "queue", "name": "out", "queueName": "Jobs", "connection": "Other"},
        {"type": "httpTrigger", "name": "req", "route": "/a/{b}", "methods": ["get"]},
        {"type": "http", "name": "$return"},
    ]

    function = read_function("F", "id", [json.dumps(each) for each in raw], {})

    assert function.trigger == HttpTrigger("req", "a/{b}", frozenset({"GET"}), "FUNCTION")
    assert function.outputs == (QueueOutput("out", "jobs", "Other"),)
    assert function.fault is None


def test_route_defaults_to_the_name() -> None:
    """Without a route the function's name is the route, with every method."""
    raw = json.dumps({"type": "httpTrigger", "name": "req", "authLevel": "ANONYMOUS"})

    trigger = read_function("Fn", "id", [raw], {}).trigger

    assert trigger == HttpTrigger("req", "Fn", frozenset(), "ANONYMOUS")


def test_queue_and_timer_resolve_their_settings() -> None:
    """Queue names and schedules may be expressions."""
    queue = json.dumps({"type": "queueTrigger", "name": "m", "queueName": "%Q%"})
    timer = json.dumps({"type": "timerTrigger", "name": "t", "schedule": "%S%"})
    settings = {"Q": "jobs", "S": "0 * * * * *"}

    triggers = [read_function("F", "id", [raw], settings).trigger for raw in (queue, timer)]

    assert triggers == [
        QueueTrigger("m", "jobs", "AzureWebJobsStorage", binary=False),
        TimerTrigger("t", "0 * * * * *", run_on_startup=False),
    ]


def test_unresolved_or_unknown_trigger_is_listed_with_its_fault() -> None:
    """One function that cannot start does not take the others down."""
    queue = json.dumps({"type": "queueTrigger", "name": "m", "queueName": "%Q%"})
    other = json.dumps({"type": "blobTrigger", "name": "b"})

    faults = [read_function("F", "id", [raw], {}).fault for raw in (queue, other)]

    assert faults == [
        "'%Q%' does not resolve to a value.",
        "no trigger this host knows (http, queue, timer)",
    ]


def test_output_is_one_message_or_many() -> None:
    """Text is one message, a list one per item, a QueueMessage its body."""
    values = [text("a"), json_value(["a", {"id": None, "body": "b"}]), json_value({"n": 1})]

    assert [message_bodies(value) for value in values] == [[b"a"], [b"a", b"b"], [b'{"n": 1}']]
