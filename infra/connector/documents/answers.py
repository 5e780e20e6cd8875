"""Map each shape that operations name to its document."""

from collections.abc import Mapping
from typing import Final

from infra.connector.documents.batches import (
    Batch,
    RetryList,
)
from infra.connector.documents.losses import (
    Capacity,
    LicenseList,
    LossList,
)
from infra.connector.documents.restores import (
    Answer,
    Health,
    Journal,
    Preflight,
    PreflightList,
    Restore,
    RestoreList,
    TrailLine,
)
from infra.connector.documents.service import Me, ServiceStatus
from infra.connector.documents.standing_orders import (
    Guard,
    GuardList,
    Subscription,
    SubscriptionList,
)
from shared.intake.operations.model import Shape

ANSWERS: Final[Mapping[Shape, type[Answer]]] = {
    "Health": Health,
    "Restore": Restore,
    "RestoreList": RestoreList,
    "RetryList": RetryList,
    "Journal": Journal,
    "TrailLine": TrailLine,
    "Preflight": Preflight,
    "PreflightList": PreflightList,
    "LossList": LossList,
    "Capacity": Capacity,
    "LicenseList": LicenseList,
    "Batch": Batch,
    "Guard": Guard,
    "GuardList": GuardList,
    "Subscription": Subscription,
    "SubscriptionList": SubscriptionList,
    "Me": Me,
    "ServiceStatus": ServiceStatus,
}
