"""List the operations of the trail: hand it out, and take a person out of it."""

from typing import Final

from shared.domain.requests.roles import Role
from shared.intake.operations.model import Operation, Parameter
from shared.intake.operations.restores import SKIP_TOKEN

TRAIL: Final = (
    Operation(
        "GetTrail",
        method="GET",
        path="trail",
        roles=(Role.READ,),
        summary="Get the trail",
        description="Hands out the journals of all restores, one entry in a line, with the hashes"
        " and the closed days that show whether anything was rewritten. The header Link has the"
        " next page.",
        statuses=(200,),
        answer="TrailLine",
        also_csv=True,
        in_lines=True,
        query=(
            Parameter("from", "Only what was written at this instant or later (RFC 3339)."),
            Parameter("to", "Only what was written before this instant (RFC 3339)."),
            Parameter("top", "How many at a time.", type="integer", least=1, most=999, default=999),
            SKIP_TOKEN,
        ),
        visibility="advanced",
        in_flows=False,
    ),
    Operation(
        "ErasePerson",
        method="DELETE",
        path="people/{userId}",
        roles=(Role.ADMIN,),
        summary="Erase a person",
        description="Removes what the service remembers of a person. Ids and codes stay, and the"
        " trail can still be checked.",
        statuses=(204,),
        refuses_query=True,
        conflict="A change for this person was sent to the directory, and the restore has not"
        " ended yet.",
        visibility="advanced",
        in_flows=False,
    ),
)
