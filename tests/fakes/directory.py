"""Imitate the Graph ports in memory; FakeDirectory passes the same suite as the adapters."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shared.domain.admin_roles import AdminRoles
from shared.domain.evidence.audit_records import LogRefusal
from shared.domain.licensing.groups import Group
from shared.domain.licensing.skus import Sku
from shared.domain.marks.do_not_restore import MarkLook, MarkRule
from shared.domain.person import AssignedLicense, ConflictLook, Person
from shared.domain.undos.sign_ins import SignInLook
from shared.ports.audit_log import AuditLogPage
from shared.ports.clock import Clock
from shared.ports.directory import Done, NearName, SearchHits
from tests.fakes.tenant import FakeMailbox, FakeTenant


@dataclass(frozen=True, slots=True)
class _Fault:
    error: BaseException
    after_effect: bool


class FakeDirectory(FakeTenant):
    """People, Tenant, AuditLog and Effects over a tenant in memory; every call is in `calls`."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.calls: list[str] = []
        self.sign_ins: dict[str, SignInLook] = {}
        self._faults: dict[str, deque[_Fault]] = defaultdict(deque)

    def fail_next(self, method: str, error: BaseException, *, after_effect: bool = False) -> None:
        """Have the next call of a port method raise, before or after it did its work."""
        self._faults[method].append(_Fault(error, after_effect))

    def clear_faults(self) -> None:
        """Let everything work again."""
        self._faults.clear()

    # People

    async def active(self, user_id: str) -> Person | None:
        """The active user of this object id."""
        return self.call("active", user_id, lambda: self.seen(user_id, deleted=False))

    async def deleted(self, user_id: str) -> Person | None:
        """The soft-deleted user of this object id."""
        return self.call("deleted", user_id, lambda: self.seen(user_id, deleted=True))

    async def ids(self, name: str) -> SearchHits:
        """Active users by UPN, else by mail or any address; deleted ones by any of them."""
        return self.call("ids", name, lambda: self.hits(name.lower()))

    async def near(self, name: str) -> tuple[NearName, ...]:
        """Users whose names are nearly this one."""
        return self.call("near", name, lambda: self.near_to(name))

    async def conflicts(self, person: Person, *, also_upn: str | None) -> ConflictLook:
        """Who holds the user's UPN, its addresses, its anchor or `also_upn` now."""
        return self.call("conflicts", person.id, lambda: self.clashes(person, also_upn))

    async def last_sign_in(self, user_id: str) -> SignInLook:
        """When this active user last signed in."""
        return self.call("last_sign_in", user_id, lambda: self.sign_ins.get(user_id, SignInLook()))

    async def mark(self, person: Person, rule: MarkRule) -> MarkLook:
        """Whether the person carries the mark of this rule."""
        return self.call("mark", person.id, lambda: self.mark_of(person, rule))

    # Tenant

    async def skus(self) -> tuple[Sku, ...]:
        """The tenant's subscriptions."""
        return self.call("skus", "", lambda: tuple(self._skus.values()))

    async def roles_held(self, user_id: str, *, is_deleted: bool) -> AdminRoles:
        """The admin roles of a user."""
        return self.call(
            "roles_held", user_id, lambda: self.roles_of(user_id.lower(), is_deleted=is_deleted)
        )

    async def group(self, group_id: str, user_id: str | None) -> Group:
        """The group, and how the user is in it."""
        return self.call("group", group_id, lambda: self.group_of(group_id.lower(), user_id))

    async def verified_domains(self) -> frozenset[str] | None:
        """The tenant's verified domains; None where Graph will not say."""
        return self.call("verified_domains", "", lambda: self.domains)

    async def mailbox(self, user_id: str) -> FakeMailbox:
        """Whether the mailbox answers."""
        return self.call("mailbox", user_id, lambda: self.mailbox_of(user_id.lower()))

    # AuditLog

    async def changes_since(
        self, since: datetime, link: str | None = None
    ) -> AuditLogPage | LogRefusal:
        """One page of the licence changes of all users since then."""
        return self.call("changes_since", link or "", lambda: self.audit_page(since, link))

    async def updates_of(
        self, user_id: str, since: datetime, link: str | None = None
    ) -> AuditLogPage | LogRefusal:
        """One page of the other records of one user since then."""
        return self.call(
            "updates_of", user_id, lambda: self.updates_page(user_id.lower(), since, link)
        )

    # Effects

    async def restore_user(
        self, user_id: str, *, new_upn: str | None, drop_addresses: bool
    ) -> Done:
        """Restore a soft-deleted user."""
        return self.call(
            "restore_user",
            user_id,
            lambda: self.restore(user_id.lower(), new_upn, drop=drop_addresses),
        )

    async def assign_licenses(self, user_id: str, licenses: tuple[AssignedLicense, ...]) -> Done:
        """Assign these licences to an active user, each with exactly these plans disabled."""
        return self.call("assign_licenses", user_id, lambda: self.assign(user_id.lower(), licenses))

    async def remove_licenses(
        self, user_id: str, sku_ids: tuple[str, ...], before: tuple[AssignedLicense, ...]
    ) -> Done:
        """Take these licences off an active user."""
        return self.call(
            "remove_licenses", user_id, lambda: self.take_off(user_id.lower(), sku_ids, before)
        )

    async def delete_user(self, user_id: str) -> Done:
        """Delete an active user."""
        return self.call("delete_user", user_id, lambda: self.delete(user_id.lower()))

    def call[T](self, method: str, about: str, act: Callable[[], T]) -> T:
        """Answer a port call, or fail it as ordered; other fakes over this tenant use it, too."""
        self.calls.append(f"{method} {about}".strip())
        waiting = self._faults[method]
        fault = waiting.popleft() if waiting else None
        if fault is not None and not fault.after_effect:
            raise fault.error
        result = act()
        if fault is not None:
            raise fault.error
        return result
