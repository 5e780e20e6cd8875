"""Read the tenant's directory audit log from Graph, page by page."""

from datetime import datetime, timedelta
from http import HTTPStatus

from kiota_abstractions.request_information import RequestInformation

from shared.domain.evidence.audit_records import Activity, LogRefusal
from shared.domain.values.ids import is_guid
from shared.errors import AnsweredError
from shared.graph.calls import requests
from shared.graph.models.audit import AuditPage, records_in
from shared.graph.wire import failed_calls
from shared.graph.wire.client import GraphClient
from shared.ports.audit_log import AuditLogPage

# "Neither tenant is B2C or tenant doesn't have premium license". Source: KelvinTegelaar/CIPP-API,
# Get-NormalizedError.ps1.
_WITHOUT_LICENSE = "Authentication_RequestFromNonPremiumTenantOrB2CTenant"

_SECOND = timedelta(seconds=1)


class GraphAuditLog:
    """The port AuditLog, over Graph."""

    def __init__(self, client: GraphClient) -> None:
        self._client = client
        self._takes_time = True
        """Whether Graph takes the log's time filter, as far as this object knows."""

    async def changes_since(
        self, since: datetime, link: str | None = None
    ) -> AuditLogPage | LogRefusal:
        """One page of the licence changes of all users since then; newest first.

        One request; two where Graph refuses the filter on the time, for the first time.

        Raises:
            DirectoryError: nothing was learnt; AnsweredError for a link that is not good any more.
        """
        return await self._page(Activity.CHANGE_LICENSE, None, since, link)

    async def updates_of(
        self, user_id: str, since: datetime, link: str | None = None
    ) -> AuditLogPage | LogRefusal:
        """One page of the records "Update user" of one user that tell of licences.

        Raises:
            DirectoryError: nothing was learnt; AnsweredError for a link that is not good any more.
        """
        if not is_guid(user_id):
            return AuditLogPage(())
        return await self._page(Activity.UPDATE_USER, user_id, since, link)

    async def _page(
        self, activity: Activity, user_id: str | None, since: datetime, link: str | None
    ) -> AuditLogPage | LogRefusal:
        if link is not None:
            return _to_page(await self._client.read(self._client.at(link), AuditPage), since)
        try:
            return _to_page(await self._first(activity, user_id, since), since)
        except AnsweredError as error:
            refusal = _refusal(error)
            if refusal is None:
                raise
            return refusal

    async def _first(self, activity: Activity, user_id: str | None, since: datetime) -> AuditPage:
        """The first page, without the filter on the time where Graph does not take it.

        Source: one public report, "API-side activityDateTime filter causes 400 in some tenants".
        """
        if self._takes_time:
            try:
                return await self._client.read(self._asked(activity, user_id, since), AuditPage)
            except AnsweredError as error:
                if error.status != HTTPStatus.BAD_REQUEST:
                    raise
        page = await self._client.read(self._asked(activity, user_id, None), AuditPage)
        self._takes_time = False
        return page

    def _asked(
        self, activity: Activity, user_id: str | None, since: datetime | None
    ) -> RequestInformation:
        return requests.audit_records(self._client.api, activity.value, user_id, since)


def _to_page(page: AuditPage, since: datetime) -> AuditLogPage:
    """The records since then; the log is listed newest first, so an older one is the end."""
    if page.value is None:
        raise failed_calls.unreadable("page-without-list")
    records = records_in(page.value)
    # The filter goes by whole seconds.
    is_past = any(row.at is not None and row.at < since - _SECOND for row in page.value)
    kept = tuple(record for record in records if record.at >= since)
    return AuditLogPage(kept, None if is_past else page.next_link)


def _refusal(error: AnsweredError) -> LogRefusal | None:
    """The reason why the log cannot be read; None: something else is wrong.

    400 stays after the question was made as plain as can be; 404 is a cloud without the log.
    """
    if error.code == _WITHOUT_LICENSE:
        return LogRefusal.LICENSE
    if error.status == HTTPStatus.FORBIDDEN:
        return LogRefusal.PERMISSION
    if error.status in {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND}:
        return LogRefusal.UNAVAILABLE
    return None
