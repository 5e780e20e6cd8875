"""Test that our way of sending a transaction says what the SDK's would, of answers good and odd."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from http import HTTPStatus

import pytest
from aiohttp import web
from azure.core.exceptions import HttpResponseError
from azure.data.tables.aio import TableClient

from infra.local.landscape import Azurite
from shared.errors import StorageRefusedError, StorageUnavailableError
from shared.ledger.tables.faults import RowState, RowStateError
from shared.ledger.tables.rows import Rows, creating, deleting, removing, replacing
from shared.ledger.tables.table_client import LeanTableClient
from tests.contract.ledger.storages import an_id
from tests.doubles.listening import listening

KEY = "bWFkZS11cA=="

ONE_DONE = (
    "--batchresponse_a\r\nContent-Type: multipart/mixed; boundary=changesetresponse_b\r\n\r\n"
    "--changesetresponse_b\r\nContent-Type: application/http\r\n"
    'Content-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 204 No Content\r\nETag: W/"1"\r\n\r\n\r\n'
    "--changesetresponse_b--\r\n--batchresponse_a--\r\n"
)

ONE_REFUSED = ONE_DONE.replace(
    'HTTP/1.1 204 No Content\r\nETag: W/"1"\r\n\r\n',
    "HTTP/1.1 412 Precondition Failed\r\nContent-Type: application/json\r\n\r\n"
    '{"odata.error":{"code":"UpdateConditionNotSatisfied","message":{"value":"0:HTTP/1.1 204"}}}',
)


@pytest.fixture
async def table(azurite: Azurite) -> AsyncIterator[TableClient]:
    """Give a table of this test's own."""
    name = f"batches{an_id()[:16]}"
    text = azurite.connection_string
    async with LeanTableClient.from_connection_string(text, name, retry_total=0) as client:
        await client.create_table()
        yield client
        await client.delete_table()


@pytest.fixture
async def answered() -> AsyncIterator[Callable[[int, str], Awaitable[Rows]]]:
    """Give rows of a storage account that answers each transaction with this status and body."""
    open_ = AsyncExitStack()

    async def rows(status: int, body: str) -> Rows:
        async def answer(request: web.Request) -> web.Response:
            await request.read()
            return web.Response(status=status, body=body.encode())

        app = web.Application()
        app.router.add_route("*", "/{path:.*}", answer)
        at = f"http://127.0.0.1:{await open_.enter_async_context(listening(app))}/made-up"
        text = f"AccountName=made-up;AccountKey={KEY};TableEndpoint={at};"
        client = LeanTableClient.from_connection_string(text, "some", retry_total=0)
        return Rows(await open_.enter_async_context(client))

    async with open_:
        yield rows


def row(name: str, **properties: object) -> dict[str, object]:
    """A row of the one partition."""
    return {"PartitionKey": "Zoë's", "RowKey": name, **properties}


async def test_each_operation_is_answered_with_the_etag_that_the_row_has(
    table: TableClient,
) -> None:
    """In the order in which they were sent; what was deleted has none."""
    rows = Rows(table)
    made = await rows.submit([creating(row("a", text="é\r\n--changeset")), creating(row("b"))])
    changed = await rows.submit(
        [replacing(row("b", text="new"), str(made[1]["etag"])), removing("Zoë's", "a", "*")]
    )

    stored = await rows.get("Zoë's", "b")
    assert stored is not None
    assert changed == [{"etag": stored.metadata["etag"]}, {}]
    assert made[1] != changed[0]
    assert await rows.get("Zoë's", "a") is None


async def test_text_of_any_kind_comes_back_as_it_was(table: TableClient) -> None:
    """Also one that looks like the end of a part."""
    text = 'é\r\n--changeset_x--\r\nHTTP/1.1 500 No\r\n\r\n\U0001f600"'
    rows = Rows(table)
    await rows.submit([creating(row("a", text=text)), creating(row("b", text=text))])

    both = [await rows.get("Zoë's", name) for name in ("a", "b")]
    assert [one and one["text"] for one in both] == [text, text]


