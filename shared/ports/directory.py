"""The directory: reading people and what surrounds them, and the two calls that change the tenant.

Every method may raise a DirectoryError; shared/errors.py says of each whether an effect may have
happened.
"""

from dataclasses import dataclass
from typing import Protocol

from shared.domain.licensing.choice import Sku
from shared.domain.licensing.groups import Group
from shared.domain.person import AssignedLicense, Conflict, Person


class MailboxAnswer(Protocol):
    """Whether a mailbox answers, and of what kind (`userPurpose`)."""

    @property
    def is_there(self) -> bool:
        """The mailbox answered."""
        ...

    @property
    def purpose(self) -> str | None:
        """`user`, `shared`, `room`, `equipment`, ... when it answered."""
        ...


class People(Protocol):
    """Reading users; every hit of a search is to be read again by id before it is acted on."""

    async def active(self, user_id: str) -> Person | None:
        """The active user of this object id."""
        ...

    async def deleted(self, user_id: str) -> Person | None:
        """The soft-deleted user of this object id."""
        ...

    async def active_ids(self, name: str) -> tuple[str, ...]:
        """Object ids of active users by UPN, else by mail address."""
        ...

    async def deleted_ids(self, name: str) -> tuple[str, ...]:
        """Object ids of soft-deleted users whose original UPN, or any address, is this name."""
        ...

    async def conflicts(
        self, person: Person, *, also_upn: str | None
    ) -> tuple[Conflict, ...] | None:
        """Who holds the UPN, the addresses or `also_upn` now; None: Graph will not say."""
        ...


class Tenant(Protocol):
    """Reading what surrounds a user."""

    async def skus(self) -> tuple[Sku, ...]:
        """The tenant's subscriptions."""
        ...

    async def roles_held(self, user_id: str) -> tuple[str, ...] | None:
        """The directory roles a user holds; None where Graph will not say."""
        ...

    async def group(self, group_id: str) -> Group:
        """The group's name, and whether it is deleted; as much of it as Graph shows."""
        ...

    async def verified_domains(self) -> frozenset[str] | None:
        """The tenant's verified domains, in lower case; None where Graph will not say."""
        ...

    async def mailbox(self, user_id: str) -> MailboxAnswer:
        """Whether the mailbox answers.

        Raises:
            AnsweredError: status 403, without the permission to look.
        """
        ...


@dataclass(frozen=True, slots=True)
class Done:
    """An effect took place; Graph's request id, if it gave one."""

    request_id: str | None


class Effects(Protocol):
    """The only two calls that change the tenant. Sent once each: no retry anywhere below."""

    async def restore_user(
        self, user_id: str, *, new_upn: str | None, drop_addresses: bool
    ) -> Done:
        """Restore a soft-deleted user."""
        ...

    async def assign_licenses(self, user_id: str, licenses: tuple[AssignedLicense, ...]) -> Done:
        """Assign these licences to an active user, each with exactly these plans disabled."""
        ...
