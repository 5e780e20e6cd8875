"""Test that nothing fails where a tenant refuses optional reads; the answers then hold less."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from shared.domain.admin_roles import AdminRoles
from shared.domain.evidence.audit_records import evidence_of
from shared.domain.licensing.groups import Group, GroupStanding
from shared.domain.licensing.held import Origin
from shared.domain.person import HolderKind, Person
from shared.graph.audit_log import GraphAuditLog
from shared.graph.people import GraphPeople
from shared.graph.tenant import GraphTenant
from shared.graph.wire.client import GraphClient, build_client
from shared.ports.audit_log import AuditLogPage
from tests.builders import NOW
from tests.contract.graph.directories import (
    ALICE,
    BOB,
    CARLA,
    DEFAULT_ROLES,
    E3,
    ELIGIBLE_ROLE,
    GROUP_ROLE,
    KIM,
    LICENSE_REMOVED_AT,
    NO_GROUP,
    NOBODY,
    OLD_SALES,
    ROOM,
    SALES,
    SKUS,
    load_standin,
)
from tests.local_http import order


def _switch(url: str, **switches: object) -> None:
    _order(url, "switches", **switches)


def _order(url: str, what: str, **body: object) -> None:
    order(f"{url}/_control/{what}", body)


@pytest.fixture
async def client(standin_url: str) -> AsyncIterator[GraphClient]:
    """Give a client of the stand-in."""
    load_standin(standin_url)
    client = build_client(cloud="global", base_url=standin_url, client_id=None)
    yield client
    await client.close()


@pytest.mark.parametrize("group", [SALES, OLD_SALES, NO_GROUP])
async def test_without_the_permission_a_group_is_its_id(
    client: GraphClient, standin_url: str, group: Group
) -> None:
    """Nothing is known of it, not even that it is gone."""
    _switch(standin_url, tokenRoles=list(DEFAULT_ROLES))

    assert await GraphTenant(client).group(group.id, None) == Group(group.id)


async def test_with_the_least_permission_a_group_that_is_not_there_is_missing(
    client: GraphClient, standin_url: str
) -> None:
    """Names of active groups are shown, deleted ones are not."""
    _switch(standin_url, tokenRoles=[*DEFAULT_ROLES, "GroupMember.Read.All"])
    tenant = GraphTenant(client)

    assert await tenant.group(SALES.id, None) == SALES
    assert await tenant.group(OLD_SALES.id, None) == Group(
        OLD_SALES.id, None, GroupStanding.MISSING
    )


@pytest.mark.parametrize(
    ("opens", "known"), [(True, frozenset({"contoso.com"})), (False, None)], ids=["open", "closed"]
)
async def test_without_the_permission_of_its_own_the_domains_are_known_where_graph_tells_them(
    client: GraphClient,
    standin_url: str,
    opens: bool,  # noqa: FBT001 - the answer of the switch
    known: frozenset[str] | None,
) -> None:
    """User.Read.All may open them; else none is known, which is not the same as none verified."""
    _switch(standin_url, tokenRoles=list(DEFAULT_ROLES), organizationWithUserRead=opens)

    assert await GraphTenant(client).verified_domains() == known


async def test_where_aliases_cannot_be_searched_for_the_rest_is(
    client: GraphClient, standin_url: str
) -> None:
    """By mail as before; and the refusal is met once."""
    _switch(standin_url, deletedAddressFilter=False)
    people = GraphPeople(client)

    assert (await people.ids("bobby@contoso.com")).deleted == ()
    assert (await people.ids("bob@contoso.com")).deleted == (BOB,)
    # The end of Bob's id, and his name.
    assert (await people.ids("bbob@contoso.com")).deleted == ()


@pytest.mark.parametrize("minds_case", [True, False])
async def test_an_address_is_found_whatever_its_case_is_to_the_filter(
    client: GraphClient, standin_url: str, *, minds_case: bool
) -> None:
    """The primary address is stored as SMTP:, every other one as smtp:."""
    _switch(standin_url, addressFilterMindsCase=minds_case)
    people = GraphPeople(client)
    held = Person(NOBODY, "x@contoso.com", proxy_addresses=("smtp:alice@contoso.com",))

    assert (await people.ids("al@contoso.com")).active == (ALICE,)
    assert (await people.ids("bob@contoso.com")).deleted == (BOB,)
    (found,) = (await people.conflicts(held, also_upn=None)).found
    assert (found.holder_id, found.is_name) == (ALICE, False)


async def test_who_may_not_be_asked_of_groups_and_contacts_is_told(
    client: GraphClient, standin_url: str
) -> None:
    """Users are looked at all the same."""
    _switch(standin_url, tokenRoles=list(DEFAULT_ROLES))
    held = Person(NOBODY, "x@contoso.com", proxy_addresses=("smtp:alice@contoso.com",))
    found = await GraphPeople(client).conflicts(held, also_upn=None)

    assert found.not_looked == {HolderKind.GROUP, HolderKind.CONTACT}
    assert [one.holder_id for one in found.found] == [ALICE]


@pytest.mark.parametrize("premium", ["P2", "P1"])
async def test_without_the_licence_nobody_is_eligible_for_a_role(
    client: GraphClient, standin_url: str, premium: str
) -> None:
    """That is no question left open."""
    _switch(standin_url, entraPremium=premium)
    found = await GraphTenant(client).roles_held(KIM, is_deleted=False)

    expected = (ELIGIBLE_ROLE, GROUP_ROLE) if premium == "P2" else (GROUP_ROLE,)
    assert found == AdminRoles(expected)


@pytest.mark.parametrize("as_object", [True, False])
async def test_the_purpose_of_a_mailbox_in_both_forms(
    client: GraphClient, standin_url: str, *, as_object: bool
) -> None:
    """A shared mailbox must not be taken for a person's."""
    _switch(standin_url, purposeAsObject=as_object)

    assert (await GraphTenant(client).mailbox(ROOM)).purpose == "room"


