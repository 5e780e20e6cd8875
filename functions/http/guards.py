"""Serve POST and GET /api/guards and DELETE /api/guards/{guardId}: standing orders."""

import azure.functions as func

from functions.http.callers import caller_of, reader_of
from functions.http.replies import api_link, json_reply, translate
from shared import telemetry
from shared.bootstrap import root
from shared.documents.guard import guard_document
from shared.domain.guards.guard import Guard
from shared.domain.requests.request import Door
from shared.guards.orders import Added, GuardPage, add_guard, list_guards, remove_guard
from shared.intake.caller import Caller
from shared.intake.guards import GuardQuery, next_guard_query, parse_guard, parse_guard_query
from shared.intake.operations import OPERATIONS
from shared.intake.requests import check_content_type
from shared.ports.deps import Deps, IntakeDeps

bp = func.Blueprint()


@bp.function_name("AddGuard")
@bp.route(route="guards", methods=["POST"])
async def add_guard_(req: func.HttpRequest) -> func.HttpResponse:
    """Guard a person, or find the equal guard that is there."""
    return await translate("AddGuard", _add(req), req)


@bp.function_name("ListGuards")
@bp.route(route="guards", methods=["GET"])
async def list_guards_(req: func.HttpRequest) -> func.HttpResponse:
    """List guards, a page at a time."""
    return await translate("ListGuards", _list(req), req)


@bp.function_name("RemoveGuard")
@bp.route(route="guards/{guardId}", methods=["DELETE"])
async def remove_guard_(req: func.HttpRequest) -> func.HttpResponse:
    """Guard a person no more."""
    return await translate("RemoveGuard", _remove(req), req)


async def add(body: bytes, content_type: str | None, caller: Caller, deps: Deps) -> Added:
    """The guard that a body orders, for a caller who may keep guards.

    Raises:
        RoleMissingError: names Restore.Admin; nothing was added.
        WrongContentTypeError, InvalidRequestError: the latter with every fault; nothing was added.
    """
    OPERATIONS["AddGuard"].demand(caller)
    check_content_type(content_type)
    order = parse_guard(body)
    return await add_guard(order, caller.asking_by(Door.HTTP), deps)


async def list_for(query: GuardQuery, caller: Caller, deps: IntakeDeps) -> GuardPage:
    """The next guards, for a caller who may keep guards.

    Raises:
        RoleMissingError: names Restore.Admin.
    """
    OPERATIONS["ListGuards"].demand(caller)
    return await list_guards(query.after, query.top, deps)


async def remove(guard_id: str, caller: Caller, deps: IntakeDeps) -> None:
    """Take the guard out, for a caller who may keep guards; its restores are left as they are.

    Raises:
        RoleMissingError: names Restore.Admin; nothing was removed.
        GuardNotFoundError: there is none.
    """
    OPERATIONS["RemoveGuard"].demand(caller)
    await remove_guard(guard_id, deps)


async def _add(req: func.HttpRequest) -> func.HttpResponse:
    intake = await root().intake()
    caller, content_type = caller_of(req, intake), req.headers.get("content-type")
    added = await add(req.get_body(), content_type, caller, await root().deps())
    telemetry.asked("AddGuard", caller.id, added.guard.id)
    link, reader = _link(added.guard, req), reader_of(req, caller, intake.deps.audience)
    document = guard_document(added.guard, reader, self_link=link)
    return json_reply(document, reader, 201 if added.is_new else 200, {"Location": link})


async def _list(req: func.HttpRequest) -> func.HttpResponse:
    intake = await root().intake()
    caller = caller_of(req, intake)
    query = parse_guard_query(req.params)
    page = await list_for(query, caller, intake.deps)
    reader = reader_of(req, caller, intake.deps.audience)
    value = [guard_document(guard, reader, self_link=_link(guard, req)) for guard in page.guards]
    if page.next is None:
        return json_reply({"value": value}, reader)
    more = f"{api_link(req, 'guards')}?{next_guard_query(query.top, page.next)}"
    return json_reply({"value": value, "nextLink": more}, reader)


async def _remove(req: func.HttpRequest) -> func.HttpResponse:
    intake = await root().intake()
    caller = caller_of(req, intake)
    guard_id = req.route_params.get("guardId", "")
    await remove(guard_id, caller, intake.deps)
    telemetry.asked("RemoveGuard", caller.id, guard_id)
    return func.HttpResponse(status_code=204)


def _link(guard: Guard, req: func.HttpRequest) -> str:
    return api_link(req, "guards", guard.id)
