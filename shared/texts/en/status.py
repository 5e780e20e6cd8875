"""Texts of the service's status: what the deployment can do, and settings that are doubtful."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

_SEE_FUNCTION: Final = (
    "See that {function} is listed and enabled, and read its failures in the log."
)

_SEE_ROUND: Final = (
    "Search the log of the service for observing-stopped: each such line says which part stopped,"
    " and what Microsoft Graph answered."
)

ENTRIES: Final[Catalogue] = {
    "status/storage": Entry("Tables and queues answer."),
    "status/storage-silent": Entry(
        "The storage account does not answer.",
        "Look at the storage account, and at the roles that this service's identity has on"
        " its data (Azure portal, the storage account, Access control).",
    ),
    "status/timer-new": Entry("It has not run yet."),
    "status/timer": Entry("It last ran at {at:time}."),
    "status/timer-never": Entry("It has never run.", _SEE_FUNCTION),
    "status/timer-late": Entry("It has not run since {at:time}.", _SEE_FUNCTION),
    "status/round-never": Entry(
        "It last ran at {at:time}. No look at the whole tenant has come to its end so far, so a"
        " lost licence may go unnoticed.",
        _SEE_ROUND,
    ),
    "status/round-late": Entry(
        "It last ran at {at:time}. The last look at the whole tenant that came to its end began at"
        " {since:time}, so a licence lost after that may have gone unnoticed.",
        _SEE_ROUND,
    ),
    "status/queue": Entry("{count:one message|# messages}."),
    "status/queue-late": Entry(
        "{count:one message|# messages}; the oldest has waited for {seconds} seconds.",
        "See that the function on this queue is listed and enabled, and read its failures in the"
        " log.",
    ),
    "status/subscriptions": Entry("None ends within 14 days."),
    "status/subscriptions-end": Entry(
        "{count:One ends|# end} within 14 days: {which}.",
        "GET /api/subscriptions says whose they are and where they lead. Have their"
        " owners save the flows anew, or subscribe again.",
    ),
    "status/ends": Entry("{subscription_id} ({at:time})"),
    "status/token": Entry("The managed identity has a token for Microsoft Graph."),
    "status/no-token": Entry(
        "There is no token for Microsoft Graph: {why}",
        "See that the managed identity is assigned to the function app, and that AZURE_CLIENT_ID is"
        " its own.",
    ),
    "status/granted": Entry("Granted."),
    "status/missing": Entry(
        "Missing: {permissions}.",
        "Have an administrator run infra/graph/grant.py; the service notices within a day.",
    ),
    "status/too-wide": Entry(
        "Held and not needed: {permissions}.",
        "Have an administrator run infra/graph/grant.py with --prune.",
    ),
    "status/graph": Entry("Microsoft Graph answers."),
    "status/graph-silent": Entry(
        "Microsoft Graph was asked and did not answer as it should: {why}",
        "See whether the permissions or Microsoft's service health (Microsoft 365 admin centre)"
        " explain it.",
    ),
    "status/settings": Entry("No setting is doubtful."),
    "doubt/near-name": Entry("{setting} is no setting.", "Write {meant}, if that is meant."),
    "doubt/no-json": Entry(
        "{setting} is not a JSON object.",
        "Deploy the file of this release again.",
    ),
    "doubt/too-soon": Entry(
        "{setting}: a message comes back so soon that a second worker would begin while"
        " the first still runs.",
        "Write more than {least} seconds, such as 00:00:30.",
    ),
    "doubt/too-few": Entry("{setting} is too few.", "Write at least {least}."),
    "doubt/encoding": Entry("{setting}: messages are read as they were sent.", 'Write "none".'),
    "doubt/too-short": Entry(
        "{setting}: a timer would be ended while it is at work.",
        "Write at least 00:10:00.",
    ),
}
