"""Serve POST /api/mailboxes/restore, /users/restore and /licenses/restore: one for each kind.

Each is StartRestore with the kind fixed by the route, in the same key space: a flow maker picks an
action instead of filling in a field.
"""

import azure.functions as func

from functions.http.replies import translate
from functions.http.restores.start_and_read import start
from shared.domain.requests.request import RestoreKind

bp = func.Blueprint()


@bp.function_name("RestoreMailbox")
@bp.route(route="mailboxes/restore", methods=["POST"])
async def restore_mailbox(req: func.HttpRequest) -> func.HttpResponse:
    """Find out what is wrong with a mailbox, and bring it back."""
    return await translate("RestoreMailbox", start(req, RestoreKind.MAILBOX), req)


@bp.function_name("RestoreUser")
@bp.route(route="users/restore", methods=["POST"])
async def restore_user(req: func.HttpRequest) -> func.HttpResponse:
    """Bring a deleted user back."""
    return await translate("RestoreUser", start(req, RestoreKind.USER), req)


@bp.function_name("RestoreLicense")
@bp.route(route="licenses/restore", methods=["POST"])
async def restore_license(req: func.HttpRequest) -> func.HttpResponse:
    """Put the Exchange licence back on an active user."""
    return await translate("RestoreLicense", start(req, RestoreKind.LICENSE), req)
