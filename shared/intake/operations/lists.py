"""The operations that look at the tenant and at the service itself."""

from typing import Final

from shared.intake.caller import Role
from shared.intake.operations.model import Operation, Parameter
from shared.intake.operations.restores import SKIP_TOKEN

LISTS: Final = (
    Operation(
        "GetHealth",
        "GET",
        "health",
        (),
        "asking for the health",
        "Get the health of the service",
        "Answers that the service lives, and which version it is. Asks nobody else.",
        (200,),
        "Health",
        visibility="internal",
    ),
    Operation(
        "ListDeletedUsers",
        "GET",
        "deleted-users",
        (Role.READ,),
        "listing deleted users",
        "List deleted users",
        "Lists the deleted users that can still come back, soonest end of their window first.",
        (200,),
        "DeletedUserList",
        query=(
            Parameter("search", "Only users with this in a name or in the address."),
            Parameter(
                "closingWithinDays",
                "Only users whose window ends within this many days.",
                type="number",
                least=0,
                most=9999,
            ),
            Parameter("top", "How many at a time.", type="integer", least=1, most=999, default=100),
            SKIP_TOKEN,
        ),
    ),
    Operation(
        "ListLicenses",
        "GET",
        "licenses",
        (Role.READ, Role.REQUEST),
        "listing licences",
        "List licences with a mailbox",
        "Lists the licences of the tenant that carry a mailbox, with their free seats.",
        (200,),
        "LicenseList",
        visibility="advanced",
    ),
)
