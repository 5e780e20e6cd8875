"""What is read of Graph's answers, property by property, and what is not guessed."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from shared.domain.licensing.skus import Sku
from shared.domain.person import AssignedLicense, LicenseState, Person, UserPlan
from shared.errors import AnsweredError, OutcomeUnknownError
from shared.graph.effects import GraphEffects
from shared.graph.people import GraphPeople
from shared.graph.tenant import GraphMailbox, GraphTenant
from tests.unit.graph.wire import USER_ID, Wire, ok, page, refused

FULL_USER: dict[str, Any] = {
    "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users/$entity",
    "id": USER_ID.upper(),
    "userPrincipalName": USER_ID.replace("-", "") + "megan@contoso.com",
    "displayName": "Megan",
    "mail": "megan@contoso.com",
    "proxyAddresses": ["SMTP:megan@contoso.com", None, 7],
    "deletedDateTime": "2026-11-20T12:00:00.1234567Z",
    "usageLocation": "DE",
    "onPremisesSyncEnabled": True,
    "accountEnabled": False,
    "assignedLicenses": [{"skuId": "AA", "disabledPlans": ["BB"]}, {"skuId": None}],
    "assignedPlans": [
        {"servicePlanId": "P1", "capabilityStatus": "Enabled", "service": "exchange"},
        {"servicePlanId": "P2", "capabilityStatus": "Warning"},
        {"servicePlanId": "P3", "capabilityStatus": "Deleted"},
        {"servicePlanId": "P4", "capabilityStatus": "Suspended"},
    ],
    "licenseAssignmentStates": [
        {"skuId": "AA", "assignedByGroup": None, "state": "Active", "error": "None"},
        {"skuId": "CC", "assignedByGroup": "GG", "state": "Error", "error": "CountViolation"},
    ],
    "createdDateTime": "2019-05-01T08:00:00Z",
    "userType": "Member",
    "onPremisesImmutableId": "abc==",
    "somethingNew": {"that": ["we", "do", "not", "know"]},
}


async def test_a_user_in_full() -> None:
    """Ids in lower case, the name as it was, plans that work, how each licence came."""
    person = await GraphPeople(Wire(ok(FULL_USER)).client()).deleted(USER_ID)

    assert person == Person(
        id=USER_ID,
        user_principal_name="megan@contoso.com",
        display_name="Megan",
        mail="megan@contoso.com",
        proxy_addresses=("SMTP:megan@contoso.com",),
        deleted_at=datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC),
        usage_location="DE",
        synced=True,
        account_enabled=False,
        licenses=(AssignedLicense("aa", ("bb",)),),
        license_states=(
            LicenseState("aa", None, "Active"),
            LicenseState("cc", "gg", "Error", "CountViolation"),
        ),
        plans=(
            UserPlan("p1"),
            UserPlan("p2", "Warning"),
            UserPlan("p3", "Deleted"),
            UserPlan("p4", "Suspended"),
        ),
        created_at=datetime(2019, 5, 1, 8, tzinfo=UTC),
        user_type="Member",
        immutable_id="abc==",
    )


async def test_a_user_with_the_least() -> None:
    """What Graph does not show is empty, never invented; null and absent are the same."""
    body = {"id": USER_ID, "userPrincipalName": "m@contoso.com", "mail": None}
    person = await GraphPeople(Wire(ok(body)).client()).active(USER_ID)

    assert person == Person(id=USER_ID, user_principal_name="m@contoso.com")


@pytest.mark.parametrize("answer", [ok({}), ok({"value": None}), httpx.Response(204)])
async def test_no_list_is_not_an_empty_list(answer: httpx.Response) -> None:
    """Nobody found and nothing understood are two things."""
    client = Wire(answer).client()

    for asked in (GraphTenant(client).skus(), GraphPeople(client).ids("m@contoso.com")):
        with pytest.raises(OutcomeUnknownError):
            await asked


async def test_a_sku_without_an_id_is_no_sku() -> None:
    """Such an answer cannot be read."""
    with pytest.raises(OutcomeUnknownError):
        await GraphTenant(Wire(page({"skuPartNumber": "E3"})).client()).skus()


@pytest.mark.parametrize("lacking", ["id", "userPrincipalName"])
async def test_a_user_without_identity_is_no_user(lacking: str) -> None:
    """Such an answer cannot be read."""
    body = {name: value for name, value in FULL_USER.items() if name != lacking}

    with pytest.raises(OutcomeUnknownError):
        await GraphPeople(Wire(ok(body)).client()).active(USER_ID)


async def test_the_window_is_never_guessed() -> None:
    """A deleted user whose deletion has no time is an error of its own."""
    body = FULL_USER | {"deletedDateTime": None}

    with pytest.raises(AnsweredError) as raised:
        await GraphPeople(Wire(ok(body)).client()).deleted(USER_ID)

    assert raised.value.code == "deletedDateTime-missing"


@pytest.mark.parametrize(
    "written", ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"]
)
async def test_an_instant_of_no_year_is_none(written: str) -> None:
    """Nobody can reckon 30 days from it, and .NET writes so that there is none."""
    fields = {**FULL_USER, "createdDateTime": written}
    person = await GraphPeople(Wire(ok(fields)).client()).deleted(USER_ID)
    assert person is not None
    assert person.created_at is None

    fields = {**FULL_USER, "deletedDateTime": written}
    with pytest.raises(AnsweredError) as refusal:
        await GraphPeople(Wire(ok(fields)).client()).deleted(USER_ID)
    assert refusal.value.code == "deletedDateTime-missing"


async def test_a_property_refused_is_done_without() -> None:
    """One smaller question, and only after a 400."""
    wire = Wire(refused(400, "BadRequest"), ok(FULL_USER))

    assert await GraphPeople(wire.client()).deleted(USER_ID) is not None
    selects = [request.url.params["$select"] for request in wire.sent]
    assert "licenseAssignmentStates" in selects[0]
    assert "licenseAssignmentStates" not in selects[1]
    assert "deletedDateTime" in selects[1]


@pytest.mark.parametrize("read", ["active", "deleted"])
async def test_absent_is_only_what_graph_calls_absent(read: str) -> None:
    """A 404 of something else on the way must not look like a purged user."""
    there = GraphPeople(Wire(refused(404, "Request_ResourceNotFound")).client())
    assert await getattr(there, read)(USER_ID) is None

    elsewhere = GraphPeople(Wire(refused(404)).client())
    with pytest.raises(AnsweredError):
        await getattr(elsewhere, read)(USER_ID)


async def test_free_seats_are_counted_from_the_units_of_a_sku() -> None:
    """Units in grace count, seats of a SKU that is off do not, too many users count below zero."""
    units = {"enabled": 5, "warning": 2, "suspended": 100, "lockedOut": 100}
    row = {"skuId": "AA", "skuPartNumber": "E3", "appliesTo": "User", "prepaidUnits": units}
    plans = {"servicePlans": [{"servicePlanId": "P1"}]}
    wire = Wire(
        page(
            row | plans | {"capabilityStatus": "Warning", "consumedUnits": 9},
            row | {"capabilityStatus": "Suspended", "consumedUnits": 0},
            {"skuId": "CC", "appliesTo": "Company", "capabilityStatus": "Enabled"},
        )
    )

    assert await GraphTenant(wire.client()).skus() == (
        Sku(
            "aa",
            "E3",
            ("p1",),
            free_seats=-2,
            assignable_units=7,
            consumed_units=9,
            capability_status="Warning",
        ),
        Sku("aa", "E3", (), free_seats=0, assignable_units=7, capability_status="Suspended"),
        Sku("cc", "cc", (), free_seats=0, for_users=False),
    )


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (404, "MailboxNotEnabledForRESTAPI", GraphMailbox(is_there=False)),
        (404, "ResourceNotFound", GraphMailbox(is_there=False)),
        (404, "ErrorInvalidUser", GraphMailbox(is_there=False)),
        (400, "ErrorMissingEmailAddress", GraphMailbox(is_there=False)),
        (404, "Request_ResourceNotFound", GraphMailbox(is_there=False)),
        (404, "SomethingNew", None),
        (400, "Request_BadRequest", None),
        (400, "Request_ResourceNotFound", None),
        (403, "ErrorAccessDenied", None),
        (403, "ResourceNotFound", None),
        (404, "", None),
    ],
)
async def test_a_mailbox_that_does_not_answer(
    status: int, code: str, expected: GraphMailbox | None
) -> None:
    """Not there, nobody there to have one, and answers to report: nothing read is not nothing."""
    tenant = GraphTenant(Wire(refused(status, code)).client())
    if expected is not None:
        assert await tenant.mailbox(USER_ID) == expected
        return

    with pytest.raises(AnsweredError) as raised:
        await tenant.mailbox(USER_ID)
    assert raised.value.status == status


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [("shared", "shared"), ({"value": "room"}, "room"), ({}, None), (7, None), (None, None)],
)
async def test_the_purpose_of_a_mailbox(purpose: object, expected: str | None) -> None:
    """A text by the metadata, an object on Microsoft's page; anything else says nothing."""
    found = await GraphTenant(Wire(ok({"userPurpose": purpose})).client()).mailbox(USER_ID)

    assert found == GraphMailbox(is_there=True, purpose=expected)


async def test_a_mailbox_without_a_purpose_is_there() -> None:
    """The 200 is the sign; the purpose is an extra."""
    client = Wire(ok({"@odata.context": "x"})).client()
    assert await GraphTenant(client).mailbox(USER_ID) == GraphMailbox(is_there=True)


async def test_an_effect_is_done_with_or_without_a_body() -> None:
    """Done is done, whatever Graph shows of the user."""
    ids = {"request-id": "r"}
    for answer in (
        ok({"id": USER_ID}, **ids),
        ok({"id": USER_ID, "userPrincipalName": "m@x"}, **ids),
        httpx.Response(204, headers=ids),
    ):
        effects = GraphEffects(Wire(answer).client())
        done = await effects.restore_user(USER_ID, new_upn=None, drop_addresses=False)
        assert done.request_id == "r"
