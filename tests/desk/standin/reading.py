"""Answer the double's reads of the tenant and of the service itself."""

import json

from tests.desk.standin.asked import Answer, Asked, Refusal, csv, page
from tests.desk.standin.restores import ME
from tests.desk.standin.world import capacity, licenses, preflight


def me(asked: Asked) -> Answer:
    """GET /me."""
    scenario = asked.world.scenario
    who = {"id": None, "name": None} if scenario.by_keys else ME
    return (
        200,
        {**who, "roles": list(scenario.roles), "authMode": "keys" if scenario.by_keys else "entra"},
        {},
    )


def losses(asked: Asked) -> Answer:
    """GET /losses."""
    rows = [loss.row for loss in asked.world.losses]
    wanted = asked.query.get("search", "").lower()
    if wanted:
        names = ("displayName", "userPrincipalName", "id")
        rows = [row for row in rows if any(wanted in str(row[name]).lower() for name in names)]
    return page(asked, "losses", rows, 100, 999)


def get_capacity(asked: Asked) -> Answer:
    """GET /losses/capacity."""
    return 200, {"value": capacity(asked.world)}, {}


def get_licenses(_asked: Asked) -> Answer:
    """GET /licenses."""
    return 200, {"value": licenses()}, {}


def check(asked: Asked) -> Answer:
    """POST /checks: one, or a list of them."""
    if "restores" not in asked.body:
        return 200, preflight(asked.world, asked.body, danish=asked.is_danish), {}
    wrong = [
        at
        for at, one in enumerate(asked.body["restores"])
        if " " in one["user"] and "@" in one["user"]
    ]
    if wrong:
        errors = [{"pointer": f"/restores/{at}/user", "message": "holds a space"} for at in wrong]
        raise Refusal(400, "invalid-request", "The request cannot be understood.", errors=errors)
    found = [preflight(asked.world, one, danish=asked.is_danish) for one in asked.body["restores"]]
    return 200, {"value": found}, {}


def trail(asked: Asked) -> Answer:
    """GET /trail."""
    entries = [entry for one in asked.world.restores[:20] for entry in one.journal()]
    if asked.wants_csv:
        return csv([[one["at"], one["what"]] for one in entries], "at,what")
    lines = "".join(f"{json.dumps(one)}\n" for one in entries)
    return 200, lines, {"Content-Type": "application/x-ndjson"}


def status(_asked: Asked) -> Answer:
    """GET /status."""
    checks = [
        ("storage", "ok", "", ""),
        ("token", "ok", "", ""),
        ("graph", "ok", "", ""),
        (
            "permissions",
            "degraded",
            "AuditLog.Read.All is missing: windows rest on what the service has seen.",
            "Run infra/graph/grant.sh as a Privileged Role Administrator.",
        ),
        ("sweep", "ok", "The last round was 41 seconds ago.", ""),
        ("observe", "ok", "The last round was 24 minutes ago.", ""),
        ("queues", "ok", "0 messages wait, 0 are poison.", ""),
    ]
    body = [dict(zip(("name", "status", "message", "fix"), one, strict=True)) for one in checks]
    return (
        200,
        {"status": "degraded", "version": "1.0.0", "commit": "8542147c0ffee", "checks": body},
        {},
    )
