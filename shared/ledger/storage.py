"""Build every storage port and the Azure clients behind them, in one object.

Azure's SDK logs the address of every request at INFO, and with it restore ids and user ids: the
bootstrap raises the loggers named in CHATTY_LOGGERS to WARNING. Bodies are never logged, since
`logging_enable` stays off.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from azure.core.pipeline.transport import AioHttpTransport
from azure.data.tables.aio import TableClient, TableServiceClient
from azure.storage.queue.aio import QueueServiceClient

from shared.errors import ConfigurationError, StorageUnavailableError
from shared.ledger.batches import TableBatches
from shared.ledger.callers import TableCallers
from shared.ledger.deliveries import TableDeliveries
from shared.ledger.guards import TableGuardMark, TableGuards
from shared.ledger.health import StorageHealthSignals
from shared.ledger.identity import Identity
from shared.ledger.joins import TableJoins
from shared.ledger.locks import TableLocks
from shared.ledger.queues import QueueOutbox
from shared.ledger.records_and_journals import TableLedger
from shared.ledger.restores_by_day import TableDays
from shared.ledger.seats import TableSeatQueue
from shared.ledger.subscriptions import TableSubscriptions
from shared.ledger.tables.faults import QUEUES, TABLES, RowState, RowStateError, Service, reaching
from shared.ledger.tables.rows import AGAIN, Rows
from shared.ledger.tables.table_client import LeanTableClient
from shared.ledger.throttles import TableThrottles
from shared.ledger.trail_store.entries import TableTrail
from shared.ledger.trail_store.proofs import CONTAINER, BlobProofs
from shared.ledger.unfinished import TableUnfinished
from shared.ledger.watch.audit_cursor import TableAuditCursors
from shared.ledger.watch.delta_round import TableDeltaRounds
from shared.ledger.watch.earlier_names import TableNames
from shared.ledger.watch.losses import TableLossList
from shared.ledger.watch.names_by_day import TableDateIndex
from shared.ledger.watch.observations import TableObservations
from shared.ports.watch import Watch

if TYPE_CHECKING:
    from azure.storage.blob.aio import ContainerClient

CHATTY_LOGGERS = (
    "azure.core.pipeline.policies.http_logging_policy",
    "azure.identity",
)

TABLE_NAMES = (
    "restores",
    "restorejoins",
    "restoresunfinished",
    "restoresbyday",
    "userlocks",
    "observations",
    "throttles",
    "guards",
    "auditchanges",
    "seatwaiters",
    "observeddays",
    "observednames",
    "observeround",
    "losses",
    "deliveries",
    "subscriptions",
    "batches",
    "heartbeats",
    "callers",
)

# The Functions host makes the poison queues itself, but only with the first poison message: until
# then whoever looks into them would meet an error.
QUEUE_NAMES = (
    "restore-requests",
    "restore-requests-poison",
    "restore-work",
    "restore-work-poison",
    "restore-results",
    "restore-alerts",
)

# Seconds. Storage that is up accepts a connection in milliseconds; a read may take as long as the
# whole call may, which faults.DEADLINE ends.
_CONNECT_SECONDS = 3
_READ_SECONDS = 10

# Two more tries bridge a stamp's hiccup; what lasts longer is the queue's business, which brings
# the message back.
_RETRIES = 2

_TABLE_OPTIONS: dict[str, Any] = {
    "retry_total": _RETRIES,
    "retry_backoff_factor": 0.2,
    "retry_backoff_max": 1,
}
# 0 to 2 s between tries: a base of 1 makes the SDK's exponential back-off a constant one.
_QUEUE_OPTIONS: dict[str, Any] = {
    "retry_total": _RETRIES,
    "initial_backoff": 0,
    "increment_base": 1,
    "random_jitter_range": 1,
}


@dataclass(frozen=True, slots=True)
class StorageSettings:
    """Where storage is: a connection string, or the service URIs and an identity.

    `client_id` names a user-assigned identity; None takes the system-assigned one.
    """

    connection_string: str | None = field(default=None, repr=False)
    table_uri: str | None = None
    queue_uri: str | None = None
    blob_uri: str | None = None
    client_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Clients:
    tables: TableServiceClient
    table: Callable[[str], TableClient]
    """The client of one table; its connections are those of `tables`."""
    queues: QueueServiceClient
    credential: Identity | None = None

    async def close(self) -> None:
        await self.tables.close()
        await self.queues.close()
        if self.credential is not None:
            await self.credential.close()


@dataclass(frozen=True, slots=True)
class Storage:
    """Every storage port. Holds connections: whoever opened it closes it."""

    ledger: TableLedger
    joins: TableJoins
    unfinished: TableUnfinished
    days: TableDays
    locks: TableLocks
    observations: TableObservations
    throttles: TableThrottles
    audit_cursors: TableAuditCursors
    seats: TableSeatQueue
    outbox: QueueOutbox
    guards: TableGuards
    guard_mark: TableGuardMark
    watch: Watch
    loss_list: TableLossList
    deliveries: TableDeliveries
    subscriptions: TableSubscriptions
    batches: TableBatches
    callers: TableCallers
    health_signals: StorageHealthSignals
    trail: TableTrail
    proofs: BlobProofs
    _clients: _Clients

    async def ensure(self) -> None:
        """Create the tables and queues that are absent, all at once; existing is fine.

        Raises:
            StorageUnavailableError: some may have been created; calling again is safe.
        """
        tables, queues = self._clients.tables, self._clients.queues
        answers = await asyncio.gather(
            *(_created(TABLES, tables.create_table(name, **AGAIN)) for name in TABLE_NAMES),
            *(_created(QUEUES, queues.create_queue(name)) for name in QUEUE_NAMES),
            return_exceptions=True,
        )
        for answer in answers:
            if answer is not None:
                raise answer

    async def close(self) -> None:
        """Close every connection; closing again is fine."""
        await self.proofs.close()
        await self._clients.close()


def open_storage(settings: StorageSettings) -> Storage:
    """The ports on this storage account; sends nothing yet.

    Raises:
        ConfigurationError: the settings name no account, or not one that can be.
    """
    clients = _connect(settings)

    def rows(name: str) -> Rows:
        return Rows(clients.table(name))

    return Storage(
        ledger=TableLedger(rows("restores")),
        joins=TableJoins(rows("restorejoins")),
        unfinished=TableUnfinished(rows("restoresunfinished")),
        days=TableDays(rows("restoresbyday")),
        locks=TableLocks(rows("userlocks")),
        observations=TableObservations(rows("observations")),
        throttles=TableThrottles(rows("throttles")),
        audit_cursors=TableAuditCursors(rows("auditchanges")),
        seats=TableSeatQueue(rows("seatwaiters")),
        outbox=QueueOutbox(
            clients.queues.get_queue_client("restore-work"),
            clients.queues.get_queue_client("restore-results"),
            clients.queues.get_queue_client("restore-alerts"),
        ),
        guards=TableGuards(rows("guards")),
        guard_mark=TableGuardMark(rows("guards")),
        watch=_watch(rows),
        loss_list=TableLossList(rows("losses")),
        deliveries=TableDeliveries(rows("deliveries")),
        subscriptions=TableSubscriptions(rows("subscriptions")),
        batches=TableBatches(rows("batches")),
        callers=TableCallers(rows("callers")),
        health_signals=StorageHealthSignals(
            rows("heartbeats"),
            {name: clients.queues.get_queue_client(name) for name in QUEUE_NAMES},
        ),
        trail=TableTrail(rows("restores"), rows("restoresbyday")),
        proofs=BlobProofs(lambda: _container(settings, clients)),
        _clients=clients,
    )


def _watch(rows: Callable[[str], Rows]) -> Watch:
    dated = rows("observeddays")
    return Watch(
        observations=TableObservations(rows("observations")),
        rounds=TableDeltaRounds(rows("observeround")),
        losses=TableDateIndex(dated, "losses"),
        departures=TableDateIndex(dated, "departures"),
        doubts=TableDateIndex(dated, "doubts"),
        marks=TableDateIndex(dated, "marks"),
        changed=TableDateIndex(dated, "changed"),
        second_looks=TableDateIndex(dated, "second-looks"),
        taken=TableDateIndex(dated, "taken"),
        names=TableNames(rows("observednames")),
    )


def _connect(settings: StorageSettings) -> _Clients:
    try:
        if settings.connection_string:
            return _by_connection_string(settings.connection_string)
        if settings.table_uri and settings.queue_uri:
            return _by_identity(settings.table_uri, settings.queue_uri, settings.client_id)
    except ValueError as error:
        raise ConfigurationError((f"AzureWebJobsStorage names no account: {error}",)) from None
    fault = (
        "AzureWebJobsStorage is missing: give a connection string, or both"
        " AzureWebJobsStorage__tableServiceUri and AzureWebJobsStorage__queueServiceUri"
    )
    raise ConfigurationError((fault,))


def _by_connection_string(text: str) -> _Clients:
    options = {"transport": _wire(), **_TABLE_OPTIONS}
    return _Clients(
        TableServiceClient.from_connection_string(text, **options),
        lambda name: LeanTableClient.from_connection_string(text, name, **options),
        QueueServiceClient.from_connection_string(text, transport=_wire(), **_QUEUE_OPTIONS),
    )


def _by_identity(table_uri: str, queue_uri: str, client_id: str | None) -> _Clients:
    credential = Identity(client_id=client_id)
    options = {"credential": credential, "transport": _wire(), **_TABLE_OPTIONS}
    return _Clients(
        TableServiceClient(table_uri, **options),
        lambda name: LeanTableClient(table_uri, name, **options),
        QueueServiceClient(queue_uri, credential=credential, transport=_wire(), **_QUEUE_OPTIONS),
        credential,
    )


def _container(settings: StorageSettings, clients: _Clients) -> "ContainerClient":
    """The client of the blobs, whose library only those load that need it.

    Raises:
        StorageUnavailableError: the settings do not say where blobs are.
    """
    from azure.storage.blob.aio import ContainerClient  # noqa: PLC0415 - see above

    if settings.connection_string:
        return ContainerClient.from_connection_string(
            settings.connection_string, CONTAINER, transport=_wire(), **_QUEUE_OPTIONS
        )
    if settings.blob_uri is None:
        raise StorageUnavailableError(
            "the trail has no place: set AzureWebJobsStorage__blobServiceUri"
        )
    return ContainerClient(
        settings.blob_uri,
        CONTAINER,
        credential=clients.credential,
        transport=_wire(),
        **_QUEUE_OPTIONS,
    )


def _wire() -> AioHttpTransport:
    """The way to storage, which like the way to Graph reads no proxy from the environment.

    aiohttp would read proxies and a `.netrc` file anew for each request: a tenth of the processor
    time of a busy worker. Source: aiohttp 3, `ClientSession(trust_env=True)`.
    """
    return AioHttpTransport(
        connection_timeout=_CONNECT_SECONDS, read_timeout=_READ_SECONDS, use_env_settings=False
    )


async def _created(service: Service, creating: Awaitable[object]) -> None:
    try:
        async with reaching(service):
            await creating
    except RowStateError as error:
        if error.state is not RowState.PRESENT:
            raise StorageUnavailableError(f"{service.name} would not create") from error
