"""Keep messages that cannot be understood as restores that ended at once, so none is lost.

One that cannot be understood is `refused` and keeps its body; so is, as `failed`, one that killed
the workers that read it.
"""

import asyncio

from shared import telemetry
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.records.new_record import kept_record
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.requests.keys import restore_id_for_message
from shared.domain.requests.request import RequestedBy
from shared.errors import InvalidRequestError, KeyReusedError, StorageRefusedError, faults_told
from shared.ports.deps import IntakeDeps
from shared.restore.accept import QUEUE_GRACE
from shared.restore.conclude import publish_end
from shared.restore.giving_up import gave_up

type RefusalOfMessage = InvalidRequestError | KeyReusedError | StorageRefusedError
"""Why a message becomes no restore that begins."""


async def refuse_message(
    received: str,
    message_id: str,
    why: RefusalOfMessage,
    requested_by: RequestedBy,
    deps: IntakeDeps,
) -> Record:
    """Keep a message that cannot be understood, as a refused restore that holds its body.

    Raises:
        StorageUnavailableError: it may be kept already; the same message again changes nothing.
    """
    return await _keep(received, message_id, _refusal(why), requested_by, deps)


def _refusal(why: RefusalOfMessage) -> Outcome:
    match why:
        case InvalidRequestError():
            told = faults_told(why.faults, why.untold)
            return outcome(Code.INVALID_REQUEST, "message", faults=told)
        case KeyReusedError():
            return outcome(Code.INVALID_REQUEST, "key-reused", restore_id=why.restore_id)
        case StorageRefusedError():
            return outcome(Code.INVALID_REQUEST, "to-keep")


async def give_up_message(
    received: str, message_id: str, requested_by: RequestedBy, deps: IntakeDeps
) -> Record:
    """Keep a message that killed the workers reading it, as a failed restore that holds its body.

    Raises:
        StorageUnavailableError: it may be kept already; the same message again changes nothing.
    """
    return await _keep(received, message_id, gave_up(), requested_by, deps)


async def _keep(
    received: str, message_id: str, ending: Outcome, requested_by: RequestedBy, deps: IntakeDeps
) -> Record:
    restore_id = restore_id_for_message(message_id)
    record = kept_record(restore_id, received, requested_by, ending, deps.clock.now())
    await asyncio.gather(
        deps.unfinished.note(record.id, record.created_at + QUEUE_GRACE),
        deps.days.note(record.id, record.created_at),
    )
    if await deps.ledger.insert(record, JournalEntry(record.created_at, "settled", ending.text)):
        telemetry.ended(record)
    stored = await deps.ledger.read(record.id)
    kept = stored.record if stored is not None else record
    if kept.status.is_final:
        await publish_end(kept, deps)
    return kept
