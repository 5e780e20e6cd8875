"""Register every trigger of functions/ with the function app: no logic, no I/O at import."""

import azure.functions as func

from functions.hosting import http_auth_level
from functions.http.approvals import bp as http_approvals
from functions.http.batches import bp as http_batches
from functions.http.cancel_and_retry import bp as http_changes
from functions.http.checks import bp as http_checks
from functions.http.desk import bp as http_desk
from functions.http.guards import bp as http_guards
from functions.http.health import bp as http_health
from functions.http.journals import bp as http_journals
from functions.http.licenses import bp as http_tenant
from functions.http.losses import bp as http_losses
from functions.http.me_and_status import bp as http_service
from functions.http.restore_by_kind import bp as http_kinds
from functions.http.restore_list import bp as http_lists
from functions.http.restores import bp as http_restores
from functions.http.subscriptions import bp as http_subscriptions
from functions.http.trail import bp as http_trail
from functions.http.unknown import bp as http_unknown
from functions.queues.poison import bp as queue_poison
from functions.queues.requests import bp as queue_requests
from functions.queues.work import bp as queue_work
from functions.timers.cleanup import bp as timer_cleanup
from functions.timers.observe import bp as timer_observe
from functions.timers.report import bp as timer_report
from functions.timers.sweep import bp as timer_sweep

app = func.FunctionApp(http_auth_level=http_auth_level())
for blueprint in (
    http_approvals,
    http_batches,
    http_changes,
    http_checks,
    http_desk,
    http_guards,
    http_health,
    http_journals,
    http_kinds,
    http_lists,
    http_losses,
    http_restores,
    http_service,
    http_tenant,
    http_subscriptions,
    http_trail,
    http_unknown,
    queue_poison,
    queue_requests,
    queue_work,
    timer_cleanup,
    timer_observe,
    timer_report,
    timer_sweep,
):
    app.register_functions(blueprint)
