"""Serve the directory audit log.

Source: Microsoft "List directoryAudits"; Entra docs "Microsoft Entra data retention".
"""

from datetime import timedelta

from infra.local.graph.odata import query
from infra.local.graph.odata.type_tenant import AUDIT
from infra.local.graph.tenant.clock import instant
from infra.local.graph.web.denials import denied_by_reports
from infra.local.graph.web.wire import Answer, Call, bad_request
from infra.local.graph.world import World

_BOTH = "AuditLog.Read.All"
_TOGETHER = "Directory.Read.All"


def list_audits(world: World, call: Call) -> Answer:
    """GET /auditLogs/directoryAudits, newest first unless sorted otherwise."""
    switches = world.switches
    if switches.audit_forbidden:
        raise denied_by_reports(_BOTH)
    if switches.audit_needs_directory_read and _TOGETHER not in call.roles:
        raise denied_by_reports(_TOGETHER)
    if switches.audit_time_filter_refused and "activitydatetime" in _filter(call):
        raise bad_request("Invalid filter clause.")
    oldest = world.now - timedelta(days=switches.audit_retention_days)
    newest = world.now - timedelta(seconds=switches.audit_delay_seconds)
    rows = [
        row for row in world.tenant.audits if oldest <= instant(row["activityDateTime"]) <= newest
    ]
    rows.sort(key=lambda row: instant(row["activityDateTime"]), reverse=True)
    size = switches.audit_page_size
    source = query.Source(AUDIT, "auditLogs/directoryAudits", rows, page=size)
    return Answer(body=query.run(call, source))


def _filter(call: Call) -> str:
    return call.query.get("filter", "").lower()
