"""Hold the guards and subscriptions of the double."""

from tests.desk.standin.asked import Answer, Asked, Refusal, page
from tests.desk.standin.people import instant
from tests.desk.standin.restores import ME, an_id
from tests.desk.standin.scenario import ROLES
from tests.desk.standin.world import preflight

ADMIN = ROLES["admin"]


def list_guards(asked: Asked) -> Answer:
    """GET /guards."""
    return page(asked, "guards", asked.world.guards, 100, 100)


def add_guard(asked: Asked) -> Answer:
    """POST /guards."""
    found = preflight(asked.world, asked.body, danish=asked.is_danish)
    blocks = [one for one in found["findings"] if one["severity"] == "block"]
    state = "unresolved" if found["case"] == "not-found" else "watching"
    guard = {
        "id": an_id(7100 + len(asked.world.guards)),
        "userId": None,
        "reason": None,
        "ticket": None,
        "createdAt": instant(asked.world.now),
        "createdBy": ME,
        "lastSeenAt": None,
        "state": state,
        "lastLoss": None,
        "links": {},
        **asked.body,
        "findings": blocks,
    }
    asked.world.guards.insert(0, guard)
    return 201, guard, {}


def remove_guard(asked: Asked, guard_id: str) -> Answer:
    """DELETE /guards/{guardId}."""
    asked.world.guards = [one for one in asked.world.guards if one["id"] != guard_id]
    return 204, None, {}


def list_subscriptions(asked: Asked) -> Answer:
    """GET /subscriptions."""
    mine = asked.world.subscriptions
    if ADMIN not in asked.world.scenario.roles:
        mine = [one for one in mine if one["requestedBy"]["id"] == ME["id"]]
    return 200, {"value": mine}, {}


def subscribe(asked: Asked) -> Answer:
    """POST /subscriptions."""
    host = asked.body["notificationUrl"].removeprefix("https://").partition("/")[0]
    if not host.endswith(".azure.com"):
        errors = [
            {
                "pointer": "/notificationUrl",
                "message": f"{host} is not a host that CALLBACK_HOSTS allows",
            }
        ]
        raise Refusal(400, "invalid-request", "The request cannot be understood.", errors=errors)
    made = {
        "id": an_id(8100 + len(asked.world.subscriptions)),
        "event": asked.body["event"],
        "host": host,
        "since": instant(asked.world.now),
        "expiresAt": None,
        "requestedBy": {"door": "http", **ME},
        "links": {},
    }
    asked.world.subscriptions.append(made)
    return 201, made, {}


def unsubscribe(asked: Asked, subscription_id: str) -> Answer:
    """DELETE /subscriptions/{subscriptionId}."""
    asked.world.subscriptions = [
        one for one in asked.world.subscriptions if one["id"] != subscription_id
    ]
    return 204, None, {}
