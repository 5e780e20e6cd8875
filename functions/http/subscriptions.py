"""Serve POST, GET and DELETE /api/subscriptions, for flows and whoever looks after them."""

import azure.functions as func

from functions.http.callers import caller_of
from functions.http.replies import ListPage, api_link, json_reply, rows_reply, translate
from shared import telemetry
from shared.bootstrap import root
from shared.documents.subscription import subscription_document
from shared.domain.events.subscription import EventType, Subscriber
from shared.domain.requests.roles import Role
from shared.domain.text import text
from shared.errors import InvalidRequestError
from shared.events.subscriptions import list_subscriptions, subscribe, unsubscribe
from shared.intake.caller import Caller
from shared.intake.operations import OPERATIONS
from shared.intake.paging import strangers
from shared.intake.requests import check_content_type
from shared.intake.subscriptions import parse_subscription

bp = func.Blueprint()


@bp.function_name("Subscribe")
@bp.route(route="subscriptions", methods=["POST"])
async def subscribe_(req: func.HttpRequest) -> func.HttpResponse:
    """Have every event of one kind sent to a URL."""
    return await translate("Subscribe", _subscribe(req), req)


@bp.function_name("ListSubscriptions")
@bp.route(route="subscriptions", methods=["GET"])
async def list_subscriptions_(req: func.HttpRequest) -> func.HttpResponse:
    """List one's own subscriptions, or everybody's."""
    return await translate("ListSubscriptions", _list(req), req)


@bp.function_name("Unsubscribe")
@bp.route(route="subscriptions/{subscriptionId}", methods=["DELETE"])
async def unsubscribe_(req: func.HttpRequest) -> func.HttpResponse:
    """End a subscription."""
    return await translate("Unsubscribe", _unsubscribe(req), req)


def subscriber_of(caller: Caller, event: EventType) -> Subscriber:
    """The caller as a subscriber: who may read hears of all restores, who may request of its own.

    Raises:
        RoleMissingError: names Restore.Read; what is about people and not about restores needs it.
    """
    is_of_restores = event in {EventType.FINISHED, EventType.APPROVAL_WANTED}
    if not is_of_restores or Role.REQUEST not in caller.roles:
        told = text("role-missing", "event", role=Role.READ.value, event=event.value)
        caller.demand(Role.READ, told)
    return _subscriber(caller)


def _subscriber(caller: Caller) -> Subscriber:
    return Subscriber(caller.id, sees_all=Role.READ in caller.roles, name=caller.name)


async def _subscribe(req: func.HttpRequest) -> func.HttpResponse:
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["Subscribe"].demand(caller)
    check_content_type(req.headers.get("content-type"))
    wanted = parse_subscription(req.get_body(), callback_hosts=intake.deps.callback_hosts)
    kept = await subscribe(wanted, subscriber_of(caller, wanted.event), intake.deps)
    telemetry.asked("Subscribe", caller.id, kept.id)
    link = api_link(req, "subscriptions", kept.id)
    document = subscription_document(kept, self_link=link)
    return json_reply(document, status=201, headers={"Location": link})


async def _list(req: func.HttpRequest) -> func.HttpResponse:
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["ListSubscriptions"].demand(caller)
    faults = tuple(strangers(req.params, frozenset()))
    if faults:
        raise InvalidRequestError(faults)
    owner = None if Role.ADMIN in caller.roles else _subscriber(caller).owner
    rows = [
        subscription_document(one, self_link=api_link(req, "subscriptions", one.id))
        for one in await list_subscriptions(owner, intake.deps)
    ]
    return rows_reply(ListPage("subscriptions", rows), req)


async def _unsubscribe(req: func.HttpRequest) -> func.HttpResponse:
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["Unsubscribe"].demand(caller)

    def may_end(subscriber: Subscriber) -> bool:
        return subscriber.id == caller.id or Role.ADMIN in caller.roles

    subscription_id = req.route_params.get("subscriptionId", "")
    await unsubscribe(subscription_id, may_end, intake.deps)
    telemetry.asked("Unsubscribe", caller.id, subscription_id)
    return func.HttpResponse(status_code=204)
