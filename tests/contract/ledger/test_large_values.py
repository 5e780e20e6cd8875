"""Test the largest and most hostile values that can come up, within Azure's limits.

The directory's texts have no bound of ours, and neither have Graph's words: a name of 200,000
characters must not cost a restore.
"""

import json
from dataclasses import replace

import pytest

from functions.http.replies import json_reply
from shared.batches.start import BatchOrder, start_batch
from shared.domain.batches.batch import BatchItem
from shared.domain.events.subscription import EventType, Subscriber, SubscriptionRequest
from shared.domain.records.progress import JournalEntry, Warning_
from shared.domain.records.record import Record
from shared.domain.requests.request import Door, RequestedBy
from shared.domain.text import text
from shared.errors import Fault, StorageRefusedError
from shared.events.fan_out import fan_out
from shared.events.subscriptions import subscribe
from shared.ledger.storage import Storage
from shared.ports.deps import Telling
from shared.restore.conclude import finished_event
from tests.builders import NOW, a_deleted_person, a_request, an_observation
from tests.contract.ledger.storages import a_new_record, an_entry, an_id
from tests.unit.world.world import World

EMOJI = "\U0001f600"
pytestmark = pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")

HOSTILE = {
    "a long name": a_deleted_person(display_name="x" * 200_000),
    "a long name of emoji": a_deleted_person(display_name=EMOJI * 200_000, mail=EMOJI * 100_000),
    "a name of control characters": a_deleted_person(display_name="\x00\x1b\ud800" * 60_000),
    "many addresses": a_deleted_person(proxy_addresses=("smtp:" + "é" * 1_000,) * 600),
}


def a_hostile_record(what: str) -> Record:
    """A restore of such a person, with the warnings and texts that tell of it."""
    person = HOSTILE[what]
    warning = Warning_(text("step", "not-sent", why=str(person.display_name)))
    return replace(a_new_record(), person=person, warnings=(warning,) * 9)


@pytest.mark.parametrize("what", HOSTILE)
async def test_a_record_of_any_size_is_kept_and_read_back_as_written(
    real_storage: Storage, what: str
) -> None:
    """With its journal; the texts that are too long for a row are cut, and nothing else."""
    record = a_hostile_record(what)
    entry = JournalEntry(NOW, "planned", text("step", "not-sent", why=EMOJI * 100_000))

    assert await real_storage.ledger.insert(record, entry)
    stored = await real_storage.ledger.read(record.id)
    assert stored is not None
    written = await real_storage.ledger.write(stored, record, *[entry] * 20)

    again = await real_storage.ledger.read(record.id)
    assert again is not None
    assert written.record == again.record
    assert again.record.request == record.request
    assert again.record.person is not None
    assert again.record.person.id == a_deleted_person().id
    assert len(await real_storage.ledger.journal(record.id)) == 21
    await real_storage.ledger.remove(record.id)


async def test_a_record_that_fits_is_not_touched(real_storage: Storage) -> None:
    """Up to 800 KiB every character is kept."""
    record = replace(a_new_record(), person=a_deleted_person(display_name="é" * 390_000))

    assert await real_storage.ledger.insert(record, an_entry())

    stored = await real_storage.ledger.read(record.id)
    assert stored is not None
    assert stored.record == record


@pytest.mark.parametrize("what", HOSTILE)
async def test_the_end_of_a_hostile_restore_is_told(real_storage: Storage, what: str) -> None:
    """On the queue, and to a subscriber, whose delivery has a row of its own."""
    deps = replace(
        World().deps, deliveries=real_storage.deliveries, subscriptions=real_storage.subscriptions
    )
    wanted = SubscriptionRequest(EventType.FINISHED, f"https://x.logic.azure.com/{an_id()}")
    subscription = await subscribe(wanted, Subscriber(None, sees_all=True), deps)
    record = a_hostile_record(what)
    event = {**finished_event(record, deps.audience.everybody()), "id": an_id()}

    await real_storage.outbox.publish_result(event)
    await fan_out(Telling(event, event), deps)

    await real_storage.subscriptions.remove(subscription)


@pytest.mark.parametrize("name", ["x", "é", EMOJI, '"', "\n"])
async def test_the_largest_batch_is_kept(real_storage: Storage, name: str) -> None:
    """A thousand items of 4 KiB, whatever is in them, each with a callback or with its faults."""
    url = "https://x.logic.azure.com/?sig=" + "s" * 2_000
    full = BatchItem(a_request(reason=name * 1_024, ticket=name * 128, callback_url=url))
    wrong = text("fault", "unknown-name", name=name * 300)
    bad = BatchItem(None, (Fault("/restores/1/" + name * 280, wrong),) * 10)
    items = (full,) * 700 + (bad,) * 300
    deps = replace(World().deps, batches=real_storage.batches)
    by = RequestedBy(Door.BATCH, "x", an_id())

    batch = await start_batch(BatchOrder(None, items, by), deps)

    assert await real_storage.batches.items(batch, 0)
    for first in batch.chunks:
        assert await real_storage.batches.items(batch, first)


@pytest.mark.parametrize("name", [*"/\\#?\n\x80'%", "..", EMOJI, "x" * 2_000])
async def test_any_text_can_be_a_key(real_storage: Storage, name: str) -> None:
    """Ids from outside are escaped, and hashed where they are too long."""
    user_id = f"{an_id()}{name}"

    await real_storage.observations.note(an_observation(user_id))

    assert await real_storage.ledger.read(name) is None
    kept = await real_storage.observations.last(user_id)
    assert kept is not None
    assert kept.user_id == user_id


async def test_what_storage_refuses_is_told_apart_from_an_outage(real_storage: Storage) -> None:
    """An error of its own, which nobody tries again."""
    guard_mark = "x" * 600_000

    with pytest.raises(StorageRefusedError):
        await real_storage.guard_mark.put(guard_mark)


def test_a_hostile_name_can_be_answered() -> None:
    """Half characters and control characters break no answer."""
    name = HOSTILE["a name of control characters"].display_name
    answer = json_reply({"name": name})

    assert json.loads(answer.get_body().decode("ascii")) == {"name": name}
