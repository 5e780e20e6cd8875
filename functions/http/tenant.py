"""GET /api/deleted-users and GET /api/licenses: the tenant's own lists, as Graph shows them."""

import azure.functions as func

from functions.http.callers import caller_of, reader_of
from functions.http.replies import Page, rows_reply, translate
from shared.bootstrap import root
from shared.documents.deleted_user import deleted_user_document
from shared.documents.license import license_document
from shared.documents.said import said
from shared.domain.text import text
from shared.errors import InvalidRequestError
from shared.intake.deleted_users import next_deleted_users_query, parse_deleted_users_query
from shared.intake.operations import OPERATIONS
from shared.intake.paging import strangers
from shared.lists.deleted_users import list_deleted_users
from shared.lists.licenses import list_licenses

_UNSORTED = text("not-sorted")

bp = func.Blueprint()


@bp.function_name("ListDeletedUsers")
@bp.route(route="deleted-users", methods=["GET"])
async def list_deleted_users_(req: func.HttpRequest) -> func.HttpResponse:
    """List deleted users, soonest end of window first, a page at a time."""
    return await translate("ListDeletedUsers", deleted_users(req), req)


@bp.function_name("ListLicenses")
@bp.route(route="licenses", methods=["GET"])
async def list_licenses_(req: func.HttpRequest) -> func.HttpResponse:
    """List the licences that carry a mailbox, with their free seats."""
    return await translate("ListLicenses", licenses(req), req)


async def deleted_users(req: func.HttpRequest) -> func.HttpResponse:
    """200 with a page of the list."""
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["ListDeletedUsers"].demand(caller)
    reader = reader_of(req, caller, intake.deps.audience)
    query = parse_deleted_users_query(req.params)
    listing = await list_deleted_users(query, await root().deps())
    page = Page(
        "deleted-users",
        [deleted_user_document(row.user, row.window) for row in listing.rows],
        None if listing.next is None else next_deleted_users_query(query, listing.next),
        () if listing.is_sorted else (said(_UNSORTED, reader),),
    )
    return rows_reply(page, req, reader)


async def licenses(req: func.HttpRequest) -> func.HttpResponse:
    """200 with the whole list; whoever may start a restore may see what to name in it."""
    OPERATIONS["ListLicenses"].demand(caller_of(req, await root().intake()))
    faults = tuple(strangers(req.params, frozenset()))
    if faults:
        raise InvalidRequestError(faults)
    skus = await list_licenses(await root().deps())
    return rows_reply(Page("licenses", [license_document(sku) for sku in skus]), req)
