"""Give each operation that takes a body a body that it takes, to be shown where one is wrong."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from shared.domain.text import text
from shared.errors import InvalidRequestError

_USER: Final = {"user": "megan.bowen@contoso.com"}
_RESTORE: Final = {"kind": "mailbox", **_USER}
_ID: Final = "8d3f1c0e-5a54-4b0e-9a3c-2f6f0f8b7a11"
_HASH: Final = {"planHash": "3d4f2bf07dc1be38b20cd6e46949a1071f9d0e3d247f1e3e3c4bf1dd2d8b8d3e"}
_REASON: Final = {"reason": "INC0012345"}

EXAMPLES: Final[Mapping[str, Mapping[str, object]]] = MappingProxyType(
    {
        "StartRestore": _RESTORE,
        "RestoreMailbox": _USER,
        "RestoreUser": _USER,
        "RestoreLicense": _USER,
        "CheckRestore": _RESTORE,
        "RetryRestores": {"restoreIds": [_ID]},
        "UndoRestore": _REASON,
        "ApproveRestore": _HASH,
        "ApproveBatch": _HASH,
        "RejectRestore": _REASON,
        "RejectBatch": _REASON,
        "StartBatch": {"restores": [_RESTORE]},
        "AddGuard": {**_RESTORE, "act": "at-once"},
        "Subscribe": {
            "notificationUrl": "https://prod-01.westeurope.logic.azure.com/workflows/1",
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
    shown = json.dumps(example)
    told = text("invalid-request", "shape", faults=error.listed, example=shown)
    return InvalidRequestError(error.faults, told)
