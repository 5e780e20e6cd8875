"""The directory audit log.

Source: Microsoft "List directoryAudits"; Entra docs "Microsoft Entra data retention".
"""

from datetime import timedelta

from infra.local.graph.odata import query
from infra.local.graph.odata.schema import AUDIT
from infra.local.graph.tenant.clock import instant
from infra.local.graph.web.wire import Answer, Call, denied
from infra.local.graph.world import World

_PAGE = 1000


def list_audits(world: World, call: Call) -> Answer:
    """GET /auditLogs/directoryAudits, newest first unless sorted otherwise."""
    needs = world.switches.audit_needs_directory_read
    if world.switches.audit_forbidden or (needs and "Directory.Read.All" not in call.roles):
        raise denied()
    oldest = world.now - timedelta(days=world.switches.audit_retention_days)
    newest = world.now - timedelta(seconds=world.switches.audit_delay_seconds)
    rows = [
        row for row in world.tenant.audits if oldest <= instant(row["activityDateTime"]) <= newest
    ]
    rows.sort(key=lambda row: instant(row["activityDateTime"]), reverse=True)
    source = query.Source(AUDIT, "auditLogs/directoryAudits", rows, page=_PAGE)
    return Answer(body=query.run(call, source))
