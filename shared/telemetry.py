"""Write log lines that operators can search: ids, codes and numbers, no names or addresses.

Each line is the word `reprieve` and one JSON object; the Functions host ships it to `traces` as it
is, and the queries of infra/monitor read it back with `parse_json`. Metrics are lines, too.

Why no exporter of our own: the host drops structured fields that a Python worker logs, and an
exporter in the worker would ship each line a second time beside the host's.
Source: azure-functions-host issue 7452; azure-functions-python-worker issues 694 and 1342.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from shared.domain.records.progress import Step
from shared.domain.records.record import Record
from shared.domain.records.trace_id import trace_of
from shared.errors import AnsweredError, DirectoryError

_LOG = logging.getLogger("reprieve")
_TRACE: ContextVar[str] = ContextVar("trace", default="")

# Those of other libraries that log the address of every request at INFO.
CHATTY_LOGGERS = (
    "httpx",
    "httpcore",
    "azure.core.pipeline.policies.http_logging_policy",
    "azure.identity",
)

type Value = str | int | float | bool | None


@contextmanager
def traced(trace_id: str) -> Iterator[None]:
    """Put whatever is logged and sent to Graph inside under this trace; empty changes nothing."""
    token = _TRACE.set(trace_id or _TRACE.get())
    try:
        yield
    finally:
        _TRACE.reset(token)


def trace_id() -> str:
    """The trace this work belongs to; empty outside of any."""
    return _TRACE.get()


def trace_id_of(record: Record) -> str:
    """The caller's trace, or the one that follows from the restore's id."""
    return record.trace or trace_of(record.id)


def accepted(record: Record) -> None:
    """A restore was opened."""
    _say(
        "accepted",
        trace=trace_id_of(record),
        restoreId=record.id,
        kind=record.kind,
        door=record.requested_by.door,
        callerId=record.requested_by.id,
    )


def asked(operation: str, caller_id: str | None, target: str | None) -> None:
    """Somebody had something done, or looked somebody up; None: by function key, or nobody."""
    _say("asked", operation=operation, callerId=caller_id, target=target)


def turned_away(operation: str, caller_id: str | None, target: str | None, code: str) -> None:
    """Somebody was refused an operation, as whoever they are, or for how much they asked."""
    _say(
        "turned-away",
        level=logging.WARNING,
        operation=operation,
        callerId=caller_id,
        target=target,
        code=code,
    )


def ended(record: Record) -> None:
    """A restore has ended; its seconds count from the asking, waits and retries included."""
    _say(
        "ended",
        trace=trace_id_of(record),
        restoreId=record.id,
        status=record.status,
        code=record.outcome.code if record.outcome is not None else None,
        kind=record.kind,
        door=record.requested_by.door,
        attempts=record.attempts,
        secondsToFinish=_seconds(record.created_at, record.finished_at),
        graphRequestId=_last_request_id(record),
    )


def parked(record: Record, at: datetime | None = None) -> None:
    """A restore waits; `secondsToDeadline` is what is left until no change may be sent any more.

    None where nothing is left to send, as long as the wait may be: looking is never too late.
    Seconds count from `at`; None: from when it was parked.
    """
    if record.waiting is None:
        return
    at, step = at or record.updated_at, record.next_step
    deadline = record.deadline if step is not None and step.name.is_effect else None
    _say(
        "parked",
        trace=trace_id_of(record),
        restoreId=record.id,
        waitingFor=record.waiting.reason,
        cause=record.waiting.cause,
        graphRequestId=record.waiting.graph_request_id,
        until=record.waiting.until.isoformat(),
        waits=record.waits,
        waitSeconds=_seconds(at, record.waiting.until),
        secondsToDeadline=_seconds(at, deadline),
    )


def stepped(record: Record, step: Step) -> None:
    """A step of a restore came to an end, or Graph refused it."""
    _say(
        "step",
        trace=trace_id_of(record),
        restoreId=record.id,
        step=step.name,
        status=step.status,
        attempts=step.attempts,
        graphRequestId=step.graph_request_id,
        seconds=_seconds(step.started_at, step.ended_at),
    )


def swept(queued: int) -> None:
    """The sweep ran; its heartbeat, also when there was nothing to do."""
    _say("swept", queued=queued)


def queue_measured(queue: str, messages: int, oldest_seconds: int | None) -> None:
    """How full a queue is; no age where an old message is nothing unusual."""
    _say("queue", queue=queue, messages=messages, oldestSeconds=oldest_seconds)


def cleaned(removed: int) -> None:
    """The cleanup ran."""
    _say("cleaned", removed=removed)


def guarded(looked_at: int, begun: int) -> None:
    """The guards were kept; their heartbeat, also when there was nothing to do."""
    _say("guarded", lookedAt=looked_at, begun=begun)


def guard_acted(guard_id: str, restore_id: str) -> None:
    """A guard saw a loss and took in its restore."""
    _say("guard-acted", trace=trace_of(restore_id), guardId=guard_id, restoreId=restore_id)


def guard_is_blocked(guard_id: str) -> None:
    """A guard saw a loss and took in nothing: others' restores have the ids of its own."""
    _say("guard-blocked", level=logging.ERROR, guardId=guard_id)


