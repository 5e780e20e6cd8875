"""Batches over HTTP: what is answered, whose they are, and what is wrong with them."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import azure.functions as func
import pytest

from functions.http.batches import get_batch, start_batch_
from functions.http.restores.start_and_read import start_restore
from functions.queues.work import work_on
from shared.restore.message_again import WorkMessage
from tests.builders import ENTERPRISEPACK_ID, NOW, USER_ID, a_deleted_person
from tests.unit.functions.doors import content, opened, principal, request
from tests.unit.world.world import World

CALLER = principal("Restore.Request")
TWIN_ID = "11111111-2222-4333-8444-555555555555"
GOOD: dict[str, object] = {"kind": "user", "user": USER_ID}


@pytest.fixture
def world() -> Iterator[World]:
    """Give a world with one deleted user behind the door."""
    with opened(World()) as made:
        made.put(a_deleted_person())
        yield made


async def start(
    *restores: object, headers: dict[str, str] = CALLER, **envelope: object
) -> func.HttpResponse:
    """The answer to a batch of these."""
    body = {"restores": list(restores), **envelope}
    answer: func.HttpResponse = await start_batch_(
        request("POST", "/batches", body, headers=headers)
    )
    return answer


async def get(batch_id: object, headers: dict[str, str] = CALLER) -> func.HttpResponse:
    """The answer to a look at a batch."""
    path = f"/batches/{batch_id}"
    answer: func.HttpResponse = await get_batch(
        request("GET", path, headers=headers, batchId=str(batch_id))
    )
    return answer


def pointers(answer: func.HttpResponse) -> list[str]:
    """Where the faults of a problem are."""
    errors = content(answer)["errors"]
    assert isinstance(errors, list)
    return [error["pointer"] for error in errors]


async def drive(world: World, *, most: int = 200) -> None:
    """Do whatever the work queue holds, until it is empty."""
    for _ in range(most):
        if not world.storage.outbox.work:
            return
        operation_id, delay = world.storage.outbox.work.pop(0)
        world.clock.advance(delay)
        await work_on(operation_id, world.deps, WorkMessage("message", 1))
    raise AssertionError(world.storage.outbox.work)


async def test_a_batch_is_accepted_readable_and_followed_to_its_end(world: World) -> None:
    """202 with where and when to look, readable at once, 200 at the end with every restore."""
    first = await start(GOOD, {"kind": "user", "user": "nobody@contoso.com"})
    seen = await get(content(first)["id"])
    await drive(world)
    last = await get(content(first)["id"])

    body = content(first)
    link = f"https://reprieve.example/api/batches/{body['id']}"
    assert (first.status_code, first.headers["Location"]) == (202, link)
    assert first.headers["Retry-After"] == "2"
    assert (body["total"], body["counts"]) == (2, {"pending": 2})
    assert (seen.status_code, content(seen)) == (202, body)
    ended = content(last)
    assert (last.status_code, ended["status"]) == (200, "finished")
    assert ended["counts"] == {"succeeded": 1, "refused": 1}
    items = ended["items"]
    assert isinstance(items, list)
    assert [item["code"] for item in items] == ["user-restored", "user-not-found"]
    record = await world.record(items[0]["restoreId"])
    assert record.requested_by.door == "batch"
    assert items[0]["link"] == f"https://reprieve.example/api/restores/{record.id}"
    assert world.storage.unfinished.rows == {}


async def test_a_bad_item_does_not_sink_the_batch(world: World) -> None:
    """It is reported with all its faults, by pointer; the others go on."""
    bad = {"kind": "mailbx", "user": "", "callbackUrl": "https://evil.example/"}

    first = await start(GOOD, bad, "text", {**GOOD, "acceptUnknownWindow": True})
    await drive(world)
    last = content(await get(content(first)["id"]))

    items = last["items"]
    assert isinstance(items, list)
    assert last["counts"] == {"invalid": 3, "succeeded": 1}
    assert [item["code"] for item in items] == ["user-restored", *["invalid-request"] * 3]
    found = [[error["pointer"] for error in item["errors"]] for item in items]
    assert sorted(found[1]) == [f"/restores/1/{name}" for name in ("callbackUrl", "kind", "user")]
    assert found[2:] == [["/restores/2"], ["/restores/3/acceptUnknownWindow"]]
    first_items = content(first)["items"]
    assert isinstance(first_items, list)
    assert [item["errors"] for item in first_items] == [item["errors"] for item in items]
    assert items[1]["restoreId"] is None
    assert items[1]["message"]
    assert items[1]["fix"]
    assert [item["user"] for item in items] == [USER_ID, "", "", USER_ID]


async def test_an_item_says_what_came_of_it_and_which_one_it_repeats(world: World) -> None:
    """In JSON with all that its restore says, and in CSV with its columns."""
    nobody = {"kind": "user", "user": "=nobody@contoso.com"}
    first = await start(GOOD, nobody, GOOD)
    batch_id = content(first)["id"]
    await drive(world)

    items = content(await get(batch_id))["items"]
    assert isinstance(items, list)
    in_csv = await get(batch_id, CALLER | {"Accept": "text/csv"})

    assert [item["repeats"] for item in items] == [None, None, 0]
    assert items[1]["message"]
    assert items[1]["fix"]
    lines = in_csv.get_body().decode("utf-8-sig").split("\r\n")
    assert lines[0] == "index,user,status,code,message,fix,restoreId"
    assert lines[2].startswith("1,'=nobody@contoso.com,refused,user-not-found,")
    assert "Asks for the same as the item with the index 0; one of" in lines[3]


async def test_a_batch_in_csv_stands_as_it_does_in_json(world: World) -> None:
    """The same status and where and when to look again: half a result is not the whole one."""
    batch_id = content(await start(GOOD))["id"]
    wanted = CALLER | {"Accept": "text/csv", "Accept-Language": "da"}

    running, running_csv = await get(batch_id), await get(batch_id, wanted)
    await drive(world)
    ended, ended_csv = await get(batch_id), await get(batch_id, wanted)

    assert (running_csv.status_code, ended_csv.status_code) == (202, 200)
    for name in ("Location", "Retry-After", "Vary"):
        assert running_csv.headers.get(name) == running.headers.get(name)
        assert ended_csv.headers.get(name) == ended.headers.get(name)
    assert running_csv.headers["Retry-After"] == "2"
    assert ended_csv.headers["Vary"] == "Accept, Accept-Language"
    assert ended_csv.headers["Content-Language"] == "da"


async def test_a_line_of_csv_tells_the_people_that_its_name_could_mean(world: World) -> None:
    """Its fix says to use the id of one of them, and there is no column for them."""
    twin = replace(a_deleted_person(), id=TWIN_ID, deleted_at=NOW - timedelta(days=9))
    world.put(twin)
    batch_id = content(await start({"kind": "user", "user": twin.user_principal_name}))["id"]
    await drive(world)

    reader = await get(batch_id, principal("Restore.Read") | {"Accept": "text/csv"})
    owner = await get(batch_id, CALLER | {"Accept": "text/csv"})

    for answer, name in ((reader, "Megan Bowen, "), (owner, "")):
        [line] = answer.get_body().decode("utf-8-sig").splitlines()[1:]
        assert f"{name}{TWIN_ID}, deleted 2026-" in line
        assert f"{name}{USER_ID}, deleted 2026-" in line
    assert "Megan" not in owner.get_body().decode().replace("megan", "")
    assert "candidates" not in owner.get_body().decode()


async def test_a_line_of_csv_speaks_of_its_own_columns(world: World) -> None:
    """It has no `errors`, and its warnings stand in the cells that it has."""
    world.put(a_deleted_person(account_enabled=False))
    batch_id = content(await start(GOOD, {"kind": "user"}))["id"]
    await drive(world)

    items = content(await get(batch_id))["items"]
    answer = await get(batch_id, CALLER | {"Accept": "text/csv"})

    good, bad = csv.DictReader(io.StringIO(answer.get_body().decode("utf-8-sig"), newline=""))
    assert isinstance(items, list)
    assert "errors" in items[1]["fix"]
    assert "errors" not in bad["fix"]
    assert "under message" in bad["fix"]
    assert items[0]["warnings"]
    for warning in items[0]["warnings"]:
        assert f"Warning: {warning['message']}" in good["message"]
        assert warning["fix"] in good["fix"]
    assert "the warnings of this restore" in items[0]["fix"]
    assert "the warnings of this restore" not in good["fix"]


async def test_the_lines_of_a_batch_say_what_they_wait_for(world: World) -> None:
    """Its columns have no place for a wait of its own."""
    later = (world.clock.now() + timedelta(days=1)).isoformat().replace("+00:00", "Z")
    batch_id = content(await start({**GOOD, "notBefore": later}))["id"]
    for _ in range(3):
        operation_id, _ = world.storage.outbox.work.pop(0)
        await work_on(operation_id, world.deps, WorkMessage("message", 1))

    items = content(await get(batch_id))["items"]
    assert isinstance(items, list)
    [item] = items
    in_csv = (await get(batch_id, CALLER | {"Accept": "text/csv"})).get_body().decode("utf-8-sig")

    assert item["waiting"]["for"] == "schedule"
    assert item["waiting"]["message"] in in_csv
    assert item["waiting"]["fix"] in in_csv


async def test_an_invalid_item_does_not_say_that_nothing_was_begun(world: World) -> None:
    """The others were."""
    answer = content(await start(GOOD, {"kind": "user"}))

    items = answer["items"]
    assert isinstance(items, list)
    [_, invalid] = items
    assert invalid["status"] == "invalid"
    assert "the items that are valid go on" in invalid["fix"]
    assert "nothing was begun" not in invalid["fix"]
    assert len(world.storage.batches.kept) == 1


async def test_a_batch_without_a_good_item_is_refused(world: World) -> None:
    """400 with the faults of all of them; nothing is kept."""
    answer = await start({"kind": "user"}, {"user": USER_ID})

    assert answer.status_code == 400
    assert pointers(answer) == ["/restores/0/user", "/restores/1/kind"]
    assert world.storage.batches.kept == {}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({}, ["/restores"]),
        ({"restores": []}, ["/restores"]),
        ({"restores": {}}, ["/restores"]),
        ({"restores": [GOOD] * 1001}, ["/restores"]),
        ({"restores": [GOOD], "kind": "user"}, ["/kind"]),
        ({"restores": [GOOD], "idempotencyKey": 1}, ["/idempotencyKey"]),
        ([GOOD], [""]),
        (b'{"restores": [1], "restores": [2]}', ["/restores"]),
        (b"{", [""]),
        (b'{"restores": [{"kind": ' + b"[" * 100_000, [""]),
    ],
)
async def test_a_wrong_envelope_is_refused(world: World, body: object, found: list[str]) -> None:
    """400 with what is wrong with it, whatever the items are."""
    answer = await start_batch_(request("POST", "/batches", body, headers=CALLER))

    assert answer.status_code == 400
    assert pointers(answer) == found
    assert world.storage.batches.kept == {}


@pytest.mark.parametrize(
    ("items", "said"),
    [([], "must have at least one entry"), ([GOOD] * 1001, "must have at most 1000 entries")],
)
async def test_how_many_items_a_batch_takes_is_said(
    world: World, items: list[object], said: str
) -> None:
    """In our words, and with the number."""
    answer = await start_batch_(request("POST", "/batches", {"restores": items}, headers=CALLER))

    assert content(answer)["errors"] == [{"pointer": "/restores", "message": said}]
    assert world.storage.batches.kept == {}


async def test_a_batch_may_be_large_and_an_item_may_not(world: World) -> None:
    """4 MiB in all, 64 KiB each."""
    wide = {**GOOD, "reason": "x" * 70_000}

    large = await start(GOOD, wide, *[{**GOOD, "reason": "y" * 1000}] * 998)
    too_large = await start_batch_(
        request("POST", "/batches", b" " * (4 * 1024 * 1024 + 1), headers=CALLER)
    )

    items = content(large)["items"]
    assert isinstance(items, list)
    assert items[1]["errors"][0]["pointer"] == "/restores/1"
    assert content(large)["counts"] == {"pending": 999, "invalid": 1}
    assert (too_large.status_code, content(too_large)["code"]) == (413, "body-too-large")
    assert len(world.storage.batches.kept) == 1


@pytest.mark.parametrize("depth", [33, 900, 5_000])
@pytest.mark.usefixtures("world")
async def test_an_item_without_a_bottom_is_bad(depth: int) -> None:
    """However deep the parser goes, the other items go on, or the whole is refused as no JSON."""
    deep = b"[" * depth + b"]" * depth
    good = json.dumps(GOOD).encode()
    body = b'{"restores": [' + good + b', {"kind": "user", "user": ' + deep + b"}]}"

    answer = await start_batch_(request("POST", "/batches", body, headers=CALLER))

    assert answer.status_code in {202, 400}
    if answer.status_code == 202:
        items = content(answer)["items"]
        assert isinstance(items, list)
        assert items[1]["errors"][0]["pointer"].startswith("/restores/1")


@pytest.mark.usefixtures("world")
async def test_an_envelope_is_as_small_as_a_request() -> None:
    """The 4 MiB are for the items."""
    long = await start(GOOD, surprise="x" * 70_000)
    many = await start(GOOD, surprise=[[]] * 3_000)

    assert (long.status_code, content(long)["code"]) == (413, "body-too-large")
    assert (many.status_code, content(many)["code"]) == (400, "invalid-request")


async def test_a_batch_has_forty_thousand_values(world: World) -> None:
    """Itself and its list, 1,000 items of 39 and 998 more; with another one nothing is begun."""
    few = {**GOOD, "license": {"skuIds": [ENTERPRISEPACK_ID] * 34}}
    many = [{**GOOD, "license": {"skuIds": [ENTERPRISEPACK_ID] * (34 + n)}} for n in (998, 999)]

    taken = await start(*[few] * 999, many[0])
    refused = await start(*[few] * 999, many[1])

    assert taken.status_code == 202
    assert content(taken)["counts"] == {"pending": 1000}
    assert (refused.status_code, pointers(refused)) == (400, [""])
    assert len(world.storage.batches.kept) == 1


async def test_one_key_is_one_batch(world: World) -> None:
    """The same batch again is the same, before and after its end; another one is 409."""
    first = await start(GOOD, idempotencyKey="k")
    again = await start(GOOD, headers={**CALLER, "idempotency-key": "k"})
    await drive(world)
    later = await start(GOOD, idempotencyKey="k")
    other = await start({**GOOD, "kind": "mailbox"}, idempotencyKey="k")

    assert content(first)["id"] == content(again)["id"] == content(later)["id"]
    assert [first.status_code, again.status_code, later.status_code] == [202, 202, 200]
    assert (other.status_code, content(other)["code"]) == (409, "key-reused")
    assert len(world.storage.ledger.records) == 1


async def test_without_a_key_an_equal_batch_joins(world: World) -> None:
    """For fifteen minutes, as a restore does; an empty key counts as left out."""
    first = await start(GOOD)
    again = await start(GOOD)
    empty = await start(GOOD, headers={**CALLER, "idempotency-key": ""})
    other = await start(GOOD, GOOD)

    assert content(first)["id"] == content(again)["id"] == content(empty)["id"]
    assert content(other)["id"] != content(first)["id"]
    assert len(world.storage.batches.kept) == 2


async def test_an_items_own_key_is_honoured(world: World) -> None:
    """The same key is the same restore through either door; another request under it is told."""
    keyed = {**GOOD, "idempotencyKey": "mine"}
    single = content(await start_restore(request("POST", "/r", keyed, headers=CALLER)))

    batch = await start(keyed, {**GOOD, "kind": "mailbox", "idempotencyKey": "mine"}, GOOD)
    reused = await start({**keyed, "ticket": "other"})
    await drive(world)

    last, wrong = (
        content(await get(content(batch)["id"])),
        content(await get(content(reused)["id"])),
    )
    items, others = last["items"], wrong["items"]
    assert isinstance(items, list)
    assert isinstance(others, list)
    assert items[0]["restoreId"] == single["id"]
    assert items[1]["errors"][0]["pointer"] == "/restores/1/idempotencyKey"
    assert items[2]["restoreId"] not in {None, single["id"]}
    assert (others[0]["status"], others[0]["code"]) == ("invalid", "key-reused")
    assert others[0]["errors"][0]["pointer"] == "/restores/0/idempotencyKey"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (CALLER, 202),
        (principal("Restore.Request", oid="other"), 404),
        (principal("Restore.Read", oid="other"), 202),
        (principal("Restore.Admin", oid="other"), 403),
    ],
    ids=["own", "another's", "reader", "no role"],
)
@pytest.mark.usefixtures("world")
async def test_who_may_see_a_batch(headers: dict[str, str], status: int) -> None:
    """A requester its own, a reader any."""
    batch = await start(GOOD)

    answer = await get(content(batch)["id"], headers)

    assert answer.status_code == status


@pytest.mark.usefixtures("world")
async def test_starting_takes_the_role_of_a_restore() -> None:
    """403 that names it."""
    answer = await start(GOOD, headers=principal("Restore.Read"))

    assert (answer.status_code, content(answer)["code"]) == (403, "role-missing")


@pytest.mark.parametrize("batch_id", ["", "0" * 32, "../x", "b-" + "0" * 32])
@pytest.mark.usefixtures("world")
async def test_what_is_not_there_is_404(batch_id: str) -> None:
    """Whatever the id looks like."""
    answer = await get(batch_id)

    assert (answer.status_code, content(answer)["code"]) == (404, "batch-not-found")


@pytest.mark.usefixtures("world")
async def test_a_secret_of_an_item_is_not_shown() -> None:
    """Neither a good item's URL nor a bad one's."""
    url = "https://prod-1.logic.azure.com/1?sig=s3cret"

    answer = await start({**GOOD, "callbackUrl": url}, {"callbackUrl": f"{url}\x00", "kind": "x"})

    assert "s3cret" not in json.dumps(content(answer))


async def sent(body: bytes, kind: str, **headers: str) -> func.HttpResponse:
    """The answer to a batch in a file of this kind."""
    given = {**CALLER, "content-type": kind, **headers}
    answer: func.HttpResponse = await start_batch_(request("POST", "/batches", body, headers=given))
    return answer


async def test_a_batch_may_come_as_a_file(world: World) -> None:
    """CSV with its key in the header; the same file is the same batch, a bad row is invalid."""
    body = f"user;kind\n{USER_ID};user\n{USER_ID};usr\n".encode()
    kind = "text/csv; charset=utf-8"

    first = await sent(body, kind, **{"idempotency-key": "leavers"})
    again = await sent(body, kind, **{"idempotency-key": "leavers"})
    other = await sent(body + b"x\n", kind, **{"idempotency-key": "leavers"})
    await drive(world)
    last = content(await get(content(first)["id"]))

    assert (first.status_code, again.status_code) == (202, 202)
    assert content(first)["id"] == content(again)["id"]
    assert (other.status_code, content(other)["code"]) == (409, "key-reused")
    assert last["counts"] == {"succeeded": 1, "invalid": 1}
    items = last["items"]
    assert isinstance(items, list)
    assert items[1]["errors"] == [
        {
            "pointer": "/restores/1/kind",
            "message": "line 3, column 2 (kind): must be one of: mailbox, user, license",
        }
    ]


async def test_a_file_with_a_bad_header_begins_nothing(world: World) -> None:
    """400 that says what to do, in the reader's language."""
    english = await sent(b"name,kind\nx,user\n", "text/csv")
    danish = await sent(b"name,kind\nx,user\n", "text/csv", **{"accept-language": "da"})

    assert (english.status_code, content(english)["code"]) == (400, "invalid-request")
    assert "user" in str(content(english)["errors"])
    assert "linje 1, kolonne 1 (name)" in str(content(danish)["errors"])
    assert world.storage.batches.kept == {}


