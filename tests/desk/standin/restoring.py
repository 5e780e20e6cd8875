"""Run the double's operations on restores and batches."""

import json

from tests.desk.standin.asked import Answer, Asked, Refusal, csv, page
from tests.desk.standin.people import Json, instant
from tests.desk.standin.restores import ME, OTHER, Restore, an_id
from tests.desk.standin.scenario import ROLES
from tests.desk.standin.world import Batch

READ = ROLES["read"]


def start(asked: Asked) -> Answer:
    """POST /restores."""
    return _restore(asked, asked.world.start(asked.body, asked.key))


def get_restore(asked: Asked, restore_id: str) -> Answer:
    """GET /restores/{restoreId}."""
    restore = _found(asked, restore_id)
    if READ not in asked.world.scenario.roles and restore.by != ME:
        raise Refusal(
            404,
            "restore-not-found",
            "There is no such restore.",
            fix="Look whether the address is whole.",
        )
    restore.advance()
    return _restore(asked, restore, finished=200)


def list_restores(asked: Asked) -> Answer:
    """GET /restores."""
    query = asked.query
    found = asked.world.restores
    if status := query.get("status"):
        found = [one for one in found if one.status == status]
    if user := query.get("user"):
        found = [one for one in found if user.lower() in json.dumps(one.user).lower()]
    if batch := query.get("batch"):
        found = [one for one in found if one.batch_id == batch]
    if by := query.get("requestedBy"):
        found = [one for one in found if one.by["id"] == by]
    since, until = query.get("from", ""), query.get("to", "9999")
    found = [one for one in found if since <= instant(one.created_at) < until]
    rows = [one.document(asked.base, danish=asked.is_danish) for one in found]
    if asked.wants_csv:
        return csv(
            [[row["id"], row["createdAt"], row["kind"], row["status"]] for row in rows],
            "id,createdAt,kind,status",
        )
    return page(asked, "restores", rows, 50, 200)


def journal(asked: Asked, restore_id: str) -> Answer:
    """GET /restores/{restoreId}/journal: one's own, or any with the role to read."""
    restore = _found(asked, restore_id)
    if READ not in asked.world.scenario.roles and restore.by != ME:
        raise Refusal(403, "role-missing", "That needs Restore.Read.")
    entries = restore.journal()
    if asked.wants_csv:
        return csv([[one["at"], one["what"], one["step"] or ""] for one in entries], "at,what,step")
    return 200, {"value": entries}, {}


def cancel(asked: Asked, restore_id: str) -> Answer:
    """POST /restores/{restoreId}/cancel."""
    restore = _found(asked, restore_id)
    restore.status, restore.outcome, restore.waiting = "cancelled", "cancelled", None
    return _restore(asked, restore, finished=200)


def retry(asked: Asked, restore_id: str) -> Answer:
    """POST /restores/{restoreId}/retry."""
    return _restore(asked, _again(_found(asked, restore_id)))


def retry_many(asked: Asked) -> Answer:
    """POST /restores/retry."""
    lines = []
    for restore_id in asked.body["restoreIds"]:
        restore = _again(_found(asked, restore_id))
        lines.append(
            {
                "restoreId": restore.id,
                "status": restore.status,
                "code": None,
                "message": None,
                "fix": None,
            }
        )
    return 200, {"value": lines}, {}


def undo(asked: Asked, restore_id: str) -> Answer:
    """POST /restores/{restoreId}/undo."""
    restore = _found(asked, restore_id)
    if restore.outcome == "license-restored":
        raise Refusal(
            409,
            "not-undoable",
            "Undoing is switched off here (UNDO).",
            fix="Remove the licence by hand.",
        )
    made = Restore(
        an_id(9500),
        restore.user,
        "queued",
        asked.world.now,
        ME,
        kind="undo",
        window=None,
        plan=("remove-license",),
        reason=asked.body["reason"],
        undoes=restore.id,
        is_live=True,
    )
    restore.undone_by = made.id
    asked.world.restores.insert(0, made)
    return _restore(asked, made)


