"""Erase a person: a marker in every personal field, and nothing of it left anywhere."""

import base64
from dataclasses import fields, replace

import pytest

from shared.audit_trail.erase_person import erase_person
from shared.domain.audit_trail.traces import Traces
from shared.domain.events.delivery import Delivery
from shared.domain.events.subscription import (
    EventType,
    Subscriber,
    Subscription,
    SubscriptionRequest,
)
from shared.domain.guards.guard import GuardAct, GuardOrder, open_guard
from shared.domain.observations.observation import Observation, RememberedNames
from shared.domain.outcomes import Status
from shared.domain.records.chain import link_hash
from shared.domain.requests.request import Door, RequestedBy, RestoreKind
from shared.errors import NotCancellableError, OutcomeUnknownError
from shared.ports.watch import ObservationWrite
from tests.builders import NOW, USER_ID, a_deleted_person, a_request, because
from tests.reading import said
from tests.unit.world.world import World

ADMIN = RequestedBy(Door.HTTP, "Alex Admin", "oid-admin")
MARK = "zqmark"
UPN = f"{MARK}@contoso.com"
OLD = f"old.{MARK}@contoso.com"


@pytest.fixture
def world() -> World:
    """Give a tenant and a ledger in memory."""
    return World()


def _left(world: World) -> list[str]:
    """The stores that still have the marker in something they keep, the sent events aside."""
    stores = {item.name: getattr(world.storage, item.name) for item in fields(world.storage)}
    del stores["outbox"]
    return [
        f"{name}.{part}"
        for name, store in stores.items()
        for part, value in vars(store).items()
        if part != "history" and MARK in repr(value).lower()
    ]


async def _marked(world: World) -> None:
    """A person whose names, reasons and texts all have the marker, known in every way there is."""
    person = a_deleted_person(
        user_principal_name=UPN,
        display_name=f"Zoe {MARK}",
        mail=UPN,
        proxy_addresses=(f"SMTP:{UPN}", f"smtp:{OLD}"),
        employee_id=f"7-{MARK}",
    )
    world.put(person)
    names = RememberedNames(UPN, person.display_name, (OLD,), (UPN,), (OLD,))
    await world.storage.observations.keep(
        [ObservationWrite(Observation(USER_ID, names=names), None)]
    )
    await world.storage.names.note(USER_ID, (UPN, OLD))
    for key, user in (("1", UPN), ("2", USER_ID), ("3", OLD)):
        request = a_request(
            user=user,
            idempotency_key=key,
            reason=f"for {UPN}",
            ticket=MARK,
            callback_url=f"https://prod-1.logic.azure.com/flow?who={MARK}",
        )
        record = await world.accept(request)
        await world.finish(record.id)
    order = GuardOrder(user=UPN, kind=RestoreKind.MAILBOX, act=GuardAct.AT_ONCE, reason=MARK)
    guard = open_guard(order, ADMIN, NOW)
    assert await world.storage.guards.insert(replace(guard, user_id=USER_ID))


async def test_nothing_of_the_person_is_left(world: World) -> None:
    """In no store, whatever was known; ids and codes stay, and every hash stands."""
    await _marked(world)
    before = {key: stored.record for key, stored in world.storage.ledger.records.items()}
    assert _left(world) != []

    await erase_person(USER_ID, ADMIN, world.deps)

    assert _left(world) == []
    for restore_id, stored in world.storage.ledger.records.items():
        assert stored.record.outcome is not None
        old = before[restore_id].outcome
        assert old is not None
        assert stored.record.outcome.code is old.code
        for entry in world.storage.ledger.journals[restore_id]:
            assert entry.link is not None
            assert link_hash(entry) == entry.link.hash


async def test_the_steps_of_a_plan_are_words_of_the_service(world: World) -> None:
    """A trial run says after the erasure, too, what a restore would have done."""
    world.put(a_deleted_person(user_principal_name=UPN))
    record = await world.finish((await world.accept(a_request(user=UPN, dry_run=True))).id)
    told = said(record.outcome).message

    await erase_person(USER_ID, ADMIN, world.deps)

    after = said((await world.record(record.id)).outcome).message
    assert after == told
    assert "restore-user, verify-user, verify-mailbox" in after


async def test_an_unfinished_restore_that_changed_nothing_is_cancelled(world: World) -> None:
    """And its event names nobody."""
    world.put(a_deleted_person(user_principal_name=UPN))
    record = await world.accept(a_request(user=USER_ID, reason=MARK))

    await erase_person(USER_ID, ADMIN, world.deps)

    assert (await world.record(record.id)).status is Status.CANCELLED
    assert MARK not in repr(world.storage.outbox.results)
    assert _left(world) == []


async def test_a_restore_that_has_changed_something_is_not_broken_off(world: World) -> None:
    """Nothing is erased then."""
    world.put(a_deleted_person(user_principal_name=UPN))
    world.directory.fail_next("restore_user", OutcomeUnknownError(because("lost")))
    record = await world.accept(a_request(user=USER_ID, reason=MARK))
    assert (await world.run(record.id)).was_touched

    with pytest.raises(NotCancellableError):
        await erase_person(USER_ID, ADMIN, world.deps)

    assert _left(world) != []


@pytest.mark.parametrize(
    ("written", "is_found"),
    [
        (f"for {UPN}", True),
        (f"https://x/?who={UPN.replace('@', '%40')}", True),
        ('{"name": "Zo\\u00eb Quill"}', True),
        (base64.b64encode(f"bring {UPN} back".encode()).decode(), True),
        (base64.b64encode(f"bring {UPN} back".encode("utf-16-le")).decode(), True),
        (f"bring {UPN} back".encode("utf-16-le").decode(), True),
        (f"somebody ({USER_ID})", True),
        (USER_ID, False),
        (f"x{UPN}", False),
        ("Zoëline Quill", False),
    ],
)
def test_a_name_is_found_however_it_is_wrapped(*, written: str, is_found: bool) -> None:
    """As a word of its own, in URLs, JSON, base64 and UTF-16; the id alone stays."""
    traces = Traces(USER_ID).with_names((UPN, "Zoë Quill"))

    assert traces.are_in(written) == is_found


@pytest.mark.parametrize("owner", [USER_ID, "somebody-else"])
async def test_a_subscription_of_the_person_ends(world: World, owner: str) -> None:
    """And so does one whose address names it."""
    await _marked(world)
    url = f"https://prod-1.logic.azure.com/flow?who={'x' if owner == USER_ID else UPN}"
    wanted = SubscriptionRequest(EventType.FINISHED, url)
    kept = Subscription.begun(wanted, Subscriber(owner, sees_all=True), NOW)
    await world.storage.subscriptions.put(kept)

    await erase_person(USER_ID, ADMIN, world.deps)

    assert [one async for one in world.storage.subscriptions.all()] == []


async def test_events_that_name_the_person_are_not_sent_any_more(world: World) -> None:
    """What waits to be delivered goes."""
    await _marked(world)
    delivery = Delivery(f"d-{'0' * 32}", "1-1", "", "https://x", f'{{"a": "{UPN}"}}', NOW, NOW)
    await world.storage.deliveries.insert(delivery)
    await world.storage.unfinished.note(delivery.id, NOW)

    await erase_person(USER_ID, ADMIN, world.deps)

    assert _left(world) == []
