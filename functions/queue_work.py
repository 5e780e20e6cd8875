"""Queue `restore-work`: the service's own; a message is a restore id, never a command."""

import azure.functions as func

from functions.hosting import STORAGE, WORK
from shared import telemetry
from shared.bootstrap import root
from shared.errors import ConfigurationError, StorageUnavailableError
from shared.restore.advance import advance

bp = func.Blueprint()


@bp.function_name("AdvanceRestore")
@bp.queue_trigger(arg_name="message", queue_name=WORK, connection=STORAGE)
async def advance_restore(message: func.QueueMessage) -> None:
    """Bring the restore named in the message as far as it can go now.

    An outage of the storage account, or wrong settings, are the sweep's business, which finds the
    restore when they are over. Raised, they would use up the message's five tries within three
    minutes, and the restore would end as given up although nothing is wrong with it.
    """
    restore_id = message.get_body().decode("utf-8", "replace").strip()
    try:
        await advance(restore_id, await root().deps())
    except (StorageUnavailableError, ConfigurationError) as error:
        telemetry.failed("AdvanceRestore", error)
