"""Queue `restore-requests`: the door for other applications."""

import azure.functions as func

from functions.hosting import REQUESTS, STORAGE
from shared import telemetry
from shared.bootstrap import root
from shared.domain.request import QUEUE_ROLES, Door, RequestedBy
from shared.domain.trace import trace_in
from shared.errors import InvalidRequestError, KeyReusedError
from shared.intake.envelope import sender_of, traceparent_of
from shared.intake.requests import parse_message
from shared.ports.deps import IntakeDeps
from shared.restore.accept import accept
from shared.upkeep.unreadable_messages import refuse_message

bp = func.Blueprint()


@bp.function_name("TakeInRequest")
@bp.queue_trigger(arg_name="message", queue_name=REQUESTS, connection=STORAGE)
async def take_in_request(message: func.QueueMessage) -> None:
    """Accept the restore request in a message, or keep the message as a refused restore."""
    intake = await root().intake()
    await take_in(message.get_body(), message.id or "", intake.deps)


async def take_in(body: bytes, message_id: str, deps: IntakeDeps) -> None:
    """Accept or keep; whatever else goes wrong is raised, and the message comes back."""
    name = None
    try:
        request, name = parse_message(
            body, message_id=message_id, callback_hosts=deps.callback_hosts
        )
        with telemetry.traced(trace_in(traceparent_of(body))):
            await accept(request, RequestedBy(Door.QUEUE, name, roles=QUEUE_ROLES), deps)
    except (InvalidRequestError, KeyReusedError) as error:
        received = body.decode("utf-8", "backslashreplace")
        by = RequestedBy(Door.QUEUE, name or sender_of(body), roles=QUEUE_ROLES)
        record = await refuse_message(received, message_id, error, by, deps)
        telemetry.message_refused(record.id)
