"""The imitation of the platform's sign-in: who is named to the app, and how one gets in and out."""

import base64
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from infra.local.host.web.easy_auth import PEOPLE, EasyAuth

ADA, DIRK = PEOPLE[:2]
HEADER = "X-MS-CLIENT-PRINCIPAL"
COOKIE = "AppServiceAuthSession"
BROWSER = {"Sec-Fetch-Mode": "cors"}

type Client = TestClient[web.Request, web.Application]


def application(platform: EasyAuth) -> web.Application:
    """The platform before an app that answers who it is told."""

    async def told(request: web.Request) -> web.Response:
        given = [value for name, value in platform.headers(request) if name == HEADER]
        return web.json_response(given)

    app = web.Application()
    app.router.add_routes([*platform.routes(), web.get("/api/me", told)])
    return app


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    """Give a caller of an app behind a platform that trusts whoever is no browser."""
    async with TestClient(TestServer(application(EasyAuth(ADA)))) as made:
        yield made


async def who(client: Client, headers: dict[str, str]) -> object:
    """The object id that the app is told, or None."""
    found = await (await client.get("/api/me", headers=headers)).json()
    if not found:
        return None
    claims = json.loads(base64.b64decode(found[0]))["claims"]
    return next(it["val"] for it in claims if it["typ"] == "oid")


async def sign_in(client: Client, back: str = "/api/desk") -> str:
    """Where one is sent after signing in as Dirk."""
    query = {"as": DIRK.id, "post_login_redirect_uri": back}
    answer = await client.get("/.auth/login/aad", params=query, allow_redirects=False)
    return answer.headers["Location"]


async def test_a_browser_is_nobody_until_it_signs_in(client: Client) -> None:
    """And again after signing out; the session is the cookie's and nobody else's."""
    before = await who(client, BROWSER)
    back = await sign_in(client)
    during = await who(client, BROWSER)
    listed = await (await client.get("/.auth/me")).json()
    await client.get("/.auth/logout", allow_redirects=False)
    after = await who(client, BROWSER)

    assert (before, during, after) == (None, DIRK.id, None)
    assert back == "/api/desk"
    assert listed[0]["user_id"] == DIRK.user_name
    assert (await client.get("/.auth/me")).status == 401


async def test_a_session_is_stronger_than_a_header(client: Client) -> None:
    """As in Azure, where nobody can name themselves."""
    await sign_in(client)

    assert await who(client, {HEADER: ADA.header}) == DIRK.id


async def test_a_program_is_whom_it_names_or_else_trusted(client: Client) -> None:
    """A made-up cookie is no session; a page by another name of this address is not trusted."""
    assert await who(client, {}) == ADA.id
    assert await who(client, {HEADER: DIRK.header}) == DIRK.id
    assert await who(client, BROWSER | {"Cookie": f"{COOKIE}=guessed"}) is None
    assert await who(client, {"Host": "evil.example"}) is None


async def test_without_trust_a_program_is_nobody() -> None:
    """As with AUTH_MODE=entra in the shell."""
    async with TestClient(TestServer(application(EasyAuth()))) as client:
        assert await who(client, {}) is None


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil", ""])
async def test_one_is_sent_back_to_this_app_alone(client: Client, back: str) -> None:
    """Whatever the address says."""
    assert await sign_in(client, back) == "/"


async def test_the_page_names_everybody_and_runs_nothing(client: Client) -> None:
    """Whatever stands in the address is text in it."""
    query = {"post_login_redirect_uri": '/"><script>1</script>'}
    page = await (await client.get("/.auth/login/aad", params=query)).text()

    assert all(person.name in page for person in PEOPLE)
    assert "<script>" not in page
