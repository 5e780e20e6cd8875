"""Share reads between the guards of one timer run: what is the same for all is read once.

Why a busy audit log is "nothing known" here and not an error: it takes five requests in ten seconds
for the whole tenant, and somebody else may be reading it. The restore that is begun asks it itself,
and waits for its answer.
Source: Microsoft Graph docs "Microsoft Graph service-specific throttling limits".
"""

import asyncio
from dataclasses import replace

from shared.domain.admin_roles import AdminRoles
from shared.domain.licensing.groups import Group
from shared.domain.licensing.skus import Sku
from shared.domain.requests.request import RestoreRequest
from shared.domain.snapshot import Found, Snapshot
from shared.errors import DirectoryError, ThrottledError
from shared.ports.deps import Deps
from shared.ports.directory import MailboxAnswer, Tenant
from shared.restore.reading.license_evidence import EvidenceQuestion, license_changed_at
from shared.restore.reading.look import look_around


class CachedTenant:
    """A Tenant port that reads once what is the same for everybody.

    For one round of a timer: what it keeps is not looked up again.
    """

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._lock = asyncio.Lock()
        self._skus: tuple[Sku, ...] | None = None
        self._domains: tuple[frozenset[str] | None] | None = None

    async def skus(self) -> tuple[Sku, ...]:
        """The tenant's subscriptions, as they were when first asked for."""
        async with self._lock:
            if self._skus is None:
                self._skus = await self._tenant.skus()
            return self._skus

    async def verified_domains(self) -> frozenset[str] | None:
        """The verified domains, as they were when first asked for; None where Graph won't say."""
        async with self._lock:
            if self._domains is None:
                self._domains = (await self._tenant.verified_domains(),)
            return self._domains[0]

    async def roles_held(self, user_id: str, *, is_deleted: bool) -> AdminRoles:
        """The admin roles of a user, active and eligible, direct and by groups."""
        return await self._tenant.roles_held(user_id, is_deleted=is_deleted)

    async def group(self, group_id: str, user_id: str | None) -> Group:
        """The group as far as Graph shows it, and how this active user is in it."""
        return await self._tenant.group(group_id, user_id)

    async def mailbox(self, user_id: str) -> MailboxAnswer:
        """Whether the mailbox answers.

        Raises:
            AnsweredError: status 403, without the permission to look.
        """
        return await self._tenant.mailbox(user_id)


class CachedReads:
    """The ports for one round, and whether the audit log still takes its questions."""

    def __init__(self, deps: Deps) -> None:
        self.deps = replace(deps, tenant=CachedTenant(deps.tenant))
        self._began = EvidenceQuestion(deps.clock.now(), can_wait=False)
        self._question: EvidenceQuestion | None = self._began
        self._is_open = False

    async def open(self) -> None:
        """Read the audit log once, so that everybody who asks in this round finds it read."""
        if self._is_open:
            return
        self._is_open = True
        try:
            await license_changed_at("", self._began, self.deps)
        except DirectoryError:
            self._question = None

    async def look_around(
        self, found: Found, request: RestoreRequest, *, asks_log: bool, needs_log: bool
    ) -> Snapshot | None:
        """Read what a run would see; None where the audit log is needed, and busy.

        Raises:
            DirectoryError: Graph could not be asked for something else than its log.
        """
        question = self._question if asks_log else None
        if asks_log and needs_log and question is None:
            return None
        try:
            return await look_around(found, request, self.deps, question)
        except ThrottledError:
            if question is None:
                raise
        if needs_log:
            return None
        return await look_around(found, request, self.deps, None)
