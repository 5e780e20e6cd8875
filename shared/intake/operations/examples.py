"""Give each operation that takes a body a body that it takes, to be shown where one is wrong."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from shared.domain.text import text
from shared.errors import InvalidRequestError
from shared.intake.wire.field_examples import FIELD_EXAMPLES

_USER: Final = {"user": FIELD_EXAMPLES["user"]}
_RESTORE: Final = {"kind": "mailbox", **_USER}
_HASH: Final = {"planHash": FIELD_EXAMPLES["planHash"]}
_REASON: Final = {"reason": FIELD_EXAMPLES["reason"]}
_MANY: Final = {"restores": [_RESTORE]}

EXAMPLES: Final[Mapping[str, Mapping[str, object]]] = MappingProxyType(
    {
        "StartRestore": _RESTORE,
        "RestoreMailbox": _USER,
        "RestoreUser": _USER,
        "RestoreLicense": _USER,
        "CheckRestore": _RESTORE,
        "RetryRestores": {"restoreIds": FIELD_EXAMPLES["restoreIds"]},
        "UndoRestore": _REASON,
        "ApproveRestore": _HASH,
        "ApproveBatch": _HASH,
        "RejectRestore": _REASON,
        "RejectBatch": _REASON,
        "StartBatch": _MANY,
        "AddGuard": {**_RESTORE, "act": "at-once"},
        "Subscribe": {
            "notificationUrl": FIELD_EXAMPLES["notificationUrl"],
            "event": "restore.finished.v1",
        },
    }
)
"""By the id of the operation."""


def with_example(error: InvalidRequestError, operation: str) -> InvalidRequestError:
    """The same faults, with a body that the operation takes where theirs is not the right shape."""
    example = EXAMPLES.get(operation)
    if example is None or not error.is_of_shape:
        return error
    if any(fault.pointer.startswith("/restores") for fault in error.faults):
        # Of a list of checks, which are as good as one.
        example = _MANY
    shown = json.dumps(example)
    told = text("invalid-request", "shape", faults=error.listed, example=shown)
    return InvalidRequestError(error.faults, told)
