"""The journal and the list of restores over HTTP: as JSON and as CSV, a page at a time."""

import csv
import io
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import azure.functions as func

from functions.http.restores.journals import get_journal
from functions.http.restores.list_restores import list_restores_
from functions.http.restores.start_and_read import start_restore
from shared.bootstrap import root
from shared.domain.values.json_values import instant
from tests.builders import USER_ID, a_request
from tests.unit.functions.doors import WorldRoot, content, principal, request, serving
from tests.unit.world.world import World

READER = principal("Restore.Read", oid="reader")
OWNER_ID = "6fd2c87f-b296-42f0-b197-1e91e994b900"
OWNER = principal("Restore.Request", oid=OWNER_ID)
CSV = {"Accept": "text/csv"}


async def asked(
    restore_id: str, headers: dict[str, str] = READER, **params: str
) -> func.HttpResponse:
    """The answer to a look at a journal."""
    path = f"/restores/{restore_id}/journal"
    made = request("GET", path, headers=headers, restoreId=restore_id)
    answer: func.HttpResponse = await get_journal(
        func.HttpRequest(
            "GET",
            made.url,
            headers=made.headers,
            params=params,
            route_params=dict(made.route_params),
            body=b"",
        )
    )
    return answer


async def listed(params: dict[str, str] | None = None, *, accept: str = "*/*") -> func.HttpResponse:
    """The answer to a list of restores."""
    headers = READER | {"Accept": accept}
    url = "https://reprieve.example/api/restores"
    answer: func.HttpResponse = await list_restores_(
        func.HttpRequest("GET", url, headers=headers, params=params or {}, body=b"")
    )
    return answer


def rows_of(answer: func.HttpResponse) -> list[dict[str, object]]:
    """The rows of a page."""
    value = content(answer)["value"]
    assert isinstance(value, list)
    return value


def lines_of(answer: func.HttpResponse) -> list[dict[str, str]]:
    """The lines of a page in CSV."""
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.get_body().decode("utf-8-sig"), newline="")))


async def test_the_journal_says_what_was_done_and_by_whom(rooted: World) -> None:
    """Every entry with all its fields, oldest first, and each with its attempt."""
    record = await rooted.restore(a_request(user="nobody@contoso.com"))

    rows = rows_of(await asked(record.id))

    assert [row["what"] for row in rows][:2] == ["accepted", "claimed"]
    assert set(rows[0]) == {
        "at",
        "attempt",
        "what",
        "step",
        "by",
        "evidence",
        "graphRequestId",
        "detail",
        "hash",
        "previousHash",
    }
    assert {row["attempt"] for row in rows} == {1}


async def test_the_journal_is_a_chain_and_says_on_which_evidence(rooted: World) -> None:
    """Each entry carries the hash of the one before; a decision says what it rests on."""
    record = await rooted.restore(a_request())

    rows = rows_of(await asked(record.id))

    hashes = [row["hash"] for row in rows]
    assert all(isinstance(one, str) and len(one) == 64 for one in hashes)
    assert [row["previousHash"] for row in rows] == [None, *hashes[:-1]]
    assert record.window is not None
    rests_on = {row["what"]: row["evidence"] for row in rows}
    assert rests_on["planned"] == rests_on["settled"] == record.window.evidence.value
    assert rests_on["accepted"] is rests_on["claimed"] is None


async def test_the_journal_is_read_in_pages(rooted: World) -> None:
    """From link to link, to the same entries; in CSV by the header Link."""
    record = await rooted.restore(a_request(user="nobody@contoso.com"))
    whole = rows_of(await asked(record.id))

    first = await asked(record.id, top="2")
    more = dict(parse_qsl(urlsplit(str(content(first)["nextLink"])).query))
    rest = rows_of(await asked(record.id, top="999", skipToken=more["skipToken"]))
    in_csv = await asked(record.id, READER | CSV, top="2")

    assert rows_of(first) + rest == whole
    assert [line["what"] for line in lines_of(in_csv)] == [row["what"] for row in whole[:2]]
    assert in_csv.headers["Link"].endswith('>; rel="next"')
    assert (await asked(record.id, top="0", skipToken="x")).status_code == 400


