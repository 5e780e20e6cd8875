"""Test the ports Changes and DeletedSince on the Graph stand-in."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from infra.local import landscape
from shared.domain.observations.extend import SeenNames
from shared.domain.person import AssignedLicense, LicenseState, Person, UserPlan
from shared.domain.watch.delta_changes import ChangedUser, DeltaChange, RemovedUser
from shared.errors import AnsweredError, OutcomeUnknownError
from shared.graph.changes import GraphBin, GraphChanges
from shared.graph.models.shapes import UserShape
from shared.graph.wire.client import GraphClient, build_client
from tests.builders import EXCHANGE_PLAN_ID, NOW, SHAREPOINT_PLAN_ID, TEAMS_PLAN_ID
from tests.contract.graph.directories import (
    ALICE,
    BOB,
    CARLA,
    DELETED_AT,
    E3,
    GRETA,
    IDA,
    load_standin,
)

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def standin() -> Iterator[landscape.Graph]:
    """Give the stand-in of Graph, for the tests of this module."""
    running = landscape.start_graph()
    yield running
    running.stop()


@pytest.fixture(params=[True, False], ids=["unset left out", "unset empty"])
def leaves_out(request: pytest.FixtureRequest) -> bool:
    """Give whether the feed leaves out what was never set, as "user: delta" says, or not."""
    return bool(request.param)


@pytest.fixture
async def client(
    standin: landscape.Graph,
    monkeypatch: pytest.MonkeyPatch,
    leaves_out: bool,  # noqa: FBT001 - the answer of the switch
) -> AsyncIterator[GraphClient]:
    """Give a client of the stand-in with the tenant of the contract, as it was at the start."""
    load_standin(standin.base_url)
    with httpx.Client(base_url=standin.control_url, timeout=60) as control:
        order(control, "/switches", deltaLeavesOutUnset=leaves_out)
    monkeypatch.setenv("IDENTITY_ENDPOINT", standin.identity_endpoint)
    monkeypatch.setenv("IDENTITY_HEADER", "any")
    made = build_client(cloud="global", base_url=standin.graph_base_url, client_id=None)
    yield made
    await made.close()


@pytest.fixture
def control(standin: landscape.Graph) -> Iterator[httpx.Client]:
    """Give the control of the tenant."""
    with httpx.Client(base_url=standin.control_url, timeout=60) as made:
        yield made


def order(control: httpx.Client, path: str, **body: Any) -> None:
    """Have the control do something."""
    control.post(path, json=body).raise_for_status()


async def rows_from(changes: GraphChanges, link: str | None) -> tuple[list[DeltaChange], str, int]:
    """Return the rows of a round, the link of the next one, and the number of pages."""
    rows: list[DeltaChange] = []
    for number in range(1, 100):
        page = await changes.page(link)
        assert page is not None
        rows += page.rows
        link = page.link
        if page.is_last:
            return rows, link, number
    raise AssertionError("the round has no end")


async def test_the_first_round_is_everybody_active(
    client: GraphClient,
    control: httpx.Client,
    leaves_out: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """Page after page; with licences, their plans and their origin; the deleted are not there."""
    order(control, "/switches", deltaPageSize=2)

    rows, _, pages = await rows_from(GraphChanges(client), None)

    by_id = {row.user_id: row for row in rows}
    assert pages > 2
    assert len(by_id) == len(rows)
    assert BOB not in by_id
    alice = by_id[ALICE]
    assert isinstance(alice, ChangedUser)
    assert replace(alice, created_at=None) == ChangedUser(
        ALICE,
        (AssignedLicense(E3, (TEAMS_PLAN_ID,)),),
        (UserPlan(EXCHANGE_PLAN_ID), UserPlan(SHAREPOINT_PLAN_ID)),
        (LicenseState(E3, None, "Active"),),
        SeenNames("alice@contoso.com", "Alice", ("alice@contoso.com", "al@contoso.com")),
    )
    ida = by_id[IDA]
    assert isinstance(ida, ChangedUser)
    assert ida.licenses == (None if leaves_out else ())


async def test_the_next_round_is_what_changed(client: GraphClient, control: httpx.Client) -> None:
    """A licence that went, a deletion, a purge; and nothing in the round after that."""
    changes = GraphChanges(client)
    _, link, _ = await rows_from(changes, None)
    order(control, "/actions/remove-license", userId=ALICE, skuId=E3)
    order(control, "/actions/delete-user", userId=CARLA)
    order(control, "/switches", tokenRoles=["User.ReadWrite.All"])
    request = client.api.directory.deleted_items.by_directory_object_id(BOB)
    await client.send(request.to_delete_request_information(), UserShape)

    rows, after, _ = await rows_from(changes, link)
    silence, _, _ = await rows_from(changes, after)

    by_id = {row.user_id: row for row in rows}
    alice = by_id[ALICE]
    assert isinstance(alice, ChangedUser)
    assert (alice.licenses, alice.license_states) == ((), ())
    assert by_id[CARLA] == RemovedUser(CARLA, is_purged=False)
    assert by_id[BOB] == RemovedUser(BOB, is_purged=True)
    assert silence == []


@pytest.mark.parametrize("in_silence", [True, False])
@pytest.mark.parametrize(
    "lacks",
    [["licenseAssignmentStates"], ["assignedPlans"], ["assignedPlans", "licenseAssignmentStates"]],
)
async def test_what_delta_does_not_know_is_done_without(
    client: GraphClient, control: httpx.Client, lacks: list[str], *, in_silence: bool
) -> None:
    """Refused in $select or left out in silence: licences come, and what is unsaid is told so."""
    order(control, "/switches", deltaLacks=lacks, deltaLeavesOut=in_silence)

    rows, link, _ = await rows_from(GraphChanges(client), None)
    order(control, "/actions/remove-license", userId=ALICE, skuId=E3)
    changed, _, _ = await rows_from(GraphChanges(client), link)

    alice = next(row for row in rows if row.user_id == ALICE)
    assert isinstance(alice, ChangedUser)
    assert alice.licenses == (AssignedLicense(E3, (TEAMS_PLAN_ID,)),)
    assert (alice.license_states is None) == ("licenseAssignmentStates" in lacks)
    assert (alice.plans == ()) == ("assignedPlans" in lacks)
    assert [row.user_id for row in changed] == [ALICE]


async def test_a_token_too_old_is_a_new_beginning(
    client: GraphClient, control: httpx.Client
) -> None:
    """410 after seven days; and 400 for a token that the directory does not know."""
    changes = GraphChanges(client)
    _, link, _ = await rows_from(changes, None)
    order(control, "/clock", advanceSeconds=8 * 86_400)

    assert await changes.page(link) is None
    assert await changes.page(f"{client.base_url}/users/delta?$deltatoken=garbage") is None
    assert await changes.page(None) is not None


async def test_no_token_is_sent_where_a_stored_link_leads(client: GraphClient) -> None:
    """A link to another host is refused before anything is sent."""
    with pytest.raises(OutcomeUnknownError, match=r"elsewhere\.example"):
        await GraphChanges(client).page("http://elsewhere.example/v1.0/users/delta?$deltatoken=x")


async def test_without_the_permission_the_round_says_so(
    client: GraphClient, control: httpx.Client
) -> None:
    """403 is an answer, not a reason to try other selections."""
    order(control, "/switches", tokenRoles=[])

    with pytest.raises(AnsweredError) as raised:
        await GraphChanges(client).page(None)

    assert raised.value.status == 403


async def people_between(client: GraphClient, since: timedelta, until: timedelta) -> list[Person]:
    """Return who was deleted in that time before and after NOW."""
    found = GraphBin(client).deleted_between(NOW + since, NOW + until)
    return [person async for person in found]


@pytest.mark.parametrize("has_filter", [True, False])
async def test_the_bin_answers_a_span_of_time(
    client: GraphClient, control: httpx.Client, *, has_filter: bool
) -> None:
    """With a filter, or where Graph does not take it, by leaving out: the first instant counts."""
    order(control, "/switches", deletedDateFilter=has_filter)
    before = DELETED_AT - NOW

    found = await people_between(client, before, timedelta(0))
    late = await people_between(client, before + timedelta(microseconds=1), timedelta(0))
    early = await people_between(client, -40 * DAY, before)

    bob = next(person for person in found if person.id == BOB)
    assert bob.user_principal_name == "bob@contoso.com"
    assert bob.deleted_at == DELETED_AT
    assert bob.licenses == (AssignedLicense(E3, (TEAMS_PLAN_ID,)),)
    assert "SMTP:bob@contoso.com" in bob.proxy_addresses
    assert GRETA not in {person.id for person in found}
    assert [person.id for person in late] == []
    assert [person.id for person in early] == [GRETA]
