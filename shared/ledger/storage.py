"""Build every storage port, in one object.

Azure's SDK logs the address of every request at INFO, and with it restore ids and user ids: the
bootstrap quiets it (telemetry.py). Bodies are never logged, since `logging_enable` stays off.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from shared.errors import StorageUnavailableError
from shared.ledger.batches import TableBatches
from shared.ledger.callers import TableCallers
from shared.ledger.connections import (
    StorageClients,
    StorageSettings,
    connect,
    container_of_the_trail,
)
from shared.ledger.deliveries import TableDeliveries
from shared.ledger.guards import TableGuardMark, TableGuards
from shared.ledger.health import StorageHealthSignals
from shared.ledger.joins import TableJoins
from shared.ledger.locks import TableLocks
from shared.ledger.queues import QueueOutbox
from shared.ledger.records_and_journals import TableLedger
from shared.ledger.restores_by_day import TableDays
from shared.ledger.seats import TableSeatQueue
from shared.ledger.subscriptions import TableSubscriptions
from shared.ledger.tables.faults import QUEUES, TABLES, RowState, RowStateError, Service, reaching
from shared.ledger.tables.rows import AGAIN, Rows
from shared.ledger.throttles import TableThrottles
from shared.ledger.trail_store.entries import TableTrail
from shared.ledger.trail_store.proofs import BlobProofs
from shared.ledger.unfinished import TableUnfinished
from shared.ledger.watch.audit_cursor import TableAuditCursors
from shared.ledger.watch.delta_round import TableDeltaRounds
from shared.ledger.watch.earlier_names import TableNames
from shared.ledger.watch.losses import TableLossList
from shared.ledger.watch.names_by_day import TableDateIndex
from shared.ledger.watch.observations import TableObservations
from shared.ports.watch import Watch

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
    _clients: StorageClients

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
    clients = connect(settings)

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
        proofs=BlobProofs(lambda: container_of_the_trail(settings, clients)),
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
        lingering=TableDateIndex(dated, "lingering"),
        taken=TableDateIndex(dated, "taken"),
        names=TableNames(rows("observednames")),
    )


async def _created(service: Service, creating: Awaitable[object]) -> None:
    try:
        async with reaching(service):
            await creating
    except RowStateError as error:
        if error.state is not RowState.PRESENT:
            raise StorageUnavailableError(f"{service.name} would not create") from error
