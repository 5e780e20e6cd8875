"""Reads that one restore asks for at one moment are one request."""

import asyncio
import json

import aiohttp
import pytest

from shared import telemetry
from shared.domain.person import Person
from shared.errors import AnsweredError, OutcomeUnknownError
from shared.graph.calls import requests
from shared.graph.people import GraphPeople
from shared.graph.tenant import GraphTenant
from shared.graph.wire.client import GraphClient
from shared.graph.wire.connections import AnswerLostError
from shared.graph.wire.http_answer import HttpAnswer
from tests.unit.graph.wire import USER_ID, Wire, ok, page, refused

TRACE = "0af7651916cd43dd8448eb211c80319c"
OTHER = "4bf92f3577b34da6a3ce929d0e0e4736"
ME = {"id": USER_ID, "userPrincipalName": "m@contoso.com"}


async def asked(client: GraphClient, count: int, trace: str = TRACE) -> list[HttpAnswer]:
    """Ask for so many users at once, for this restore."""
    with telemetry.traced(trace):
        return await client.batch([requests.active_user(client.api, USER_ID) for _ in range(count)])


def sizes(wire: Wire) -> list[int]:
    """How many parts each request had that was sent."""
    batches = [one for one in wire.sent if one.url.path.endswith("/$batch")]
    assert batches == wire.sent
    return [len(json.loads(one.content)["requests"]) for one in batches]


async def test_what_surrounds_a_deleted_user_is_one_request() -> None:
    """Subscriptions, holders of the names, roles and domains, each answered to who asked."""
    wire = Wire(page())
    client = wire.client()
    tenant, person = GraphTenant(client), Person(USER_ID, "m@contoso.com")
    with telemetry.traced(TRACE):
        skus, conflicts, roles, domains = await asyncio.gather(
            tenant.skus(),
            GraphPeople(client).conflicts(person, also_upn=None),
            tenant.roles_held(USER_ID, is_deleted=True),
            tenant.verified_domains(),
        )

    assert (skus, conflicts.found, roles.names, domains) == ((), (), (), None)
    assert len(sizes(wire)) == 1
    assert wire.sent[0].headers["client-request-id"].replace("-", "") == TRACE


async def test_each_gets_its_own_answers_in_its_own_order() -> None:
    """However Graph orders them."""
    wire = Wire(*(ok({**ME, "displayName": str(number)}) for number in range(5)), ok())
    client = wire.client()
    first, second = await asyncio.gather(asked(client, 2), asked(client, 3))

    named = [[one.document()["displayName"] for one in some] for some in (first, second)]  # type: ignore[index]
    assert named == [["0", "1"], ["2", "3", "4"]]
    assert sizes(wire) == [5]


async def test_two_restores_share_no_request() -> None:
    """A request bears the trace of its restore."""
    wire = Wire(ok(ME))
    client = wire.client()
    await asyncio.gather(asked(client, 2), asked(client, 3, OTHER), asked(client, 2, ""))

    assert sorted(sizes(wire)) == [2, 2, 3]


async def test_what_is_asked_for_later_goes_later() -> None:
    """Nobody waits for what is not asked for yet."""
    wire = Wire(ok(ME))
    client = wire.client()
    await asked(client, 2)
    await asked(client, 3)

    assert sizes(wire) == [2, 3]


async def test_no_more_go_together_than_graph_takes() -> None:
    """Twenty; what finds no room goes with the next."""
    wire = Wire(ok(ME))
    client = wire.client()
    answers = await asyncio.gather(*(asked(client, 8) for _ in range(5)), asked(client, 41))

    assert [len(some) for some in answers] == [8, 8, 8, 8, 8, 41]
    assert sorted(sizes(wire)) == [1, 8, 16, 16, 20, 20]


async def test_one_read_alone_is_no_batch() -> None:
    """As it was asked, and judged like any part."""
    wire = Wire(refused(404, "Request_ResourceNotFound"))
    [answer] = await asked(wire.client(), 1)

    assert [one.method for one in wire.sent] == ["GET"]
    assert answer.status == 404


async def test_a_list_that_is_refused_is_refused_to_its_asker_alone() -> None:
    """The others have their answers."""
    wire = Wire(refused(403, "Authorization_RequestDenied"), page())
    client = wire.client()
    tenant = GraphTenant(client)
    with telemetry.traced(TRACE):
        skus, domains = await asyncio.gather(
            tenant.skus(), tenant.verified_domains(), return_exceptions=True
        )

    assert isinstance(skus, AnsweredError)
    assert domains is None
    assert sizes(wire) == [2]


async def test_a_request_that_is_lost_is_lost_to_all_and_sent_once() -> None:
    """Nothing was learnt of any."""
    wire = Wire(AnswerLostError("reset"))
    client = wire.client()
    answers = await asyncio.gather(asked(client, 2), asked(client, 3), return_exceptions=True)

    assert [type(one) for one in answers] == [OutcomeUnknownError] * 2
    assert len(wire.sent) == 1


async def test_who_gives_up_takes_nothing_from_the_others() -> None:
    """The answers of the others come, and a failure that nobody waits for is nobody's."""
    wire = Wire(ok(ME))
    client = wire.client()
    first = asyncio.ensure_future(asked(client, 2))
    second = asyncio.ensure_future(asked(client, 3))
    await asyncio.sleep(0)
    first.cancel()
    answers = await second
    with pytest.raises(asyncio.CancelledError):
        await first

    assert [one.status for one in answers] == [200] * 3

    lost = asyncio.ensure_future(asked(Wire(aiohttp.ClientError("x")).client(), 2))
    await asyncio.sleep(0)
    lost.cancel()
    with pytest.raises(asyncio.CancelledError):
        await lost