@pytest.mark.parametrize("code", ["ErrorInvalidUser", "Request_ResourceNotFound"])
async def test_where_no_user_is_no_mailbox_answers(
    client: GraphClient, standin_url: str, code: str
) -> None:
    """In the words of the directory or of the mailbox service, as where a mailbox is silent."""
    _switch(standin_url, mailboxOfNobody=code)
    nobody = await GraphTenant(client).mailbox(NOBODY)
    silent = await GraphTenant(client).mailbox(CARLA)

    assert (nobody.is_there, silent.is_there) == (False, False)


@pytest.mark.parametrize("refused", [True, False])
async def test_a_tenant_that_takes_no_time_filter_shows_its_log(
    client: GraphClient, standin_url: str, *, refused: bool
) -> None:
    """The same records; older ones are left out here."""
    _switch(standin_url, auditTimeFilterRefused=refused)
    log = GraphAuditLog(client)

    for since, count in ((LICENSE_REMOVED_AT, 1), (LICENSE_REMOVED_AT + timedelta(hours=1), 0)):
        page = await log.changes_since(since)
        assert isinstance(page, AuditLogPage)
        assert len(page.records) == count


@pytest.mark.parametrize("indented", [True, False])
@pytest.mark.parametrize("detail", ["update", "both", "truncated", "sequence", "bare", "absent"])
async def test_the_detail_of_the_log_decides_between_fact_and_hint(
    client: GraphClient, standin_url: str, detail: str, *, indented: bool
) -> None:
    """With content, facts; cut off or bare, a hint; no record at all, nothing.

    What she has after it, nothing, is too short to be cut off.
    """
    _switch(standin_url, auditDetail=detail, auditValuesIndented=indented)
    _order(standin_url, "actions/remove-license", userId=ALICE, skuId=E3)
    log = GraphAuditLog(client)
    changes = await log.changes_since(NOW - timedelta(days=1))
    updates = await log.updates_of(ALICE, NOW - timedelta(days=1))
    assert isinstance(changes, AuditLogPage)
    assert isinstance(updates, AuditLogPage)

    found = evidence_of((*changes.records, *updates.records), SKUS)
    has_content = detail in {"update", "both", "sequence"}
    expected = {"truncated": {False}, "bare": set(), "absent": set()}.get(detail, {True, False})
    assert {fact.has_plan for fact in found.facts} == expected
    assert len(found.hints) == (detail in {"truncated", "bare"})
    assert [one.license.origin for one in found.lost] == ([Origin.DIRECT] if has_content else [])
