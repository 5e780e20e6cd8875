"""List every operation of the HTTP API, once.

The triggers ask it who may call, the API descriptions are generated from it, and a test holds it
against what the Functions host lists.

Why one table: a role, a route or a description that is written down twice is right once.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from shared.intake.operations.approvals import APPROVALS
from shared.intake.operations.lists import LISTS
from shared.intake.operations.model import Operation
from shared.intake.operations.orders import ORDERS
from shared.intake.operations.restores import RESTORES
from shared.intake.operations.trail import TRAIL

OPERATIONS: Final[Mapping[str, Operation]] = MappingProxyType(
    {operation.id: operation for operation in (*RESTORES, *APPROVALS, *LISTS, *ORDERS, *TRAIL)}
)
"""By id, which is the name of the function."""
