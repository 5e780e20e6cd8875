"""The Tenant port for somebody who looks at many people in a row, and asks no more than it must."""

import asyncio
from datetime import datetime

from shared.domain.licensing import Sku
from shared.restore.ports import MailboxAnswer, Tenant


class SparingTenant:
    """The Tenant port: the subscriptions are read once, and the audit log only if it is wanted.

    For one round of a timer: what it keeps is not looked up again.
    """

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._lock = asyncio.Lock()
        self._skus: tuple[Sku, ...] | None = None

    async def skus(self) -> tuple[Sku, ...]:
        """The tenant's subscriptions, as they were when first asked for."""
        async with self._lock:
            if self._skus is None:
                self._skus = await self._tenant.skus()
            return self._skus

    async def roles_held(self, user_id: str) -> tuple[str, ...] | None:
        """The directory roles a user holds; None where Graph will not say."""
        return await self._tenant.roles_held(user_id)

    async def license_changed_at(self, user_id: str, since: datetime) -> datetime | None:
        """The earliest licence change of this user that the audit log holds since then."""
        return await self._tenant.license_changed_at(user_id, since)

    async def mailbox(self, user_id: str) -> MailboxAnswer:
        """Whether the mailbox answers.

        Raises:
            AnsweredError: status 403, without the permission to look.
        """
        return await self._tenant.mailbox(user_id)

    def without_audit(self) -> Tenant:
        """The same, for a look that needs nothing from the audit log."""
        return _WithoutAudit(self)


class _WithoutAudit(SparingTenant):
    """Answers "nothing known" where the audit log would be asked; keeps what the other keeps."""

    def __init__(self, tenant: SparingTenant) -> None:
        super().__init__(tenant)

    async def license_changed_at(self, user_id: str, since: datetime) -> datetime | None:  # noqa: ARG002 - the port's
        """Nothing."""
        return None
