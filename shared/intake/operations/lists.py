"""List the operations that read the tenant and the service itself."""

from typing import Final

from shared.domain.lists.losses import LossCase
from shared.domain.requests.roles import Role
from shared.intake.operations.model import Operation, Parameter
from shared.intake.operations.restores import SKIP_TOKEN

LISTS: Final = (
    Operation(
        "GetHealth",
        method="GET",
        path="health",
        roles=(),
        summary="Get the health of the service",
        description="Answers that the service lives, and which version it is. Asks nobody else.",
        statuses=(200,),
        answer="Health",
        visibility="internal",
        is_anonymous=True,
    ),
    Operation(
        "GetMe",
        method="GET",
        path="me",
        roles=(),
        summary="Get the caller",
        description="Tells a caller its id, its name and its roles; any caller may ask.",
        statuses=(200,),
        answer="Me",
        visibility="internal",
    ),
    Operation(
        "GetStatus",
        method="GET",
        path="status",
        roles=(Role.ADMIN,),
        summary="Get the status of the service",
        description="Tells whether the deployment can do its work, and what is to be done.",
        statuses=(200,),
        answer="ServiceStatus",
        visibility="advanced",
        in_flows=False,
    ),
    Operation(
        "ListLosses",
        method="GET",
        path="losses",
        roles=(Role.READ,),
        summary="List lost mailboxes",
        description="Lists everybody who lost a mailbox and may still be saved, deleted or only"
        " without a licence, soonest end of the window first.",
        statuses=(200,),
        answer="LossList",
        also_csv=True,
        query=(
            Parameter("search", "Only people with this in a name or in an address."),
            Parameter(
                "case", "Only people who lost it in this way.", values=tuple(map(str, LossCase))
            ),
            Parameter(
                "closingWithinDays",
                "Only people whose window ends within this many days.",
                type="number",
                least=0,
                most=9999,
            ),
            Parameter("top", "How many at a time.", type="integer", least=1, most=999, default=100),
            SKIP_TOKEN,
        ),
    ),
    Operation(
        "GetCapacity",
        method="GET",
        path="losses/capacity",
        roles=(Role.READ,),
        summary="Get the seats that are needed",
        description="Counts, for each licence, the seats that bringing back everybody who lost a"
        " mailbox needs, and how many of them are missing.",
        statuses=(200,),
        answer="Capacity",
        refuses_query=True,
        visibility="advanced",
    ),
    Operation(
        "ListLicenses",
        method="GET",
        path="licenses",
        roles=(Role.REQUEST,),
        summary="List licences with a mailbox",
        description="Lists the licences of the tenant that carry a mailbox, with their free seats.",
        statuses=(200,),
        answer="LicenseList",
        refuses_query=True,
        visibility="advanced",
    ),
)
