"""The managed identity, its tokens, and the process that serves them."""

import asyncio
import base64
import json
import signal
import sys
from datetime import UTC, datetime

import aiohttp
import pytest
from azure.core.exceptions import ClientAuthenticationError
from azure.identity.aio import ManagedIdentityCredential

from tests.unit.local_graph.caller import EMMA, HANNA, Caller

SCOPE = "https://graph.microsoft.com/.default"


async def test_microsofts_credential_gets_its_token(
    graph: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ManagedIdentityCredential works through IDENTITY_ENDPOINT, and its token opens Graph."""
    monkeypatch.setenv("IDENTITY_ENDPOINT", f"{graph.origin}/msi/token")
    monkeypatch.setenv("IDENTITY_HEADER", "made-up")
    async with ManagedIdentityCredential(client_id=HANNA) as credential:
        token = await credential.get_token(SCOPE)

    graph.token = token.token
    assert token.expires_on > datetime.now(UTC).timestamp()  # noqa: TID251 - the client's clock
    assert (await graph.get(f"/users/{HANNA}")).status == 200


async def test_the_identity_can_fail(graph: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault on /msi/token is what the credential sees."""
    monkeypatch.setenv("IDENTITY_ENDPOINT", f"{graph.origin}/msi/token")
    monkeypatch.setenv("IDENTITY_HEADER", "made-up")
    await graph.control("POST", "/faults", [{"path": "/msi/token", "status": 400}])
    async with ManagedIdentityCredential() as credential:
        with pytest.raises(ClientAuthenticationError):
            await credential.get_token(SCOPE)


@pytest.mark.parametrize(
    ("query", "header", "status"),
    [
        ("api-version=2019-08-01&resource=r", None, 401),
        ("api-version=2019-08-01", "x", 400),
        ("api-version=2017-09-01&resource=r", "x", 400),
    ],
)
async def test_the_identity_endpoint_is_strict(
    graph: Caller, query: str, header: str | None, status: int
) -> None:
    """Header, version and resource are required."""
    headers = {"X-IDENTITY-HEADER": header} if header else {}

    answer = await graph.client.get(f"/msi/token?{query}", headers=headers)

    assert answer.status == status


@pytest.mark.parametrize("life", [86400, -1])
async def test_only_a_live_token_for_graph_opens_it(graph: Caller, life: int) -> None:
    """No token, garbage, another audience and an expired token are 401."""
    await graph.switch(tokenLifetimeSeconds=life)
    query = "api-version=2019-08-01&resource=https://vault.azure.net"
    other = await graph.client.get(f"/msi/token?{query}", headers={"X-IDENTITY-HEADER": "x"})
    await graph.sign_in()
    good = graph.token

    statuses = []
    for token in ("", "a.b.c", (await other.json())["access_token"], good):
        graph.token = token
        statuses.append((await graph.get("/users")).status)

    assert statuses == [401, 401, 401, 200 if life > 0 else 401]


async def test_roles_can_follow_the_token(graph: Caller) -> None:
    """As in Azure, a new role can be made to wait for the next token."""
    await graph.switch(tokenRolesAtOnce=False, tokenRoles=["AuditLog.Read.All"])
    old = await graph.get("/users")
    await graph.sign_in()

    assert old.status == 200
    assert (await graph.get("/users")).status == 403


async def test_the_process_says_where_it_listens(socket_enabled: None) -> None:  # noqa: ARG001
    """One line on start, exit 0 on SIGTERM; a taken port is exit 2 with one line."""
    run = [sys.executable, "-m", "infra.local.graph", "--identity-only", "--port"]
    pipe = asyncio.subprocess.PIPE
    first = await asyncio.create_subprocess_exec(*run, "0", stdout=pipe)
    assert first.stdout is not None
    line = (await first.stdout.readline()).decode()
    origin = line.removeprefix("graph stand-in listening on ").strip()
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{origin}/_control/health") as health,
        session.get(f"{origin}/v1.0/users") as graph,
    ):
        statuses = (health.status, graph.status)
    port = origin.rpartition(":")[2]
    second = await asyncio.create_subprocess_exec(*run, port, stderr=pipe)
    _, complaint = await second.communicate()
    first.send_signal(signal.SIGTERM)

    assert line.startswith("graph stand-in listening on http://127.0.0.1:")
    assert statuses == (200, 404)
    assert second.returncode == 2
    assert complaint.decode().count("\n") == 1
    assert await first.wait() == 0


def claims_of(token: str) -> dict[str, object]:
    """Answer what a token says."""
    payload = token.split(".")[1]
    claims: dict[str, object] = json.loads(
        base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    )
    return claims


async def test_a_token_says_whose_it_is(graph: Caller) -> None:
    """Name and object id of the application, which other people's clients sign in with.

    Source: CLI for Microsoft 365, which takes no token without app_displayname and oid.
    """
    claims = claims_of(graph.token)

    assert claims["app_displayname"] == "stand-in identity"
    assert claims["oid"] == claims["sub"]
    assert claims["idp"] == claims["iss"]
    assert claims["idtyp"] == "app"


@pytest.mark.parametrize("given", [None, [{"clientId": HANNA, "displayName": "Mine"}], [EMMA]])
async def test_a_wrong_client_id_is_refused_where_the_tenant_names_its_own(
    graph: Caller, given: list[object] | None
) -> None:
    """Any id is somebody where a document names none; else the known ones alone are.

    Source of the words: the end-to-end tests of MSAL for .NET and for Java.
    """
    document = {} if given is None else {"identities": given}
    await graph.load(**document)
    query = "api-version=2019-08-01&resource=https://graph.microsoft.com"
    header = {"X-IDENTITY-HEADER": "x"}

    answer = await graph.client.get(f"/msi/token?{query}&client_id={HANNA}", headers=header)
    system = await graph.client.get(f"/msi/token?{query}", headers=header)
    body = await answer.json()

    assert system.status == 200
    if given == [EMMA]:
        assert answer.status == 400
        assert body == {
            "statusCode": 400,
            "message": "No User Assigned or Delegated Managed Identity found for specified "
            "ClientId/ResourceId/PrincipalId.",
        }
    else:
        claims = claims_of(body["access_token"])
        assert (answer.status, claims["appid"]) == (200, HANNA)
        assert claims["app_displayname"] == ("Mine" if given else "stand-in identity")
