"""List what Microsoft publishes of the connectors and language that the example flows use.

Sources: Microsoft Learn, connector reference of Azure Queues (operation ids, parameter keys, which
are triggers), Approvals and Office 365 Outlook; azure.github.io/connectors-python-sdk,
`TRIGGER_OPERATIONS`; Microsoft Learn, "Reference guide to functions in expressions for workflows in
Azure Logic Apps and Power Automate" (October 2025).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

type ActionType = Literal["OpenApiConnection", "OpenApiConnectionWebhook"]


@dataclass(frozen=True)
class Published:
    """One operation of a connector.

    Attributes:
        type: a webhook operation takes the other one: as an OpenApiConnection it is saved without
            a word, and never resumes.
        needed: the parameters that have to be given.
        known: those that may be given besides.

    """

    type: ActionType
    needed: frozenset[str]
    known: frozenset[str] = frozenset()
    is_trigger: bool = False


_QUEUE = frozenset({"storageAccountName", "queueName"})

OPERATIONS: Final[Mapping[tuple[str, str], Published]] = {
    ("shared_azurequeues", "OnMessages_V2"): Published(
        "OpenApiConnection", _QUEUE, frozenset({"visibilitytimeout"}), is_trigger=True
    ),
    ("shared_azurequeues", "GetMessages_V2"): Published(
        "OpenApiConnection", _QUEUE, frozenset({"numofmessages", "visibilitytimeout"})
    ),
    ("shared_azurequeues", "PutMessage_V2"): Published("OpenApiConnection", _QUEUE | {"message"}),
    ("shared_azurequeues", "DeleteMessage_V2"): Published(
        "OpenApiConnection", _QUEUE | {"messageId", "popreceipt"}
    ),
    ("shared_approvals", "StartAndWaitForAnApproval"): Published(
        "OpenApiConnectionWebhook",
        frozenset(
            {
                "approvalType",
                "WebhookApprovalCreationInput/title",
                "WebhookApprovalCreationInput/assignedTo",
            }
        ),
        frozenset(
            {
                "WebhookApprovalCreationInput/details",
                "WebhookApprovalCreationInput/itemLink",
                "WebhookApprovalCreationInput/itemLinkDescription",
                "WebhookApprovalCreationInput/requestor",
                "WebhookApprovalCreationInput/enableNotifications",
                "WebhookApprovalCreationInput/enableReassignment",
            }
        ),
    ),
    ("shared_office365", "SendEmailV2"): Published(
        "OpenApiConnection",
        frozenset({"emailMessage/To", "emailMessage/Subject", "emailMessage/Body"}),
        frozenset({"emailMessage/Cc", "emailMessage/Bcc", "emailMessage/Importance"}),
    ),
}

_BY_PURPOSE: Final = {
    "string": "chunk concat endsWith formatNumber guid indexOf isFloat isInt lastIndexOf length"
    " nthIndexOf replace slice split startsWith substring toLower toUpper trim",
    "collection": "contains empty first intersection item join last reverse skip sort take union",
    "comparison": "and equals greater greaterOrEquals if less lessOrEquals not or",
    "conversion": "array base64 base64ToBinary base64ToString binary bool createArray dataUri"
    " dataUriToBinary dataUriToString decimal decodeBase64 decodeDataUri decodeUriComponent"
    " encodeUriComponent float int json string uriComponent uriComponentToBinary"
    " uriComponentToString xml",
    "math": "add div max min mod mul rand range sub",
    "time": "addDays addHours addMinutes addSeconds addToTime convertFromUtc convertTimeZone"
    " convertToUtc dateDifference dayOfMonth dayOfWeek dayOfYear formatDateTime getFutureTime"
    " getPastTime parseDateTime startOfDay startOfHour startOfMonth subtractFromTime ticks utcNow",
    "workflow": "action actions body formDataMultiValues formDataValue items iterationIndexes"
    " listCallbackUrl multipartBody outputs parameters result trigger triggerBody"
    " triggerFormDataValue triggerMultipartBody triggerFormDataMultiValues triggerOutputs"
    " variables workflow",
    "address": "uriHost uriPath uriPathAndQuery uriPort uriQuery uriScheme",
    "object": "addProperty coalesce removeProperty setProperty xpath",
}
FUNCTIONS: Final = frozenset(name for names in _BY_PURPOSE.values() for name in names.split())

# The types of actions and triggers of a workflow in Azure Logic Apps (Consumption), of those that
# an example of ours could want. Source: Microsoft Learn, "Schema reference guide for trigger and
# action types in Azure Logic Apps".
LOGIC_APPS_ACTIONS: Final = frozenset(
    {"ApiConnection", "ApiConnectionWebhook", "Compose", "Http", "HttpWebhook", "If", "ParseJson"}
    | {"Query", "Response", "Select", "Switch", "Table", "Terminate", "Until", "Wait"}
)
LOGIC_APPS_TRIGGERS: Final = frozenset(
    {"ApiConnection", "ApiConnectionWebhook", "Http", "HttpWebhook", "Recurrence", "Request"}
)
