"""Test the local host over HTTP, and what keeps it from starting."""

import io
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from infra.local.landscape import Azurite, ChildDiedError, Host, start_host
from tests.contract.host_bench import ENVIRONMENT, KEY, new_bench, said
from tests.waiting import eventually


@pytest.fixture(scope="module")
def web_host(azurite: Azurite) -> Iterator[Host]:
    """Give one running host to all tests that only ask it over HTTP."""
    with new_bench(azurite).start() as running:
        yield running


@pytest.fixture
async def http(web_host: Host) -> AsyncIterator[aiohttp.ClientSession]:
    """Give a client of the host that answers over HTTP."""
    async with aiohttp.ClientSession(web_host.url) as session:
        yield session


async def test_http_request_arrives_whole(http: aiohttp.ClientSession) -> None:
    """Method, decoded route value, query, header and body reach the function."""
    url = "/api/items/a%20b?q=1&q=2&empty="

    async with http.post(url, data=b"x" * 3, headers={"X-Test": "yes"}) as answer:
        seen = json.loads(await answer.text())

    expected = {"function": "Echo", "method": "POST", "id": "a b", "query": {"q": "1,2"}}
    assert expected | {"header": "yes", "bytes": 3} == seen
    assert answer.status == 202
    assert answer.headers["Location"] == "/elsewhere"
    assert answer.cookies["a"].value == "1"


@pytest.mark.parametrize(
    ("encoded", "arrives"),
    [("a%0Ab", "a\nb"), ("%0D%0A", "\r\n"), ("%C2%85", "\x85"), ("a%2Fb", "a%2Fb"), ("%00", "\0")],
)
async def test_any_character_may_stand_in_a_segment(
    http: aiohttp.ClientSession, web_host: Host, encoded: str, arrives: str
) -> None:
    """A segment reaches the function whatever is encoded in it, line breaks included."""
    url = URL(f"{web_host.url}/api/items/{encoded}", encoded=True)

    async with http.get(url) as answer:
        seen = json.loads(await answer.text())

    assert seen["id"] == arrives


@pytest.mark.parametrize(("method", "path"), [("PUT", "/api/items/1"), ("GET", "/api/none")])
async def test_unknown_route_or_method_is_404(
    http: aiohttp.ClientSession, method: str, path: str
) -> None:
    """A path or a method without a function is not found."""
    async with http.request(method, path) as answer:
        assert answer.status == 404


async def test_nothing_is_at_an_address_without_a_function(http: aiohttp.ClientSession) -> None:
    """Outside the app's routes, too: 404 without a body."""
    for path in ("/api", "/nothing", "/index.html"):
        async with http.get(path) as answer:
            assert (answer.status, await answer.read()) == (404, b""), path


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_the_root_says_that_the_app_is_up(http: aiohttp.ClientSession, method: str) -> None:
    """It is the host's own page, with no key."""
    async with http.request(method, "/") as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
        assert "up and running" in await answer.text()


async def test_a_setting_takes_the_page_of_the_root_away(azurite: Azurite) -> None:
    """Then it answers with nothing."""
    with new_bench(azurite).start(AzureWebJobsDisableHomepage="true") as host:
        async with aiohttp.ClientSession(host.url) as http, http.get("/") as answer:
            assert (answer.status, await answer.read()) == (204, b"")


async def test_key_is_asked_for_by_function_level_only(http: aiohttp.ClientSession) -> None:
    """A FUNCTION route takes the key from the header or the query, and is 401 without it."""
    ways = [({}, ""), ({}, "?code=wrong"), ({}, f"?code={KEY}"), ({"x-functions-key": KEY}, "")]
    statuses = []
    for headers, query in ways:
        async with http.post(f"/api/guarded{query}", data=b"", headers=headers) as answer:
            statuses.append(answer.status)

    assert statuses == [401, 401, 200, 200]


async def test_big_body_reaches_the_function(http: aiohttp.ClientSession) -> None:
    """A body far over the app's own limit is the app's to refuse."""
    async with http.post("/api/items/1", data=io.BytesIO(b"x" * 5_000_000)) as answer:
        seen = json.loads(await answer.text())

    assert seen["bytes"] == 5_000_000


async def test_exception_is_500_without_body(web_host: Host, http: aiohttp.ClientSession) -> None:
    """An exception of a function shows in the log and not in the answer, which is empty."""
    async with http.get("/api/broken") as answer:
        assert (answer.status, await answer.text()) == (500, "")

    lines = ("RuntimeError", "Executed 'Functions.Broken' (Failed")
    await eventually(lambda: said(web_host, *lines))


async def test_admin_tells_state_and_functions(http: aiohttp.ClientSession) -> None:
    """The admin routes ask for the key, and list a function that cannot start with its fault."""
    async with http.get("/admin/host/status") as refused:
        assert refused.status == 401
    async with http.get("/admin/host/status", headers={"x-functions-key": KEY}) as answer:
        assert await answer.json() == {"state": "Running"}
    async with http.get("/admin/functions", headers={"x-functions-key": KEY}) as answer:
        listed = {each["name"]: each["error"] for each in await answer.json()}

    assert listed["Work"] is None
    assert listed["Nowhere"] == "'%NOT_SET%' does not resolve to a value."


async def test_output_binding_writes_what_the_trigger_reads(
    web_host: Host, http: aiohttp.ClientSession
) -> None:
    """What a function puts out by binding arrives in the encoding of host.json."""
    async with http.post("/api/enqueue", data='{"do": "ok", "name": "bound"}') as answer:
        assert answer.status == 200

    await eventually(lambda: said(web_host, "done with bound"))


def test_taken_port_ends_the_host(web_host: Host, azurite: Azurite) -> None:
    """A second host on the same port says so and exits with 2."""
    with pytest.raises(ChildDiedError, match="cannot listen on port") as caught:
        new_bench(azurite).start(port=int(web_host.url.rsplit(":", 1)[1]))
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("import nothing_of_this_name\n", "nothing_of_this_name"),
        ("", "function app"),
        ("import azure.functions as f\napp = f.FunctionApp()\n", "No job functions found"),
    ],
)
def test_app_that_cannot_be_indexed_ends_the_host(tmp_path: Path, source: str, text: str) -> None:
    """An import fault, or an app without functions, is told in the worker's words, exit 3."""
    (tmp_path / "host.json").write_text('{"version": "2.0"}')
    (tmp_path / "function_app.py").write_text(source)

    with pytest.raises(ChildDiedError, match=text) as caught:
        start_host(tmp_path, ENVIRONMENT)
    assert caught.value.exit_code == 3
