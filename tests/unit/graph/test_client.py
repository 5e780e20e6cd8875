"""What goes over the wire: to whom, with which token, to the letter, and how often."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest
from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation

from shared.domain.person import AssignedLicense
from shared.errors import ConfigurationError, DirectoryError, NotSentError, OutcomeUnknownError
from shared.graph.effects import GraphEffects
from shared.graph.models.shapes import UserShape
from shared.graph.people import GraphPeople
from shared.graph.tenant import GraphTenant
from shared.graph.wire.client import build_client
from shared.graph.wire.clouds import CLOUDS
from tests.unit.graph.server import Server
from tests.unit.graph.wire import HOST, USER_ID, Credential, Wire, ok, page

E3 = "6fd2c87f-b296-42f0-b197-1e91e994b900"
NOBODY_ELSE = page()


class TestAddresses:
    """Clouds, overrides, and where tokens may go."""

    @pytest.mark.usefixtures("identity")
    @pytest.mark.parametrize(
        ("cloud", "host"),
        [
            ("global", "graph.microsoft.com"),
            ("usgov", "graph.microsoft.us"),
            ("usgovdod", "dod-graph.microsoft.us"),
            ("china", "microsoftgraph.chinacloudapi.cn"),
        ],
    )
    async def test_each_cloud_has_its_address_and_its_token(self, cloud: str, host: str) -> None:
        """The address that requests are made with, and the scope that tokens are asked for."""
        client = build_client(cloud=cloud, base_url=None, client_id=None)

        assert client.base_url == f"https://{host}/v1.0"
        assert client.scope == f"https://{host}/.default"
        assert client.api.request_adapter.base_url == client.base_url
        await client.close()

    @pytest.mark.usefixtures("identity")
    @pytest.mark.parametrize(
        ("given", "used"),
        [
            ("http://127.0.0.1:8090", "http://127.0.0.1:8090/v1.0"),
            ("http://localhost:8090/", "http://localhost:8090/v1.0"),
            ("http://[::1]:8090/v1.0", "http://[::1]:8090/v1.0"),
            ("https://proxy.example/graph/v1.0/", "https://proxy.example/graph/v1.0"),
        ],
    )
    async def test_an_override_with_or_without_the_version(self, given: str, used: str) -> None:
        """The token is still the cloud's."""
        client = build_client(cloud="usgov", base_url=given, client_id=None)

        assert client.base_url == used
        assert client.scope == "https://graph.microsoft.us/.default"
        await client.close()

    @pytest.mark.parametrize(
        "given",
        [
            "http://graph.example",
            "ftp://127.0.0.1",
            "graph.example",
            "https://a:b@graph.example",
            "https://graph.example:99999",
            "https://graph.example:x",
        ],
    )
    def test_no_token_goes_to_an_open_wire(self, given: str) -> None:
        """Plain HTTP is for this machine only; an address that is none is told before a call."""
        with pytest.raises(ConfigurationError):
            build_client(cloud="global", base_url=given, client_id=None)

    def test_an_unknown_cloud_is_refused_with_the_known_ones(self) -> None:
        """The fault says what to write instead."""
        with pytest.raises(ConfigurationError) as raised:
            build_client(cloud="mars", base_url=None, client_id=None)

        assert "usgovdod" in raised.value.faults[0]

    async def test_the_request_goes_to_the_cloud_with_its_token(self) -> None:
        """Address, token and scope, for every national cloud."""
        for host in CLOUDS.values():
            wire, credential = Wire(ok({"id": USER_ID, "userPrincipalName": "m@x"})), Credential()
            client = wire.client(base_url=f"https://{host}/v1.0", credential=credential)
            await GraphPeople(client).active(USER_ID)
            await client.close()

            assert wire.sent[0].url.host == host
            assert wire.sent[0].headers["authorization"] == "Bearer secret"
            assert credential.scopes == [client.scope]
            assert credential.is_closed

    @pytest.mark.parametrize(
        "link",
        [
            "https://elsewhere.example/v1.0/users?$skiptoken=x",
            f"http://{HOST}/v1.0/users?$skiptoken=x",
            f"https://{HOST}:444/v1.0/users",
            f"https://{HOST}@elsewhere.example/v1.0/users",
            "/v1.0/users",
        ],
    )
    async def test_a_page_elsewhere_is_not_fetched(self, link: str) -> None:
        """The next page is at the same place, or the answer is not Graph's."""
        wire = Wire(page(next_link=link))

        with pytest.raises(OutcomeUnknownError):
            await GraphTenant(wire.client()).skus()
        assert len(wire.sent) == 1

    async def test_no_token_goes_to_another_host(self) -> None:
        """Even if a request for one were made, it would be sent without."""
        wire, credential = Wire(ok()), Credential()
        request = RequestInformation(Method.GET)
        request.url = "https://elsewhere.example/v1.0/users"
        await wire.client(credential=credential).send(request, UserShape)

        assert "authorization" not in wire.sent[0].headers
        assert credential.scopes == []

    async def test_pages_do_not_go_round_for_ever(self) -> None:
        """A list without end is no list."""
        wire = Wire(page(next_link=f"https://{HOST}/v1.0/users?$skiptoken=x"))

        with pytest.raises(OutcomeUnknownError):
            await GraphTenant(wire.client()).skus()
        assert len(wire.sent) == 1000