async def test_a_refused_operation_is_told_and_nothing_is_written(table: TableClient) -> None:
    """By the state of its row, as it is of an operation alone."""
    rows = Rows(table)
    await rows.submit([creating(row("a"))])
    refused = {
        RowState.PRESENT: creating(row("a")),
        RowState.CHANGED: replacing(row("a"), 'W/"other"'),
        RowState.ABSENT: removing("Zoë's", "gone", "*"),
    }
    for state, operation in refused.items():
        with pytest.raises(RowStateError) as raised:
            await rows.submit([creating(row(f"new-{state.name}")), operation])
        assert raised.value.state is state
        assert await rows.get("Zoë's", f"new-{state.name}") is None


async def test_a_hundred_operations_are_one_transaction(table: TableClient) -> None:
    """As many as storage takes."""
    rows = Rows(table)
    answers = await rows.submit([creating(row(f"{number:03}")) for number in range(100)])

    stored = [
        one async for page in rows.pages("PartitionKey eq @p", {"p": "Zoë's"}) for one in page
    ]
    assert [one.metadata["etag"] for one in stored] == [one["etag"] for one in answers]
    await rows.submit([deleting(one, unchanged=True) for one in stored])
    assert await rows.get("Zoë's", "000") is None


async def test_the_sdk_reads_the_same(table: TableClient, azurite: Azurite) -> None:
    """The same refusal, sent by the SDK's own client and by ours."""
    text = azurite.connection_string
    told = []
    async with TableClient.from_connection_string(text, table.table_name) as plain:
        for client in (plain, table):
            with pytest.raises(HttpResponseError) as raised:
                await client.submit_transaction([("create", row("a")), ("create", row("a"))])
            told.append((raised.value.status_code, str(getattr(raised.value, "error_code", ""))))

    assert told[0][0] == told[1][0]
    assert told[1][1] in told[0][1]


async def test_answer_to_one_operation_is_read(
    answered: Callable[[int, str], Awaitable[Rows]],
) -> None:
    """The made-up answers below are of the right form."""
    rows = await answered(HTTPStatus.ACCEPTED, ONE_DONE)

    assert await rows.submit([creating(row("a"))]) == [{"etag": 'W/"1"'}]


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (202, ONE_REFUSED, RowStateError),
        (202, ONE_DONE.replace("204 No Content", "503 Busy"), StorageUnavailableError),
        (202, ONE_DONE.replace("204 No Content", "400 Bad"), StorageRefusedError),
        (202, "", StorageUnavailableError),
        (202, "nothing of this kind", StorageUnavailableError),
        (202, ONE_DONE.partition("HTTP/1.1")[0], StorageUnavailableError),
        (202, ONE_DONE.replace("HTTP/1.1 204", "HTTP/1.1 many"), StorageUnavailableError),
        (202, ONE_DONE.replace("changesetresponse_b--", "other"), StorageUnavailableError),
        (403, "", StorageUnavailableError),
        (413, "", StorageRefusedError),
        (500, "no", StorageUnavailableError),
    ],
)
async def test_other_answers_are_told_for_what_they_are(
    answered: Callable[[int, str], Awaitable[Rows]],
    status: int,
    body: str,
    expected: type[Exception],
) -> None:
    """What cannot be read is never taken for done."""
    rows = await answered(status, body)

    with pytest.raises(expected):
        await rows.submit([creating(row("a"))])


async def test_fewer_answers_than_operations_are_not_taken_for_done(
    answered: Callable[[int, str], Awaitable[Rows]],
) -> None:
    """Both may have been written, or none."""
    rows = await answered(HTTPStatus.ACCEPTED, ONE_DONE)

    with pytest.raises(StorageUnavailableError):
        await rows.submit([creating(row("a")), creating(row("b"))])


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", '{"value": 1}', '{"value": [1]}', '{"value": [[]]}', '{"value": ["x"]}'],
)
async def test_a_page_that_is_none_is_no_answer(
    answered: Callable[[int, str], Awaitable[Rows]], body: str
) -> None:
    """An empty list would say that there is nothing."""
    rows = await answered(HTTPStatus.OK, body)

    with pytest.raises(StorageUnavailableError):
        await anext(rows.pages("PartitionKey eq @p", {"p": "any"}))


@pytest.mark.parametrize("status", [HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.FORBIDDEN])
async def test_a_page_that_is_refused_is_no_answer(
    answered: Callable[[int, str], Awaitable[Rows]], status: HTTPStatus
) -> None:
    """Even one that reads like a page."""
    rows = await answered(status, '{"value": []}')

    with pytest.raises(StorageUnavailableError):
        await anext(rows.pages("PartitionKey eq @p", {"p": "any"}))
