"""Take in messages of the queue `restore-requests`, which other applications write to."""

import azure.functions as func

from functions.hosting import REQUESTS, STORAGE
from shared import telemetry
from shared.bootstrap import root
from shared.domain.records.received import shown
from shared.domain.records.trace_id import trace_in
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import QUEUE_ROLES, Door, RequestedBy
from shared.errors import KeyReusedError, StorageRefusedError
from shared.intake.requests import Message, read_message
from shared.ports.deps import IntakeDeps
from shared.restore.accept import accept, find_unfinished
from shared.upkeep.unreadable_messages import RefusalOfMessage, refuse_message

bp = func.Blueprint()


@bp.function_name("TakeInRequest")
@bp.queue_trigger(arg_name="message", queue_name=REQUESTS, connection=STORAGE)
async def take_in_request(message: func.QueueMessage) -> None:
    """Accept the restore request in a message, or keep the message as a refused restore."""
    intake = await root().intake()
    await take_in(message.get_body(), message.id or "", intake.deps)


async def take_in(body: bytes, message_id: str, deps: IntakeDeps, *, is_copy: bool = False) -> None:
    """Accept or keep; whatever else goes wrong is raised, and the message comes back.

    `is_copy`: the host made it of another message, and with another id.
    """
    message = read_message(
        body,
        message_id=message_id,
        callback_hosts=deps.callback_hosts,
        latest=deps.latest_start,
    )
    by = RequestedBy(Door.QUEUE, message.sender, roles=QUEUE_ROLES)
    why = await _refusal(message, by, deps, is_copy=is_copy)
    if why is not None:
        record = await refuse_message(shown(body), message_id, why, by, deps)
        telemetry.message_refused(record.id)


async def _refusal(
    message: Message, by: RequestedBy, deps: IntakeDeps, *, is_copy: bool
) -> RefusalOfMessage | None:
    """Why the request cannot be accepted; None where it is."""
    if message.request is None:
        return message.refusal
    order = order_of(message.request, by, message.source)
    if is_copy and not message.has_own_key and await find_unfinished(order, deps) is not None:
        # Its first message, whose id was the key, had been taken in before the host gave it up.
        return None
    try:
        with telemetry.traced(trace_in(message.traceparent)):
            await accept(order, deps)
    except (KeyReusedError, StorageRefusedError) as error:
        return error
    return None
