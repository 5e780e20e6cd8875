"""The Tenant port for somebody who looks at many people in a row, and asks no more than it must.

Why a throttled audit log is "nothing known" here and not an error: it takes five questions in ten
seconds for the whole tenant. Where many lose their licence at once, a round that stopped at every
throttle would get to a handful of them each hour. The restore that is begun asks the log itself,
and waits for its answer.
Source: Microsoft Graph docs "Microsoft Graph service-specific throttling limits".
"""

import asyncio
from datetime import datetime

from shared.domain.licensing import Sku
from shared.errors import ThrottledError
from shared.restore.ports import MailboxAnswer, Tenant


class SparingTenant:
    """The Tenant port: the subscriptions are read once, and the audit log only if it is wanted.

    For one round of a timer: what it keeps is not looked up again.
    """

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._lock = asyncio.Lock()
        self._skus: tuple[Sku, ...] | None = None
        self._is_audit_shut = False

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
        """The earliest licence change of this user that the audit log holds since then.

        None, too, once the log would take no more questions in this round.
        """
        if self._is_audit_shut:
            return None
        try:
            return await self._tenant.license_changed_at(user_id, since)
        except ThrottledError:
            self._is_audit_shut = True
            return None

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
