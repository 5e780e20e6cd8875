"""Make each port call once over a wire in memory, and print its cost as JSON."""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable

BEFORE = len(sys.modules)
STARTED = time.perf_counter()

from shared.graph.audit_log import GraphAuditLog  # noqa: E402
from shared.graph.changes import GraphBin  # noqa: E402
from shared.graph.effects import GraphEffects  # noqa: E402
from shared.graph.people import GraphPeople  # noqa: E402
from shared.graph.tenant import GraphTenant  # noqa: E402

IMPORT_SECONDS = time.perf_counter() - STARTED
IMPORTED = len(sys.modules) - BEFORE

from shared.domain.person import AssignedLicense, Person  # noqa: E402
from tests.unit.graph.wire import USER_ID, Wire, ok, page  # noqa: E402

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
USER = {
    "id": USER_ID,
    "userPrincipalName": USER_ID.replace("-", "") + "megan@contoso.com",
    "deletedDateTime": "2026-11-20T12:00:00Z",
    "mail": "megan@contoso.com",
}
ANSWER: dict[str, Any] = {**USER, "value": []}


async def main() -> dict[str, Any]:
    """The figures: modules, requests by call, CPU of the largest page."""
    wire = Wire(ok(ANSWER))
    client = wire.client()
    people, tenant, effects = GraphPeople(client), GraphTenant(client), GraphEffects(client)
    log = GraphAuditLog(client)
    person = Person(id=USER_ID, user_principal_name="megan@contoso.com")
    calls: dict[str, Awaitable[object]] = {
        "active": people.active(USER_ID),
        "deleted": people.deleted(USER_ID),
        "ids": people.ids("megan@contoso.com"),
        "near": people.near("megan@contoso.com"),
        "conflicts": people.conflicts(person, also_upn=None),
        "skus": tenant.skus(),
        "roles_held": tenant.roles_held(USER_ID, is_deleted=True),
        "deleted_between": anext(GraphBin(client).deleted_between(SINCE, SINCE), None),
        "changes_since": log.changes_since(datetime(2026, 11, 1, tzinfo=UTC)),
        "mailbox": tenant.mailbox(USER_ID),
        "restore_user": effects.restore_user(USER_ID, new_upn="n@x", drop_addresses=True),
        "assign_licenses": effects.assign_licenses(USER_ID, (AssignedLicense("s"),)),
    }
    requests = {}
    for name, call in calls.items():
        before = len(wire.sent)
        await call
        requests[name] = len(wire.sent) - before
    cpu = await _largest_page()
    await client.close()
    return {
        "import_seconds": round(IMPORT_SECONDS, 3),
        "modules": IMPORTED,
        "sdk_models": sum(name.startswith("msgraph.generated.models") for name in sys.modules),
        "requests": len(wire.sent),
        "requests_by_call": requests,
        "cpu_seconds_of_999_users": round(cpu, 4),
    }


async def _largest_page() -> float:
    client = Wire(page(*[USER] * 999), page()).client()
    started = time.process_time()
    await GraphPeople(client).ids("megan@contoso.com")
    return time.process_time() - started


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(main())))
