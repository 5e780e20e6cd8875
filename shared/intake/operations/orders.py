"""The operations for many restores, for restores to come, and for those who want to be told."""

from typing import Final

from shared.intake.caller import Role
from shared.intake.operations.model import Operation
from shared.intake.operations.pending import BatchWire, GuardWire, SubscriptionWire
from shared.intake.operations.restores import SKIP_TOKEN, TOP

ORDERS: Final = (
    Operation(
        "StartBatch",
        "POST",
        "batches",
        (Role.REQUEST,),
        "starting a batch",
        "Start a batch of restores",
        "Starts up to 1,000 restores with one request. The step waits until all of them have"
        " ended; each is a restore of its own.",
        (202, 200),
        "Batch",
        BatchWire,
        conflict="The key belongs to another batch.",
    ),
    Operation(
        "GetBatch",
        "GET",
        "batches/{batchId}",
        (Role.READ, Role.REQUEST),
        "reading a batch",
        "Get a batch of restores",
        "Waits until every restore of a batch has ended, then gives the counts and the restore"
        " ids.",
        (200, 202),
        "Batch",
        visibility="advanced",
    ),
    Operation(
        "AddGuard",
        "POST",
        "guards",
        (Role.ADMIN,),
        "keeping guards",
        "Add a guard",
        "Gives the standing order to restore a person or a mailbox by itself when it is lost; an"
        " equal order is the same guard.",
        (201, 200),
        "Guard",
        GuardWire,
        visibility="advanced",
    ),
    Operation(
        "ListGuards",
        "GET",
        "guards",
        (Role.ADMIN,),
        "keeping guards",
        "List guards",
        "Lists the standing orders for restores.",
        (200,),
        "GuardList",
        query=(TOP, SKIP_TOKEN),
        visibility="advanced",
    ),
    Operation(
        "RemoveGuard",
        "DELETE",
        "guards/{guardId}",
        (Role.ADMIN,),
        "keeping guards",
        "Remove a guard",
        "Takes a standing order back. Restores that it has started go on.",
        (204,),
        visibility="advanced",
    ),
    Operation(
        "Subscribe",
        "POST",
        "subscriptions",
        (Role.READ, Role.REQUEST),
        "subscribing to events",
        "Subscribe to events",
        "Has every event of one kind sent to an address, until the subscription is deleted.",
        (201,),
        "Subscription",
        SubscriptionWire,
        conflict="The caller has as many subscriptions as it may have.",
        visibility="internal",
        in_flows=False,
    ),
    Operation(
        "Unsubscribe",
        "DELETE",
        "subscriptions/{subscriptionId}",
        (Role.ADMIN, Role.READ, Role.REQUEST),
        "ending a subscription",
        "Delete a subscription",
        "Sends no more events to the address of this subscription.",
        (204,),
        visibility="internal",
    ),
)
