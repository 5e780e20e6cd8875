"""List the operations of the API that the desk uses: route, roles, answer."""

import re
from collections.abc import Callable

from tests.desk.standin import reading, restoring, standing
from tests.desk.standin.asked import Answer
from tests.desk.standin.scenario import ROLES

READ, REQUEST, APPROVE, ADMIN = (ROLES[name] for name in ("read", "request", "approve", "admin"))
_ID = "([^/]+)"
type Operation = Callable[..., Answer]
_TABLE: tuple[tuple[str, str, tuple[str, ...], Operation], ...] = (
    ("GET", "me", (), reading.me),
    ("GET", "losses", (READ,), reading.losses),
    ("GET", "losses/capacity", (READ,), reading.get_capacity),
    ("GET", "licenses", (REQUEST,), reading.get_licenses),
    ("POST", "checks", (REQUEST,), reading.check),
    ("POST", "restores", (REQUEST,), restoring.start),
    ("GET", "restores", (READ, APPROVE), restoring.list_restores),
    ("POST", "restores/retry", (ADMIN,), restoring.retry_many),
    ("GET", f"restores/{_ID}", (READ, REQUEST, APPROVE), restoring.get_restore),
    ("GET", f"restores/{_ID}/journal", (READ, REQUEST, APPROVE), restoring.journal),
    ("POST", f"restores/{_ID}/cancel", (REQUEST, ADMIN), restoring.cancel),
    ("POST", f"restores/{_ID}/retry", (ADMIN,), restoring.retry),
    ("POST", f"restores/{_ID}/undo", (ADMIN,), restoring.undo),
    ("POST", f"restores/{_ID}/(approve|reject)", (APPROVE,), restoring.decide),
    ("POST", "batches", (REQUEST,), restoring.start_batch),
    ("GET", f"batches/{_ID}", (READ, REQUEST, APPROVE), restoring.get_batch),
    ("POST", f"batches/{_ID}/(approve|reject)", (APPROVE,), restoring.decide_batch),
    ("GET", "guards", (ADMIN,), standing.list_guards),
    ("POST", "guards", (ADMIN,), standing.add_guard),
    ("DELETE", f"guards/{_ID}", (ADMIN,), standing.remove_guard),
    ("GET", "subscriptions", (READ, REQUEST), standing.list_subscriptions),
    ("POST", "subscriptions", (READ, REQUEST), standing.subscribe),
    ("DELETE", f"subscriptions/{_ID}", (READ, REQUEST), standing.unsubscribe),
    ("GET", "trail", (READ,), reading.trail),
    ("GET", "status", (ADMIN,), reading.status),
)
ROUTES = [(method, re.compile(path), roles, operation) for method, path, roles, operation in _TABLE]