async def test_a_journal_is_its_owners_and_the_readers(rooted: World) -> None:
    """Whoever may not read the restore is not told that it exists."""
    order = {"kind": "user", "user": USER_ID}
    started = await start_restore(request("POST", "/restores", order, headers=OWNER))
    restore_id = str(content(started)["id"])

    assert (await asked(restore_id, OWNER)).status_code == 200
    stranger = await asked(restore_id, principal("Restore.Request", oid="stranger"))
    assert content(stranger)["code"] == "restore-not-found"
    assert rooted.storage.outbox.work != []


async def test_a_list_is_narrowed_by_who_asked_and_when(rooted: World) -> None:
    """`from` is inclusive, `to` exclusive."""
    order = {"kind": "user", "user": USER_ID, "idempotencyKey": "1"}
    await start_restore(request("POST", "/restores", order, headers=OWNER))
    at = rooted.clock.now()
    rooted.clock.advance(timedelta(days=2))
    later = rooted.clock.now()
    other = {**order, "idempotencyKey": "2"}
    await start_restore(
        request("POST", "/restores", other, headers=principal("Restore.Request", oid="other"))
    )

    assert len(rows_of(await listed())) == 2
    (mine,) = rows_of(await listed({"requestedBy": OWNER_ID}))
    (line,) = lines_of(await listed({"requestedBy": OWNER_ID}, accept="text/csv"))
    assert rows_of(await listed({"requestedBy": line["requestedBy"]})) == [mine]
    assert mine["createdAt"] == instant(at)
    (since,) = rows_of(await listed({"from": instant(later)}))
    (until,) = rows_of(await listed({"to": instant(later)}))
    assert (since["createdAt"], until["createdAt"]) == (instant(later), instant(at))
    assert rows_of(await listed({"batch": "0" * 32})) == []
    wrong = await listed({"to": "2026-11-22", "from": "yesterday"})
    assert wrong.status_code == 400


async def test_a_list_is_had_as_csv(rooted: World) -> None:
    """Its columns, the outcome in words, and the next page in the header."""
    for number in ("1", "2"):
        await rooted.restore(a_request(user="=nobody@contoso.com", idempotency_key=number))

    page = await listed({"top": "1"}, accept="text/csv")

    (line,) = lines_of(page)
    assert list(line)[:7] == ["id", "createdAt", "kind", "status", "user", "userId", "code"]
    assert (line["user"], line["code"]) == ("'=nobody@contoso.com", "user-not-found")
    assert "skipToken=" in page.headers["Link"]


async def test_csv_says_its_language_and_what_it_depends_on(rooted: World) -> None:
    """As JSON does: a cache must not hand a Danish file to whoever reads English."""
    record = await rooted.restore(a_request(user="nobody@contoso.com"))

    for answer in (
        await asked(record.id, READER | CSV | {"Accept-Language": "da"}),
        await listed(accept="text/csv"),
        await asked(record.id, READER),
        await listed(),
    ):
        assert answer.headers["Vary"] == "Accept, Accept-Language"
        assert answer.headers["Content-Language"] in {"da", "en"}
    in_danish = await asked(record.id, READER | CSV | {"Accept-Language": "da"})
    assert in_danish.headers["Content-Language"] == "da"


async def test_links_lead_to_the_gateway(rooted: World) -> None:
    """PUBLIC_BASE_URL stands in Location and nextLink."""

    class BehindGateway(WorldRoot):
        public_base_url = "https://gateway.example"

    order = {"kind": "user", "user": USER_ID}
    with serving(BehindGateway(rooted)):
        assert root().public_base_url == "https://gateway.example"
        answer = await start_restore(request("POST", "/restores?code=secret", order, headers=OWNER))

    location = f"https://gateway.example/api/restores/{content(answer)['id']}"
    assert answer.headers["Location"] == location
