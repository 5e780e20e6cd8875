"""Give each field of a request a value that it takes, to be shown where another kind of one is."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_GUID: Final = "6fd2c87f-b296-42f0-b197-1e91e994b900"
_RESTORE: Final = MappingProxyType({"kind": "mailbox", "user": "megan.bowen@contoso.com"})

FIELD_EXAMPLES: Final[Mapping[str, object]] = MappingProxyType(
    {
        "user": _RESTORE["user"],
        "idempotencyKey": "INC0012345",
        "license": {"skuPartNumbers": ["SPE_E3"]},
        "skuIds": [_GUID],
        "skuPartNumbers": ["SPE_E3", "Microsoft 365 E3"],
        "disabledPlans": [_GUID],
        "newUserPrincipalName": "megan.bowen2@contoso.com",
        "reason": "Left by mistake",
        "ticket": "INC0012345",
        "callbackUrl": "https://prod-01.westeurope.logic.azure.com/workflows/1",
        "notificationUrl": "https://prod-01.westeurope.logic.azure.com/workflows/1",
        "statuses": ["failed", "refused"],
        "kinds": ["mailbox", "license"],
        "planHash": "3d4f2bf07dc1be38b20cd6e46949a1071f9d0e3d247f1e3e3c4bf1dd2d8b8d3e",
        "restoreIds": ["8d3f1c0e-5a54-4b0e-9a3c-2f6f0f8b7a11"],
        "restores": [dict(_RESTORE)],
        "requestedBy": "HR",
        "specversion": "1.0",
        "id": "8d3f1c0e-5a54-4b0e-9a3c-2f6f0f8b7a11",
        "source": "/hr/leavers",
        "type": "com.contoso.restore",
        "datacontenttype": "application/json",
        "data_base64": "eyJraW5kIjogIm1haWxib3giLCAidXNlciI6ICJtZWdhbi5ib3dlbkBjb250b3NvLmNvbSJ9",
    }
)
"""By the name on the wire."""

A_RESTORE: Final = json.dumps(dict(_RESTORE))
"""A restore request as JSON."""


def example_at(location: tuple[str | int, ...]) -> str | None:
    """The example of the field at this place as JSON; of an entry of a list, the list's first."""
    names = [step for step in location if isinstance(step, str)]
    example = FIELD_EXAMPLES.get(names[-1]) if names else None
    if location and isinstance(location[-1], int) and isinstance(example, list):
        example = example[0]
    return None if example is None else json.dumps(example)
