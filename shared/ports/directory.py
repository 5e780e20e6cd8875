"""Ports to the directory: reading people and their surroundings, and the changes.

Every method may raise a DirectoryError; shared/errors says of each whether an effect may have
happened.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.admin_roles import AdminRoles
from shared.domain.licensing.groups import Group
from shared.domain.licensing.skus import Sku
from shared.domain.marks.do_not_restore import MarkLook, MarkRule
from shared.domain.person import AssignedLicense, ConflictLook, Person
from shared.domain.undos.sign_ins import SignInLook


@dataclass(frozen=True, slots=True)
class SearchHits:
    """Object ids that answer to a name; by id, there is one and it may be in either place."""

    active: tuple[str, ...]
    deleted: tuple[str, ...]

    @property
    def only_id(self) -> str | None:
        """The one id, if there is just one."""
        ids = {*self.active, *self.deleted}
        return next(iter(ids)) if len(ids) == 1 else None


@dataclass(frozen=True, slots=True)
class NearName:
    """Somebody who is nearly called so; `deleted_at` is None while active."""

    id: str
    user_principal_name: str
    display_name: str | None = None
    deleted_at: datetime | None = None


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

    async def ids(self, name: str) -> SearchHits:
        """Active users by UPN, else by mail or any address; deleted ones by any of them."""
        ...

    async def near(self, name: str) -> tuple[NearName, ...]:
        """Users whose names are nearly this one, the most alike first, at most five."""
        ...

    async def conflicts(self, person: Person, *, also_upn: str | None) -> ConflictLook:
        """Who holds the UPN, the addresses, the anchor or `also_upn` now."""
        ...

    async def last_sign_in(self, user_id: str) -> SignInLook:
        """When this active user last signed in."""
        ...

    async def mark(self, person: Person, rule: MarkRule) -> MarkLook:
        """Whether the person, active or deleted, carries the mark of this rule."""
        ...


class Tenant(Protocol):
    """Reading what surrounds a user."""

    async def skus(self) -> tuple[Sku, ...]:
        """The tenant's subscriptions."""
        ...

    async def roles_held(self, user_id: str, *, is_deleted: bool) -> AdminRoles:
        """The admin roles of a user, active and eligible, direct and by groups."""
        ...

    async def group(self, group_id: str, user_id: str | None) -> Group:
        """The group as far as Graph shows it, and how this active user is in it."""
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
    """The only calls that change the tenant. Sent once each: no retry anywhere below."""

    async def restore_user(
        self, user_id: str, *, new_upn: str | None, drop_addresses: bool
    ) -> Done:
        """Restore a soft-deleted user."""
        ...

    async def assign_licenses(self, user_id: str, licenses: tuple[AssignedLicense, ...]) -> Done:
        """Assign these licences to an active user, each with exactly these plans disabled."""
        ...

    async def remove_licenses(
        self, user_id: str, sku_ids: tuple[str, ...], before: tuple[AssignedLicense, ...]
    ) -> Done:
        """Take these licences off an active user; those in `before` are set back to that."""
        ...

    async def delete_user(self, user_id: str) -> Done:
        """Delete an active user, to the deleted items."""
        ...
