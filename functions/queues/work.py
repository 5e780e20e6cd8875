"""Run the service's own work from the queue `restore-work`: a message is an id, not a command.

A restore is advanced, a delivery sent, a batch fed, the tenant looked at, an owed report sent: the
id says which.
"""

import azure.functions as func

from functions.hosting import STORAGE, WORK
from shared import telemetry
from shared.batches.feed import feed
from shared.bootstrap import root
from shared.domain.alerts.report import is_report_operation
from shared.domain.batches.batch import is_batch_operation
from shared.domain.events.delivery import is_delivery_id
from shared.errors import ConfigurationError, StorageUnavailableError
from shared.events.deliver import deliver
from shared.ports.deps import Deps
from shared.restore.message_again import WorkMessage, advance_for_message
from shared.upkeep.owed_report import send_owed_report
from shared.upkeep.watch_tenant import is_watch_operation, watch_tenant

bp = func.Blueprint()

# Of the five tries of host.json. The message comes back half a minute after each, which bridges
# what a storage account now and then needs for itself; longer outages are the sweep's business.
# The three left are for a process that dies in the middle.
_COMES_BACK = 2


@bp.function_name("AdvanceRestore")
@bp.queue_trigger(arg_name="message", queue_name=WORK, connection=STORAGE)
async def advance_restore(message: func.QueueMessage) -> None:
    """Bring the operation named in the message as far as it can go now.

    A long outage of the storage account, or wrong settings, are the sweep's business, which finds
    the operation when they are over. Raised each time, they would use up the message's five tries
    within three minutes, and a restore would end as given up although nothing is wrong with it.
    """
    operation_id = message.get_body().decode("utf-8", "replace").strip()
    turn = WorkMessage(message.id or "", message.dequeue_count or 1)
    try:
        await work_on(operation_id, await root().deps(), turn)
    except StorageUnavailableError as error:
        if turn.tries <= _COMES_BACK:
            raise
        telemetry.failed("AdvanceRestore", error)
    except ConfigurationError as error:
        telemetry.failed("AdvanceRestore", error)


async def work_on(operation_id: str, deps: Deps, turn: WorkMessage) -> None:
    """What this id asks for; an id of no shape we know asks for nothing."""
    if is_batch_operation(operation_id):
        await feed(operation_id, deps)
        return
    if is_watch_operation(operation_id):
        await watch_tenant(deps)
        return
    if is_report_operation(operation_id):
        await send_owed_report(deps)
        return
    if is_delivery_id(operation_id):
        await deliver(operation_id, deps)
        return
    await advance_for_message(operation_id, turn, deps)
