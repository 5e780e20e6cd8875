"""AuditLog: the tenant's directory audit log, page by page."""

from datetime import datetime
from http import HTTPStatus

from shared.domain.ids import is_guid
from shared.domain.watch.audit_cursor import LicenseChange
from shared.errors import AnsweredError
from shared.graph.calls import requests
from shared.graph.models.tenant import AuditPage, AuditShape
from shared.graph.wire import faults
from shared.graph.wire.client import GraphClient
from shared.ports.audit_log import AuditLogPage

# No permission, a tenant or a cloud without the log, or a filter it does not know: evidence that is
# not to be had, which is no error.
_NO_AUDIT = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


class GraphAuditLog:
    """The port AuditLog, over Graph."""

    def __init__(self, client: GraphClient) -> None:
        self._client = client

    async def changes_since(self, since: datetime, link: str | None = None) -> AuditLogPage | None:
        """One page of the licence changes of all users since then; one request.

        None: 400, 403 or 404, to the question itself. To a link they only mean that it is not good
        any more, and are raised.

        Raises:
            DirectoryError: nothing was learnt.
        """
        client = self._client
        request = requests.license_changes(client.api, since) if link is None else client.at(link)
        try:
            page = await client.read(request, AuditPage)
        except AnsweredError as error:
            if link is None and error.status in _NO_AUDIT:
                return None
            raise
        if page.value is None:
            raise faults.unreadable("page-without-list")
        changes = tuple(change for row in page.value for change in _changes(row))
        return AuditLogPage(changes, page.next_link)


def _changes(row: AuditShape) -> list[LicenseChange]:
    """Whose licences changed; nobody's if it did not come to pass."""
    if row.at is None or row.result == "failure":
        return []
    return [LicenseChange(item.id, row.at) for item in row.targets if item.id and is_guid(item.id)]
