"""List the operations for batches, guards and subscriptions."""

from typing import Final

from shared.domain.requests.roles import Role
from shared.intake.guards import GuardWire
from shared.intake.operations.described import BatchWire
from shared.intake.operations.model import Operation
from shared.intake.operations.restores import SKIP_TOKEN, TOP
from shared.intake.subscriptions import SubscriptionWire

ORDERS: Final = (
    Operation(
        "StartBatch",
        method="POST",
        path="batches",
        roles=(Role.REQUEST,),
        summary="Start a batch of restores",
        description="Starts up to 1,000 restores with one request. The step waits until all of"
        " them have ended; each is a restore of its own.",
        statuses=(202, 200),
        answer="Batch",
        body=BatchWire,
        takes_csv=True,
        conflict="The key belongs to another batch.",
    ),
    Operation(
        "GetBatch",
        method="GET",
        path="batches/{batchId}",
        roles=(Role.READ, Role.REQUEST, Role.APPROVE),
        summary="Get a batch of restores",
        description="Waits until every restore of a batch has ended, then gives the counts and"
        " the restore ids.",
        statuses=(200, 202),
        answer="Batch",
        also_csv=True,
        visibility="advanced",
    ),
    Operation(
        "AddGuard",
        method="POST",
        path="guards",
        roles=(Role.ADMIN,),
        summary="Add a guard",
        description="Gives the standing order to restore a person or a mailbox by itself when"
        " it is lost; an equal order is the same guard.",
        statuses=(201, 200),
        answer="Guard",
        body=GuardWire,
        visibility="advanced",
    ),
    Operation(
        "ListGuards",
        method="GET",
        path="guards",
        roles=(Role.ADMIN,),
        summary="List guards",
        description="Lists the standing orders for restores.",
        statuses=(200,),
        answer="GuardList",
        query=(TOP, SKIP_TOKEN),
        visibility="advanced",
    ),
    Operation(
        "RemoveGuard",
        method="DELETE",
        path="guards/{guardId}",
        roles=(Role.ADMIN,),
        summary="Remove a guard",
        description="Takes a standing order back. Restores that it has started go on.",
        statuses=(204,),
        visibility="advanced",
    ),
    Operation(
        "Subscribe",
        method="POST",
        path="subscriptions",
        roles=(Role.READ, Role.REQUEST),
        summary="Subscribe to events",
        description="Has every event of one kind sent to an address, until the subscription is"
        " deleted or its time is over (expiresAt).",
        statuses=(201,),
        answer="Subscription",
        body=SubscriptionWire,
        visibility="internal",
        in_flows=False,
    ),
    Operation(
        "ListSubscriptions",
        method="GET",
        path="subscriptions",
        roles=(Role.ADMIN, Role.READ, Role.REQUEST),
        summary="List subscriptions",
        description="Lists the caller's own subscriptions, for Restore.Admin those of everybody.",
        statuses=(200,),
        answer="SubscriptionList",
        refuses_query=True,
        visibility="advanced",
        in_flows=False,
    ),
    Operation(
        "Unsubscribe",
        method="DELETE",
        path="subscriptions/{subscriptionId}",
        roles=(Role.ADMIN, Role.READ, Role.REQUEST),
        summary="Delete a subscription",
        description="Sends no more events to the address of this subscription.",
        statuses=(204,),
        visibility="internal",
    ),
)
