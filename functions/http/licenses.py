"""Serve GET /api/licenses: the tenant's own licences, as Graph shows them."""

import azure.functions as func

from functions.http.callers import caller_of
from functions.http.replies import ListPage, rows_reply, translate
from shared.bootstrap import root
from shared.documents.license import license_document
from shared.domain.requests.roles import Role
from shared.errors import InvalidRequestError
from shared.intake.operations import OPERATIONS
from shared.intake.paging import strangers
from shared.lists.licenses import list_licenses

bp = func.Blueprint()


@bp.function_name("ListLicenses")
@bp.route(route="licenses", methods=["GET"])
async def list_licenses_(req: func.HttpRequest) -> func.HttpResponse:
    """List the licences that carry a mailbox, with their free seats."""
    return await translate("ListLicenses", licenses(req), req)


async def licenses(req: func.HttpRequest) -> func.HttpResponse:
    """200 with the whole list; whoever may start a restore may see what to name in it."""
    caller = caller_of(req, await root().intake())
    OPERATIONS["ListLicenses"].demand(caller)
    faults = tuple(strangers(req.params, frozenset()))
    if faults:
        raise InvalidRequestError(faults)
    deps = await root().deps()
    naming = deps.policy.naming(may_override=Role.OVERRIDE in caller.roles)
    rows = [
        license_document(sku, allowed=naming.may_name(sku.sku_id))
        for sku in await list_licenses(deps)
    ]
    return rows_reply(ListPage("licenses", rows), req)
