"""Port to the app roles of callers, as the directory has them now."""

from typing import Protocol

from shared.domain.requests.roles import Role


class CallerRoles(Protocol):
    """Who may do what in this service, beside what a token said when it was made."""

    async def roles_of(self, caller_id: str) -> frozenset[Role] | None:
        """The app roles that this caller has now; None: Graph does not let the service see.

        Somebody who is not there any more has none.

        Raises:
            DirectoryError: nothing was learnt.
        """
        ...
