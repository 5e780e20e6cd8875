"""Serve `mailboxSettings`, the only sign of a mailbox that Graph gives.

Source: msgraph-metadata v1.0 CSDL. The refusals: microsoft/MicrosoftCloud issue 41; python-o365
issue 438; microsoft-graph-docs issue 10481.
"""

from typing import Any

from infra.local.graph.rules import licensing, mailbox
from infra.local.graph.tenant.clock import instant
from infra.local.graph.web.denials import denied_by_outlook
from infra.local.graph.web.wire import Answer, Call, GraphError, Json, words
from infra.local.graph.world import World

READERS = words("MailboxSettings.Read MailboxSettings.ReadWrite")


def settings(world: World, call: Call) -> Answer:
    """GET /users/{id}/mailboxSettings."""
    user = _reached(world, call)
    context = f"{call.base_url}/$metadata#users('{user['id']}')/mailboxSettings"
    body: Json = {"@odata.context": context, **_settings(_purpose(world, user))}
    wanted = [name.strip() for name in call.query.get("select", "").split(",") if name.strip()]
    if wanted:
        lower = {name.lower() for name in wanted}
        body = {k: v for k, v in body.items() if k.startswith("@") or k.lower() in lower}
    return Answer(body=body)


def purpose(world: World, call: Call) -> Answer:
    """GET /users/{id}/mailboxSettings/userPurpose."""
    user = _reached(world, call)
    context = f"{call.base_url}/$metadata#users('{user['id']}')/mailboxSettings/userPurpose"
    return Answer(body={"@odata.context": context, "value": user["mailbox"]["purpose"]})


def settings_of(world: World, user: Json) -> Json | None:
    """Answer the settings as a property of the user; None where no mailbox answers.

    Source: martin-machacek.com, a capture of users/{id}?$select=mailboxSettings.
    """
    if not mailbox.is_reachable(user, world.now, world.switches):
        return None
    return _settings(_purpose(world, user))


def _reached(world: World, call: Call) -> Json:
    """Answer the user whose mailbox answers; raises Outlook's errors.

    Whether there is such a user, a replica of the directory tells; of its mailbox, Exchange does.
    """
    try:
        user_id = world.read_user(call)["id"]
    except GraphError as error:
        raise _nobody(world, call.params["id"], error) from error
    user = world.tenant.directory.get(user_id)
    if user is None:
        raise _not_there(world, user_id)
    if (user.get("mailbox") or {}).get("accessDenied"):
        raise denied_by_outlook()
    if not mailbox.is_reachable(user, world.now, world.switches):
        raise _not_there(world, user["id"])
    return _looked_at(world, user)


def _looked_at(world: World, user: Json) -> Json:
    """Answer the user after this look, with which the mailbox may have become another kind."""
    world.looks[user["id"]] += 1
    change = user["mailbox"].get("becomes")
    if not change or not _is_due(world, user["id"], change):
        return user
    user["mailbox"].update(purpose=change["purpose"], becomes=None)
    licensing.settle(user, world.now, world.switches)
    world.tenant.directory.put(user, world.now)
    return user


def _is_due(world: World, user_id: str, change: Json) -> bool:
    if change.get("at") is not None:
        return world.now >= instant(change["at"])
    return world.looks[user_id] > int(change.get("afterLooks", 1))


def _nobody(world: World, name: str, error: GraphError) -> GraphError:
    if world.switches.mailbox_of_nobody == "Request_ResourceNotFound":
        return error
    return GraphError(404, "ErrorInvalidUser", f"The requested user '{name}' is invalid.")


def _not_there(world: World, user_id: str) -> GraphError:
    world.refusals[user_id] += 1
    if world.switches.mailbox_error_alternates and world.refusals[user_id] % 2 == 0:
        return GraphError(404, "ResourceNotFound", "Resource could not be discovered.")
    return GraphError(
        404,
        "MailboxNotEnabledForRESTAPI",
        "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
    )


def _purpose(world: World, user: Json) -> Any:
    kind = user["mailbox"]["purpose"]
    return {"value": kind} if world.switches.purpose_as_object else kind


def _settings(user_purpose: Any) -> Json:
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
