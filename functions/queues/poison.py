"""Take in what the host set aside after five failures, or end it where people see it.

A poison queue has no poison queue of its own. A message that fails here hides for ten minutes and
comes back: up to Storage.Queues 5.3.7 five times, and then it lies there unread until its seven
days are over, later until then. So a request that kills whoever reads it is kept unread before its
tries are used up; and one that cannot be kept because storage fails, or a setting is wrong, is put
back as a new message. A restore needs none of that: the sweep has it on its list.
Source: azure-sdk-for-net, QueueListener.cs and QueueProcessor.cs.
"""

import azure.functions as func

from functions.hosting import REQUESTS, STORAGE, WORK
from functions.queues.requests import take_in
from shared import telemetry
from shared.bootstrap import root
from shared.domain.records.received import shown
from shared.domain.requests.request import QUEUE_ROLES, Door, RequestedBy
from shared.errors import (
    ConfigurationError,
    LeaseLostError,
    StorageUnavailableError,
    UnreadableTextError,
)
from shared.intake.poison_message import SetAside, read_set_aside
from shared.ports.deps import IntakeDeps
from shared.upkeep.poisoned_work import take_back_work
from shared.upkeep.unreadable_messages import give_up_message

bp = func.Blueprint()

# Of the five tries of host.json. What was tried so often was not read to its end: a failure is
# raised or put back, so the worker died. The two left are for that to happen once more.
_UNREAD_AT = 3


@bp.function_name("DrainPoisonRequest")
@bp.queue_trigger(arg_name="message", queue_name=f"{REQUESTS}-poison", connection=STORAGE)
@bp.queue_output(arg_name="again", queue_name=f"{REQUESTS}-poison", connection=STORAGE)
async def drain_poison_request(message: func.QueueMessage, again: func.Out[bytes]) -> None:
    """Take in a request whose runs failed, or keep it as a restore that failed."""
    aside = read_set_aside(message.get_body(), message.id or "")
    tries = message.dequeue_count or 1
    try:
        intake = await root().intake()
        await drain_request(aside, tries, intake.deps)
    except (StorageUnavailableError, ConfigurationError) as error:
        if tries < _UNREAD_AT - 1:
            raise
        telemetry.failed("DrainPoisonRequest", error)
        # As bytes: a text that is a JSON list would become one message for each item.
        again.set(aside.put_back())


@bp.function_name("DrainPoisonWork")
@bp.queue_trigger(arg_name="message", queue_name=f"{WORK}-poison", connection=STORAGE)
async def drain_poison_work(message: func.QueueMessage) -> None:
    """Decide what becomes of a restore whose runs failed."""
    intake = await root().intake()
    await drain_work(message.get_body().decode("utf-8", "replace").strip(), intake.deps)


async def drain_work(operation_id: str, deps: IntakeDeps) -> None:
    """Decide what becomes of the operation of a message that was set aside.

    A worker that has just taken it up brings it further. One that another release wrote is left to
    that release: the sweep looks at it every hour.
    """
    try:
        await take_back_work(operation_id, deps)
    except (LeaseLostError, UnreadableTextError) as error:
        telemetry.failed("DrainPoisonWork", error)


async def drain_request(aside: SetAside, tries: int, deps: IntakeDeps) -> None:
    """Take the request in; one that cannot even be read is kept as it was received."""
    if tries < _UNREAD_AT:
        await take_in(aside.body, aside.message_id, deps, is_copy=True)
        return
    by = RequestedBy(Door.QUEUE, roles=QUEUE_ROLES)
    record = await give_up_message(shown(aside.body), aside.message_id, by, deps)
    telemetry.message_refused(record.id)
