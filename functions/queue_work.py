"""Queue `restore-work`: the service's own; a message is a restore id, never a command."""

import azure.functions as func

from functions.hosting import STORAGE, WORK
from shared.bootstrap import root
from shared.restore.advance import advance

bp = func.Blueprint()


@bp.function_name("AdvanceRestore")
@bp.queue_trigger(arg_name="message", queue_name=WORK, connection=STORAGE)
async def advance_restore(message: func.QueueMessage) -> None:
    """Bring the restore named in the message as far as it can go now."""
    deps = await root().deps()
    await advance(message.get_body().decode("utf-8", "replace").strip(), deps)
