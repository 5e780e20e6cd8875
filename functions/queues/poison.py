"""The poison queues: what the host set aside after five failures ends as `gave-up`, visibly.

A poison queue has no poison queue of its own: a message that fails here hides for ten minutes and
comes back, five times at most, and then lies there unread until its seven days are over. So a
request that cannot be kept because storage fails, or a setting is wrong, is put back as a new
message before its tries are used up. A restore needs none of that: the sweep has it on its list.
Source: azure-sdk-for-net, QueueListener.cs and QueueProcessor.cs.
"""

from datetime import UTC, datetime

import azure.functions as func

from functions.hosting import REQUESTS, STORAGE, WORK
from shared import telemetry
from shared.bootstrap import root
from shared.domain.keys import order_of
from shared.domain.request import Door, RequestedBy
from shared.errors import (
    ConfigurationError,
    LeaseLostError,
    StorageUnavailableError,
    UnreadableTextError,
)
from shared.intake.requests import read_message
from shared.ports.deps import IntakeDeps
from shared.upkeep.unreadable_messages import give_up_request, give_up_work, refuse_message

bp = func.Blueprint()

# Of the five tries of host.json. The two left are for a process that dies in the middle.
_PUT_BACK_AT = 3


@bp.function_name("DrainPoisonRequest")
@bp.queue_trigger(arg_name="message", queue_name=f"{REQUESTS}-poison", connection=STORAGE)
@bp.queue_output(arg_name="again", queue_name=f"{REQUESTS}-poison", connection=STORAGE)
async def drain_poison_request(message: func.QueueMessage, again: func.Out[bytes]) -> None:
    """Keep a request that could not be taken in, as a restore that failed."""
    try:
        intake = await root().intake()
        await drain_request(message.get_body(), message.id or "", intake.deps)
    except (StorageUnavailableError, ConfigurationError) as error:
        if (message.dequeue_count or 0) < _PUT_BACK_AT:
            raise
        telemetry.failed("DrainPoisonRequest", error)
        # As bytes: a text that is a JSON list would become one message for each item.
        again.set(message.get_body())


@bp.function_name("DrainPoisonWork")
@bp.queue_trigger(arg_name="message", queue_name=f"{WORK}-poison", connection=STORAGE)
async def drain_poison_work(message: func.QueueMessage) -> None:
    """End a restore that could not be advanced."""
    intake = await root().intake()
    restore_id = message.get_body().decode("utf-8", "replace").strip()
    await drain_work(restore_id, _aware(message.insertion_time), intake.deps)


async def drain_work(restore_id: str, set_aside_at: datetime | None, deps: IntakeDeps) -> None:
    """End the restore, unless it is none of this message's business any more.

    A worker that has just taken it up brings it further. One that another release wrote is left to
    that release: the sweep looks at it every hour.
    """
    try:
        await give_up_work(restore_id, set_aside_at, deps)
    except (LeaseLostError, UnreadableTextError) as error:
        telemetry.failed("DrainPoisonWork", error)


async def drain_request(body: bytes, message_id: str, deps: IntakeDeps) -> None:
    """Keep the request; a message that was never understood is kept as it was received."""
    message = read_message(body, message_id=message_id, callback_hosts=deps.callback_hosts)
    by = RequestedBy(Door.QUEUE, message.sender)
    if message.request is not None:
        order = order_of(message.request, by, message.source)
        await give_up_request(order, deps, has_own_key=message.has_own_key)
        return
    received = body.decode("utf-8", "backslashreplace")
    await refuse_message(received, message_id, str(message.refusal), by, deps)


def _aware(instant: datetime | None) -> datetime | None:
    """The host's instant with its zone: it means UTC, and may not say so."""
    if instant is None or instant.tzinfo is not None:
        return instant
    return instant.replace(tzinfo=UTC)