def guard_round_stopped(why: str) -> None:
    """Not every guard was looked at; the next round goes on behind the last one."""
    _say("guards-stopped", level=logging.WARNING, why=why)


def forgot(removed: int) -> None:
    """The cleanup removed observations of users lost or gone long ago."""
    _say("forgot", removed=removed)


def observed(counts: Mapping[str, int] | None) -> None:
    """An observe run ended; its heartbeat, also when there was nothing new.

    None: another run is under way, and this one did nothing.
    """
    _write(logging.INFO, "observed", {**(counts or {}), "isElsewhere": counts is None}, "")


def observing_ended(part: str, error: DirectoryError) -> None:
    """Graph would not go on with a part of an observe run; the next run does."""
    code = f"{error.status} {error.code}" if isinstance(error, AnsweredError) else None
    kind = type(error).__name__
    _say("observing-stopped", level=logging.ERROR, part=part, error=kind, code=code)


def alerted(kind: str, about: str) -> None:
    """An alert was put on its queue; about a restore id, a user id, or a number of users."""
    _say("alerted", level=logging.WARNING, alert=kind, about=about)


def put_back(operation_id: str, times: int) -> None:
    """The platform set a message aside, and what it is about is put off for an hour."""
    _say("put-back", level=logging.WARNING, about=operation_id, times=times)


def message_refused(restore_id: str) -> None:
    """A message could not be understood and is kept as a refused restore."""
    _say("message-refused", level=logging.WARNING, trace=trace_of(restore_id), restoreId=restore_id)


def delivered(delivery_id: str, subject: str) -> None:
    """An event arrived; `subject` is what it is about."""
    _say("delivered", deliveryId=delivery_id, about=subject)


def not_delivered(delivery_id: str, subject: str, why: str) -> None:
    """An event did not arrive this time; `why` is a code."""
    _say("not-delivered", level=logging.WARNING, deliveryId=delivery_id, about=subject, why=why)


def gave_up_delivery(delivery_id: str, subject: str, why: str) -> None:
    """An event did not arrive, and is not sent any more."""
    _say("gave-up-delivery", level=logging.ERROR, deliveryId=delivery_id, about=subject, why=why)


def subscription_died(subscription_id: str) -> None:
    """A subscription has ended by itself: nobody is there, or its time is over."""
    _say("subscription-ended", level=logging.WARNING, subscriptionId=subscription_id)


def batch_finished(batch_id: str, items: int) -> None:
    """Every item of a batch has come to its end."""
    _say("batch-ended", batchId=batch_id, items=items)


def doubted(setting: str) -> None:
    """A setting is taken as it is, and is probably not what was meant; it names no value."""
    _say("setting-doubted", level=logging.WARNING, setting=setting)


def failed(where: str, error: Exception) -> None:
    """A request could not be served; the error's class says whether anything was begun."""
    _say("failed", level=logging.ERROR, where=where, error=type(error).__name__)


def quiet_libraries() -> None:
    """Keep other libraries from logging request addresses, which carry users' names."""
    for name in CHATTY_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)


def _say(event: str, *, level: int = logging.INFO, trace: str = "", **fields: Value) -> None:
    _write(level, event, fields, trace)


def _write(level: int, event: str, fields: Mapping[str, Value], trace: str) -> None:
    line = {"event": event, **fields, "traceId": trace or _TRACE.get() or None}
    _LOG.log(level, "reprieve %s", json.dumps(line, separators=(",", ":")))


def _seconds(since: datetime | None, until: datetime | None) -> int | None:
    if since is None or until is None:
        return None
    return round((until - since).total_seconds())


def _last_request_id(record: Record) -> str | None:
    ids = [step.graph_request_id for step in record.steps if step.graph_request_id]
    return ids[-1] if ids else None