class TestOnce:
    """One call is one request, on a real socket with the real identity."""

    @pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
    @pytest.mark.parametrize("effect", ["restore", "assign"])
    async def test_a_refused_effect_is_sent_once(
        self, server: Server, status: int, effect: str
    ) -> None:
        """The SDK's own retry would send it four times."""
        server.status = status
        server.headers = {"Retry-After": "0"}

        with pytest.raises(DirectoryError):
            await _effect(server, effect)
        assert len(server.effects) == 1

    @pytest.mark.parametrize("effect", ["restore", "assign"])
    async def test_a_dropped_connection_is_an_unknown_outcome_and_sent_once(
        self, server: Server, effect: str
    ) -> None:
        """The effect may have happened; sending again is not ours to decide."""
        server.drops = True

        with pytest.raises(OutcomeUnknownError):
            await _effect(server, effect)
        assert len(server.effects) == 1

    @pytest.mark.parametrize("status", [301, 302, 307, 308])
    async def test_a_redirect_is_not_followed(self, server: Server, status: int) -> None:
        """Graph does not redirect these calls; whoever does is not Graph."""
        server.status = status
        server.headers = {"Location": "/v1.0/elsewhere"}

        with pytest.raises(OutcomeUnknownError):
            await _effect(server, "restore")
        assert len(server.effects) == 1

    async def test_only_a_claims_challenge_is_answered_with_a_second_request(
        self, server: Server
    ) -> None:
        """A request refused for its token had no effect, and is sent once more with another."""
        server.status = 401
        server.headers = {"WWW-Authenticate": 'Bearer claims="e30="'}

        with pytest.raises(DirectoryError):
            await _effect(server, "restore")
        assert len(server.effects) == 2
        assert len(server.tokens) == 2

    async def test_a_token_that_is_refused_is_fetched_anew(self, server: Server) -> None:
        """A day's token may be revoked; what was refused for it had no effect: it is sent again."""
        client = build_client(cloud="global", base_url=server.url, client_id="an-id")
        effects = GraphEffects(client)
        await effects.restore_user(USER_ID, new_upn=None, drop_addresses=False)
        server.refused_tokens.add("Bearer t1")

        await asyncio.gather(
            *(effects.restore_user(USER_ID, new_upn=None, drop_addresses=False) for _ in range(5))
        )
        await effects.restore_user(USER_ID, new_upn=None, drop_addresses=False)

        await client.close()
        assert len(server.tokens) == 2
        taken = [one.headers["Authorization"] for one in server.effects]
        assert taken.count("Bearer t1") == 6
        assert taken.count("Bearer t2") == 6

    async def test_a_fresh_token_that_is_refused_as_well_is_no_loop(self, server: Server) -> None:
        """It is told after the second try, and the restore waits."""
        server.status = 401

        with pytest.raises(NotSentError):
            await _effect(server, "restore")

        assert (len(server.effects), len(server.tokens)) == (2, 2)

    async def test_the_token_is_kept(self, server: Server) -> None:
        """Asked for once, for the cloud's resource, with the identity's header."""
        client = build_client(cloud="global", base_url=server.url, client_id="an-id")
        for _ in range(3):
            await GraphEffects(client).restore_user(USER_ID, new_upn=None, drop_addresses=False)
        await client.close()

        assert len(server.tokens) == 1
        assert server.tokens[0].query["resource"] == "https://graph.microsoft.com"
        assert server.tokens[0].query["client_id"] == "an-id"
        assert server.tokens[0].headers["X-IDENTITY-HEADER"] == "any"

    @pytest.mark.usefixtures("identity")
    async def test_a_dead_identity_endpoint_fails_in_seconds(self) -> None:
        """Not sent, and soon."""
        client = build_client(cloud="global", base_url=None, client_id=None)
        async with asyncio.timeout(15):
            with pytest.raises(NotSentError):
                await GraphTenant(client).skus()
        await client.close()

    async def test_a_refused_connection_means_not_sent(self, server: Server) -> None:
        """A refused connection is not sent."""
        client = build_client(cloud="global", base_url="http://127.0.0.1:1", client_id=None)
        with pytest.raises(NotSentError):
            await GraphTenant(client).skus()
        await client.close()
        assert server.effects == []


def test_none_of_the_sdks_models_is_imported() -> None:
    """One of each call, in a process of its own: their import would take two seconds."""
    script = Path(__file__).with_name("one_of_each_call.py")
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.unit.graph.one_of_each_call"],
        cwd=script.parents[3],
        check=True,
        capture_output=True,
        text=True,
    )

    found = json.loads(ran.stdout)
    print(found)  # noqa: T201 - the figures are wanted in the report
    assert found["sdk_models"] == 0
    assert found["requests"] == 12


async def _effect(server: Server, effect: str) -> None:
    client = build_client(cloud="global", base_url=server.url, client_id=None)
    effects = GraphEffects(client)
    try:
        if effect == "restore":
            await effects.restore_user(USER_ID, new_upn=None, drop_addresses=False)
        else:
            await effects.assign_licenses(USER_ID, (AssignedLicense(E3),))
    finally:
        await client.close()
