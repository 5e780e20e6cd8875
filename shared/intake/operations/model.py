"""Define an operation of the HTTP API: route, roles, parameters, request and answers."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from shared.domain.requests.roles import Role
from shared.errors import RoleMissingError
from shared.intake.caller import Caller

type Method = Literal["GET", "POST", "DELETE"]

# How prominent an operation is for flow makers: "internal" is called by machines only.
type Visibility = Literal["important", "advanced", "internal"]

type Shape = Literal[
    "Health",
    "Restore",
    "RestoreList",
    "RetryList",
    "Journal",
    "TrailLine",
    "Preflight",
    "PreflightList",
    "LossList",
    "Capacity",
    "LicenseList",
    "Batch",
    "Guard",
    "GuardList",
    "Subscription",
    "SubscriptionList",
    "Me",
    "ServiceStatus",
]
"""The name of the document an operation answers with."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter; `values` closes the set of texts it takes."""

    name: str
    description: str
    type: Literal["string", "integer", "number"] = "string"
    values: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    default: int | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; `id` is the function's name, `path` its route without the prefix.

    Attributes:
        roles: any one of them lets a caller in, and the first is named to whoever has none;
            without roles the operation is open to every caller.
        is_anonymous: whether it is open to those as well who do not say who they are.
        statuses: of the answers that are no problem documents, the usual one first.
        answer: what these answers hold; None for no body.
        conflict: what a 409 says; None where there is none.
        many: the body and the answer of the same for a list, where the operation takes one, too.
        refuses_query: whether a parameter is refused although none is taken.
        also_csv: whether a caller may have the answer as CSV (Accept: text/csv).
        in_lines: whether the answer is not one document but one in each line.
        takes_csv: whether the body may be CSV (Content-Type: text/csv).
        in_flows: whether flow makers find it in the connector under this id.

    """

    id: str
    method: Method
    path: str
    roles: tuple[Role, ...]
    summary: str
    description: str
    statuses: tuple[int, ...] = (200,)
    answer: Shape | None = None
    body: type[BaseModel] | None = None
    query: tuple[Parameter, ...] = ()
    many: tuple[type[BaseModel], Shape] | None = None
    refuses_query: bool = False
    conflict: str | None = None
    visibility: Visibility = "important"
    in_flows: bool = True
    also_csv: bool = False
    in_lines: bool = False
    takes_csv: bool = False
    is_anonymous: bool = False

    def demand(self, caller: Caller) -> None:
        """Let a caller in who has one of the roles.

        Raises: RoleMissingError naming the first of them.
        """
        if self.roles and not caller.roles.intersection(self.roles):
            raise RoleMissingError(self.roles[0])
