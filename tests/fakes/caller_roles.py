"""Imitate the CallerRoles port in memory."""

from shared.domain.requests.roles import Role
from tests.fakes.breakable import Breakable


class FakeCallerRoles(Breakable):
    """The CallerRoles port; `held` is what each caller has, None where Graph does not show it."""

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, frozenset[Role]] | None = None

    async def roles_of(self, caller_id: str) -> frozenset[Role] | None:
        """The roles; none of somebody who is not there."""
        async with self._call("roles_of"):
            return None if self.held is None else self.held.get(caller_id, frozenset())
