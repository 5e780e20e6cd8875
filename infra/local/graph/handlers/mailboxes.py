"""`mailboxSettings`: the only sign of a mailbox that Graph gives.

Source: msgraph-metadata v1.0 CSDL. The refusals: microsoft/MicrosoftCloud issue 41; python-o365
issue 438; microsoft-graph-docs issue 10481.
"""

from infra.local.graph.rules import mailbox
from infra.local.graph.web.wire import Answer, Call, GraphError, Json
from infra.local.graph.world import World


def settings(world: World, call: Call) -> Answer:
    """GET /users/{id}/mailboxSettings."""
    user = world.active_user(call)
    if not mailbox.is_reachable(user, world.now):
        raise _not_there(world, user["id"])
    context = f"{call.base_url}/$metadata#users('{user['id']}')/mailboxSettings"
    body: Json = {"@odata.context": context, **_settings(user["mailbox"]["purpose"])}
    wanted = [name.strip() for name in call.query.get("select", "").split(",") if name.strip()]
    if wanted:
        lower = {name.lower() for name in wanted}
        body = {k: v for k, v in body.items() if k.startswith("@") or k.lower() in lower}
    return Answer(body=body)


def purpose(world: World, call: Call) -> Answer:
    """GET /users/{id}/mailboxSettings/userPurpose."""
    user = world.active_user(call)
    if not mailbox.is_reachable(user, world.now):
        raise _not_there(world, user["id"])
    context = f"{call.base_url}/$metadata#users('{user['id']}')/mailboxSettings/userPurpose"
    return Answer(body={"@odata.context": context, "value": user["mailbox"]["purpose"]})


def _not_there(world: World, user_id: str) -> GraphError:
    refusals = world.refusals[user_id] = world.refusals.get(user_id, 0) + 1
    if world.switches.mailbox_error_alternates and refusals % 2 == 0:
        return GraphError(404, "ResourceNotFound", "Resource could not be discovered.")
    return GraphError(
        404,
        "MailboxNotEnabledForRESTAPI",
        "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
    )


def _settings(user_purpose: str) -> Json:
    return {
        "archiveFolder": None,
        "timeZone": "W. Europe Standard Time",
        "delegateMeetingMessageDeliveryOptions": "sendToDelegateOnly",
        "dateFormat": "d-M-yyyy",
        "timeFormat": "HH:mm",
        "userPurpose": user_purpose,
        "automaticRepliesSetting": {
            "status": "disabled",
            "externalAudience": "all",
            "internalReplyMessage": "",
            "externalReplyMessage": "",
            "scheduledStartDateTime": {
                "dateTime": "2026-01-01T00:00:00.0000000",
                "timeZone": "UTC",
            },
            "scheduledEndDateTime": {"dateTime": "2026-01-02T00:00:00.0000000", "timeZone": "UTC"},
        },
        "language": {"locale": "nl-NL", "displayName": "Dutch (Netherlands)"},
        "workingHours": {
            "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "startTime": "08:00:00.0000000",
            "endTime": "17:00:00.0000000",
            "timeZone": {"name": "W. Europe Standard Time"},
        },
    }