def decide(asked: Asked, restore_id: str, name: str) -> Answer:
    """POST /restores/{restoreId}/approve and /reject."""
    restore = _found(asked, restore_id)
    if restore.by == ME:
        raise Refusal(403, "own-request", "You asked for it yourself.")
    if restore.waiting != "approval":
        raise Refusal(
            409,
            "not-waiting-for-approval",
            "It does not wait for an approval.",
            fix="Look how it stands.",
        )
    if restore.approval is None or asked.body.get("planHash") != restore.approval["planHash"]:
        raise Refusal(
            409, "plan-changed", "The plan is another by now.", fix="Look at it again, then decide."
        )
    _decided(asked, restore, name)
    return _restore(asked, restore, finished=200)


def decide_batch(asked: Asked, batch_id: str, name: str) -> Answer:
    """POST /batches/{batchId}/approve and /reject."""
    batch = asked.world.batches[batch_id]
    for item in batch.items:
        if isinstance(item, Restore) and item.waiting == "approval":
            _decided(asked, item, name)
    return 200, _batch(asked, batch), {}


def start_batch(asked: Asked) -> Answer:
    """POST /batches."""
    batch = asked.world.start_batch(asked.body)
    return (
        202,
        _batch(asked, batch),
        {"Retry-After": "1", "Location": f"{asked.base}/batches/{batch.id}"},
    )


def get_batch(asked: Asked, batch_id: str) -> Answer:
    """GET /batches/{batchId}."""
    batch = asked.world.batches.get(batch_id)
    if batch is None:
        raise Refusal(404, "batch-not-found", "There is no such batch.")
    for item in batch.items:
        if isinstance(item, Restore):
            item.advance()
    if asked.wants_csv:
        rows = [
            [str(at), item.status]
            for at, item in enumerate(batch.items)
            if isinstance(item, Restore)
        ]
        return csv(rows, "index,status")
    is_over = all(item.is_over for item in batch.items if isinstance(item, Restore))
    return (
        (200 if is_over else 202),
        _batch(asked, batch),
        ({} if is_over else {"Retry-After": "1"}),
    )


def _found(asked: Asked, restore_id: str) -> Restore:
    restore = asked.world.restore(restore_id)
    if restore is None:
        raise Refusal(
            404,
            "restore-not-found",
            "There is no such restore; finished ones are kept for 90 days.",
            title="There is no such restore",
            fix="Look for the person in the history.",
        )
    return restore


def _restore(asked: Asked, restore: Restore, finished: int = 202) -> Answer:
    body = restore.document(asked.base, danish=asked.is_danish)
    if restore.is_over:
        return finished, body, {}
    return 202, body, {"Retry-After": "1", "Location": body["links"]["self"]}


def _again(restore: Restore) -> Restore:
    restore.status, restore.outcome, restore.is_live = "queued", None, True
    restore.attempts += 1
    return restore


def _decided(asked: Asked, restore: Restore, name: str) -> None:
    words = {"approve": "approved", "reject": "rejected"}
    restore.approval = {
        **(restore.approval or {}),
        "decision": words[name],
        "decidedBy": ME,
        "at": instant(asked.world.now),
        "reason": asked.body.get("reason"),
    }
    restore.waiting = None
    if name == "approve":
        restore.status, restore.is_live = "running", True
    else:
        restore.status, restore.outcome = "refused", "not-approved"


def _batch(asked: Asked, batch: Batch) -> Json:
    items = [_item(asked, at, item) for at, item in enumerate(batch.items)]
    counts: dict[str, int] = {}
    for item in items:
        counts[item["status"]] = counts.get(item["status"], 0) + 1
    waits = sum(
        item["waiting"] is not None and item["waiting"]["for"] == "approval" for item in items
    )
    return {
        "id": batch.id,
        "createdAt": instant(batch.created_at),
        "requestedBy": {"door": "batch", **OTHER},
        "counts": counts,
        "approval": {"count": waits, "planHash": "c0ffee"} if waits else None,
        "items": items,
        "links": {"self": f"{asked.base}/batches/{batch.id}"},
    }


def _item(asked: Asked, at: int, restore: Restore | Json) -> Json:
    if not isinstance(restore, Restore):
        return restore
    body = restore.document(asked.base, danish=asked.is_danish)
    outcome = body["outcome"] or {"code": None, "message": None, "fix": None}
    return {
        "index": at,
        "user": body["user"],
        "status": body["status"],
        **outcome,
        "waiting": body["waiting"],
        "warnings": body["warnings"],
        "restoreId": restore.id,
        "link": body["links"]["self"],
        "repeats": None,
        "errors": [],
    }