@pytest.mark.usefixtures("world")
async def test_a_file_that_is_not_said_to_be_csv_is_told_how_to_say_so() -> None:
    """400: whoever forgets the header sends a file as JSON."""
    answer = await sent(b"user\nx\n", "application/json")

    assert (answer.status_code, content(answer)["code"]) == (400, "invalid-request")
    assert "Content-Type: text/csv" in str(content(answer)["detail"])


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "text/csv-schema"])
@pytest.mark.usefixtures("world")
async def test_a_file_of_another_kind_is_not_read(kind: str) -> None:
    """415 that names both kinds that are taken."""
    answer = await sent(b"user\nx\n", kind)

    assert (answer.status_code, content(answer)["code"]) == (415, "wrong-content-type")
    assert "text/csv" in str(content(answer)["fix"])
    assert "application/json" in str(content(answer)["fix"])


@pytest.mark.parametrize(
    ("kind", "said", "fix"),
    [
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "Excel workbook",
            "CSV UTF-8",
        ),
        ("multipart/form-data; boundary=x", "form with a file", "--data-binary @"),
    ],
)
@pytest.mark.usefixtures("world")
async def test_a_list_that_came_as_something_else_is_told_how_to_come(
    kind: str, said: str, fix: str
) -> None:
    """415 that says what to do with a workbook, and with a file that was put into a form."""
    answer = content(await sent(b"PK", kind))

    assert (answer["code"], said in str(answer["detail"])) == ("wrong-content-type", True)
    assert fix in str(answer["fix"])
    assert "Content-Type: text/csv" in str(answer["fix"])
