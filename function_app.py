"""The function app: every trigger of functions/, and nothing else. No logic, no I/O at import."""

import azure.functions as func

from functions.hosting import http_auth_level
from functions.http_batches import bp as http_batches
from functions.http_changes import bp as http_changes
from functions.http_checks import bp as http_checks
from functions.http_guards import bp as http_guards
from functions.http_health import bp as http_health
from functions.http_kinds import bp as http_kinds
from functions.http_lists import bp as http_lists
from functions.http_restores import bp as http_restores
from functions.http_subscriptions import bp as http_subscriptions
from functions.http_tenant import bp as http_tenant
from functions.queue_poison import bp as queue_poison
from functions.queue_requests import bp as queue_requests
from functions.queue_work import bp as queue_work
from functions.timer_cleanup import bp as timer_cleanup
from functions.timer_observe import bp as timer_observe
from functions.timer_sweep import bp as timer_sweep

app = func.FunctionApp(http_auth_level=http_auth_level())
for blueprint in (
    http_batches,
    http_changes,
    http_checks,
    http_guards,
    http_health,
    http_kinds,
    http_lists,
    http_restores,
    http_tenant,
    http_subscriptions,
    queue_poison,
    queue_requests,
    queue_work,
    timer_cleanup,
    timer_observe,
    timer_sweep,
):
    app.register_functions(blueprint)
