"""Erase a person through the real host: a mark in every text, and nothing of it left anywhere."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from azure.data.tables.aio import TableClient
from azure.storage.blob.aio import ContainerClient

from infra.trail import check_trail
from infra.trail.__main__ import check
from shared.ledger.tables.rows import Rows
from shared.ledger.trail_store.proofs import CONTAINER, BlobProofs
from tests.e2e.stage.caller import Caller, Reply
from tests.e2e.stage.people import DOMAIN, Json, a_deleted_user, a_user, fresh_key
from tests.e2e.stage.receiver_wire import HOST
from tests.e2e.stage.remains import around, remains
from tests.e2e.stage.signed_in import Person
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import REQUESTS, Storage, in_base64
from tests.e2e.stage.world import World
from tests.waiting import eventually

MARK = "zqmark"
UPN = f"zoe.{MARK}@{DOMAIN}"
ALIAS = f"old.{MARK}@{DOMAIN}"
SHARED = f"sales.quarter@{DOMAIN}"
NAME = f"Zoë {MARK.title()}"
TEXTS = {"reason": f"call {NAME} back, says {MARK}", "ticket": f"T-{MARK}"}
CALLBACK = f"https://{HOST}/flow?sig=s3cret&who={MARK}"
_EVERY = ("Read", "Request", "Override", "Approve", "Admin")
_SETTINGS = {
    "AUTH_MODE": "entra",
    "WEBSITE_AUTH_ENABLED": "true",
    "UNDO": "true",
    "APPROVE_KINDS": "user",
}

# Every table that keeps something about people, each with the mark in it before the erasure.
_TABLES = {
    "restores",
    "observations",
    "observednames",
    "losses",
    "guards",
    "batches",
    "deliveries",
    "subscriptions",
}
# What was sent is in other hands: whoever reads these queues takes the messages off.
_SENT = {"queue restore-results", "queue restore-alerts"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Stage]:
    """Give a landscape of its own: all that lies in its storage is looked through."""
    package: str | None = pytestconfig.getoption("--package")
    app = Path(package).resolve() if package else None
    with Stage(tmp_path_factory.mktemp("erasure") / "offset", package=app) as running:
        running.host.terminate()
        running.host = running.start_another_host(**_SETTINGS)
        yield running


@dataclass
class Story:
    """Everything the service is told of one person, and about what."""

    caller: Caller
    world: World
    storage: Storage
    stage: Stage
    person: Json
    restores: list[str] = field(default_factory=list)
    batches: list[str] = field(default_factory=list)
    other_person: Json = field(default_factory=dict)

    @property
    def admin(self) -> Person:
        """Somebody with every role."""
        return Person(self.caller, self.stage.host, "boss", *(f"Restore.{it}" for it in _EVERY))

    @property
    def other(self) -> Person:
        """Somebody else with every role, who decides."""
        return Person(self.caller, self.stage.host, "deputy", *(f"Restore.{it}" for it in _EVERY))

    def url(self, path: str) -> str:
        """The address of a path under `/api`."""
        return f"{self.stage.host.url}/api{path}"

    async def ask(self, **request: object) -> str:
        """Ask for a restore; it is looked through afterwards."""
        reply = await self.admin.post("", request)
        assert reply.status == 202, reply
        self.restores.append(str(reply.body["id"]))
        return self.restores[-1]

    async def send(self, method: str, path: str, body: Json | None = None) -> Reply:
        """Send as somebody with every role, and see that it is taken."""
        reply = await self.admin.send(method, self.url(path), body)
        assert reply.status < 300, reply
        return reply

    async def ended(self, *restore_ids: str) -> list[Json]:
        """The restores at their ends; time passes where they wait."""

        async def all_ended() -> list[Json] | None:
            found = [(await self.send("GET", f"/restores/{one}")).body for one in restore_ids]
            left = [one for one in found if one["finishedAt"] is None]
            if left and all(one["status"] == "waiting" for one in left):
                await self.world.pass_time(180)
            return None if left else found

        return await eventually(all_ended) or []


@pytest.fixture
async def story(caller: Caller, world: World, storage: Storage, stage: Stage) -> Story:
    """Give a person known in every way there is, lost at the moment."""
    person = await world.add(
        a_user(
            userPrincipalName=UPN,
            displayName=NAME,
            mail=UPN,
            proxyAddresses=[f"SMTP:{UPN}", f"smtp:{ALIAS}", f"smtp:{SHARED}"],
            employeeId=f"7-{MARK}",
        )
    )
    told = Story(caller, world, storage, stage, person)
    await _seen_and_lost(told)
    await _asked_for(told)
    await _named_beside_others(told)
    await _decided_and_undone(told)
    await _lost_again(told)
    return told


async def _seen_and_lost(story: Story) -> None:
    """Observed, guarded, and then deleted."""
    await story.world.observe()
    order = {"user": UPN, "kind": "mailbox", "act": "when-closing", **TEXTS}
    await story.send("POST", "/guards", order)
    await story.send("POST", "/guards", {**order, "user": story.person["id"], "kind": "user"})
    url = f"https://{HOST}/flow?who={MARK}"
    wanted = {"notificationUrl": url, "event": "restore.finished.v1"}
    as_person = Person(story.caller, story.stage.host, story.person["id"], "Restore.Request")
    reply = await as_person.send("POST", story.url("/subscriptions"), wanted)
    assert reply.status == 201, reply
    await story.world.delete(story.person)


async def _asked_for(story: Story) -> None:
    """By HTTP, by the queue, by batches in both forms, for later; understood and not."""
    common = {"kind": "mailbox", "dryRun": True, **TEXTS}
    for user in (UPN, ALIAS, story.person["id"]):
        key = f"{MARK}-{fresh_key()}"
        await story.ask(**common, user=user, idempotencyKey=key, callbackUrl=CALLBACK)
    await story.storage.request(**common, user=UPN)
    for message in (
        json.dumps({"version": 1, "kind": "mailbx", "user": UPN, "reason": NAME}),
        f"please bring back {NAME}",
        in_base64(f"please bring back {UPN}"),
    ):
        await story.storage.send(REQUESTS, message)
    await story.storage.send(f"{REQUESTS}-poison", json.dumps({"version": 1, "user": UPN}))
    items = [{**common, "user": UPN}, {"kind": "mailbx", "user": ALIAS, **TEXTS}]
    csv = f"user,kind,reason,ticket\r\n{UPN},user,{MARK},{MARK}\r\n{ALIAS},{MARK},x,y\r\n"
    for body, form in ((json.dumps({"restores": items}), "json"), (csv, "csv")):
        reply = await _batch(body, form, story)
        story.batches.append(str(reply.body["id"]))
    start = story.stage.clock.now() + timedelta(days=5)
    await story.ask(kind="mailbox", user=UPN, notBefore=start.isoformat(), **TEXTS)


async def _batch(body: str, form: str, story: Story) -> Reply:
    key = f"{MARK}-{fresh_key()}"
    headers = {
        **story.admin.headers,
        "Content-Type": "text/csv" if form == "csv" else "application/json",
        "Idempotency-Key": key,
    }
    url = story.url("/batches")
    reply = await story.caller.send("POST", url, headers=headers, data=body.encode())
    assert reply.status == 202, reply
    return reply


async def _named_beside_others(story: Story) -> None:
    """As the holder of an address, as one of several, and as somebody of nearly that name."""
    shares = [f"smtp:{SHARED}"]
    story.other_person = other = await story.world.add(a_deleted_user())
    await story.world.patch(
        other, proxyAddresses=[f"SMTP:{other['userPrincipalName']}", *shares], mail=SHARED
    )
    for user in (SHARED, f"zoe.{MARK[:-1]}@{DOMAIN}"):
        restore = await story.ask(kind="mailbox", user=user)
        await story.ended(restore)


async def _decided_and_undone(story: Story) -> None:
    """Rejected once, approved, restored and taken back, each with a reason."""
    keys = [{"idempotencyKey": fresh_key()} for _ in range(2)]
    restores = [await story.ask(kind="user", user=UPN, **TEXTS, **key) for key in keys]
    for restore_id, word in zip(restores, ("reject", "approve"), strict=True):

        async def waits(restore_id: str = restore_id) -> Json | None:
            restore: Json = (await story.send("GET", f"/restores/{restore_id}")).body
            waiting = restore["waiting"] or {"for": None}
            if waiting["for"] not in {None, "approval"}:
                await story.world.pass_time(180)
            return restore if waiting["for"] == "approval" else None

        restore = await eventually(waits) or {}
        body = {"reason": f"{word}: {NAME}", "planHash": restore["approval"]["planHash"]}
        reply = await story.other.post(f"/{restore_id}/{word}", body)
        assert reply.status == 200, reply
    (restore,) = await story.ended(restores[1])
    assert restore["outcome"]["code"] == "user-restored"
    (refused,) = await story.ended(await story.ask(kind="mailbox", user=story.other_person["id"]))
    assert refused["outcome"]["code"] == "address-conflict"
    assert NAME in refused["outcome"]["message"]
    await story.world.pass_time(600)
    undo = await story.send("POST", f"/restores/{restores[1]}/undo", {"reason": TEXTS["reason"]})
    story.restores.append(str(undo.body["id"]))
    (ended,) = await story.ended(undo.body["id"])
    assert ended["outcome"]["code"] == "undone", ended


async def _lost_again(story: Story) -> None:
    """Back by hand and lost once more: a row of the list of losses."""
    back = await story.ask(kind="user", user=UPN, idempotencyKey=fresh_key())
    await story.send("POST", f"/restores/{back}/cancel")
    await story.world.patch(story.person, deletedDateTime=None)
    await story.world.move_clock(3_600)
    await story.world.observe()
    await story.world.delete(story.person)
    for _ in range(3):
        await story.world.move_clock(900)
        await story.world.observe()


async def _answers(story: Story) -> AsyncIterator[tuple[str, str]]:
    """What every door that shows something says now, page after page."""
    paths = ["/restores", "/losses", f"/losses?search={MARK}", "/guards", "/subscriptions"]
    paths += ["/losses/capacity", f"/restores?user={UPN}", f"/restores?user={story.person['id']}"]
    paths += [f"/batches/{one}" for one in story.batches]
    listed = (await story.send("GET", "/restores?top=100")).body["value"]
    for one in listed:
        paths += [f"/restores/{one['id']}", f"/restores/{one['id']}/journal"]
    for path in [*paths, "/trail"]:
        for form in ("application/json", "text/csv"):
            headers = {**story.admin.headers, "Accept": form}
            reply = await story.caller.send("GET", story.url(path), headers=headers)
            assert reply.status < 300, (path, reply)
            yield f"{path} as {form}", f"{reply.body}{reply.headers.get('Link')}"


async def test_nothing_of_an_erased_person_is_left_anywhere(story: Story, tmp_path: Path) -> None:
    """In no table, no blob, no queue of ours, and behind no door; and the trail still verifies."""
    await eventually(lambda: _all_taken_in(story))
    connection = story.stage.connection_string
    before = await remains(connection, MARK)
    shown = {where async for where, said in _answers(story) if around(said, MARK)}
    assert {f"table {name}" for name in _TABLES} <= set(before), before
    assert len(shown) > 20

    await story.send("DELETE", f"/people/{story.person['id']}")

    after = await remains(connection, MARK)
    assert {where: said for where, said in after.items() if where not in _SENT} == {}
    asked = f"/restores?user={UPN}"
    said = [(path, around(it.replace(asked, ""), MARK)) async for path, it in _answers(story)]
    # Who is still among the deleted users is a loss of today, read from the tenant.
    assert [one for one in said if one[1] and not one[0].startswith("/losses")] == []
    export = await story.send("GET", "/trail")
    (tmp_path / "trail.ndjson").write_text(export.body, encoding="utf-8")
    # Every link holds; and no day of this stage is closed yet.
    assert check_trail.main([str(tmp_path / "trail.ndjson")]) == 3
    async with (
        TableClient.from_connection_string(connection, "restores") as table,
        ContainerClient.from_connection_string(connection, CONTAINER) as blobs,
    ):
        trail = await check(Rows(table), BlobProofs(lambda: blobs), story.stage.clock.now())
    assert trail.counts["erasures"] == 1


async def _all_taken_in(story: Story) -> bool:
    queues = (REQUESTS, f"{REQUESTS}-poison")
    return not sum([await story.storage.waiting(queue) for queue in queues])
