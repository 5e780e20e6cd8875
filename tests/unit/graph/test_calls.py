"""Every request to the letter: bodies, headers, filters, and what untrusted text cannot do."""

import pytest

from shared.domain.person import AssignedLicense, Person
from shared.errors import DirectoryError
from shared.graph.effects import GraphEffects
from shared.graph.people import GraphPeople
from shared.graph.tenant import GraphTenant
from tests.unit.graph.wire import HOST, USER_ID, Credential, Wire, body_of, ok, page, refused

E3 = "6fd2c87f-b296-42f0-b197-1e91e994b900"
NOBODY_ELSE = page()


@pytest.mark.parametrize(
    ("new_upn", "drop", "body"),
    [
        ("new@x", True, {"autoReconcileProxyConflict": True, "newUserPrincipalName": "new@x"}),
        ("o'b\n@x", False, {"newUserPrincipalName": "o'b\n@x"}),
        (None, True, {"autoReconcileProxyConflict": True}),
    ],
)
async def test_a_restore_with_options(
    new_upn: str | None, body: dict[str, object], *, drop: bool
) -> None:
    """Only what was asked for is in the body."""
    wire = Wire(ok({"id": USER_ID}))
    await GraphEffects(wire.client()).restore_user(USER_ID, new_upn=new_upn, drop_addresses=drop)

    assert body_of(wire.sent[0]) == body
    assert wire.sent[0].headers["content-type"] == "application/json"


async def test_a_plain_restore_has_no_body() -> None:
    """An empty POST, as the documented call without options."""
    wire = Wire(ok({"id": USER_ID}))
    await GraphEffects(wire.client()).restore_user(USER_ID, new_upn=None, drop_addresses=False)

    request = wire.sent[0]
    assert (request.method, request.content) == ("POST", b"")
    assert request.headers["content-length"] == "0"
    assert "content-type" not in request.headers
    assert request.url.path == f"/v1.0/directory/deletedItems/{USER_ID}/restore"


async def test_assigning_sends_both_lists() -> None:
    """Graph demands removeLicenses even when there is nothing to remove."""
    wire = Wire(ok({"id": USER_ID}))
    licenses = (AssignedLicense(E3, ("p1", "p2")), AssignedLicense("s2"))
    await GraphEffects(wire.client()).assign_licenses(USER_ID, licenses)

    assert wire.sent[0].url.path == f"/v1.0/users/{USER_ID}/assignLicense"
    assert body_of(wire.sent[0]) == {
        "addLicenses": [
            {"skuId": E3, "disabledPlans": ["p1", "p2"]},
            {"skuId": "s2", "disabledPlans": []},
        ],
        "removeLicenses": [],
    }


async def test_searching_deleted_users_is_an_advanced_query() -> None:
    """Header and count on the first page, the header on every other."""
    link = f"https://{HOST}/v1.0/directory/deletedItems/graph.user?$skiptoken=x"
    wire = Wire(page(next_link=link), NOBODY_ELSE)
    credential = Credential()
    await GraphPeople(wire.client(credential=credential)).deleted_ids("m@contoso.com")

    first, second = wire.sent
    assert first.url.params["$count"] == "true"
    assert first.url.params["$top"] == "999"
    assert first.url.params["$select"] == "id,userPrincipalName,mail,proxyAddresses"
    assert first.url.params["$filter"] == (
        "endsWith(userPrincipalName,'m@contoso.com')"
        " or mail eq 'm@contoso.com' or proxyAddresses/any(p:p eq 'smtp:m@contoso.com')"
    )
    assert str(second.url) == link
    assert {sent.headers["consistencylevel"] for sent in wire.sent} == {"eventual"}
    assert {sent.headers["authorization"] for sent in wire.sent} == {"Bearer secret"}
    assert len(credential.scopes) == 2


async def test_a_name_counts_before_an_address() -> None:
    """One search finds both; whoever is called so is meant, and not who has it as an address."""
    alias = {"id": "u1", "userPrincipalName": "bob@contoso.com"}
    named = {"id": "u2", "userPrincipalName": "Al@contoso.com"}

    assert await GraphPeople(Wire(page(alias, named)).client()).active_ids("al@contoso.com") == (
        "u2",
    )
    assert await GraphPeople(Wire(page(alias)).client()).active_ids("al@contoso.com") == ("u1",)


async def test_where_graph_takes_no_joined_search_less_is_asked_at_once() -> None:
    """Its 400 is met once for each search; UPN first, then the address, as far as it is taken."""
    wire = Wire(refused(400), NOBODY_ELSE, NOBODY_ELSE, NOBODY_ELSE, NOBODY_ELSE)
    people = GraphPeople(wire.client())
    await people.active_ids("al@contoso.com")
    await people.active_ids("al@contoso.com")

    upn, address = (
        "userPrincipalName eq 'al@contoso.com'",
        "proxyAddresses/any(p:p eq 'smtp:al@contoso.com')",
    )
    asked = [sent.url.params["$filter"] for sent in wire.sent]
    assert asked == [f"{upn} or {address}", upn, address, upn, address]


async def test_aliases_of_deleted_users_are_given_up_last() -> None:
    """All at once, else name and addresses apart, else name and mail."""
    end, mail = "endsWith(userPrincipalName,'al@contoso.com')", "mail eq 'al@contoso.com'"
    alias = "proxyAddresses/any(p:p eq 'smtp:al@contoso.com')"
    wire = Wire(refused(400), NOBODY_ELSE, NOBODY_ELSE)
    await GraphPeople(wire.client()).deleted_ids("al@contoso.com")
    apart = [sent.url.params["$filter"] for sent in wire.sent]

    wire = Wire(refused(400), NOBODY_ELSE, refused(400), *4 * [NOBODY_ELSE])
    people = GraphPeople(wire.client())
    await people.deleted_ids("al@contoso.com")
    await people.deleted_ids("al@contoso.com")
    without = [sent.url.params["$filter"] for sent in wire.sent]

    joined = f"{end} or {mail} or {alias}"
    assert apart == [joined, end, f"{mail} or {alias}"]
    assert without == [joined, end, f"{mail} or {alias}", mail, end, mail]


async def test_a_longer_name_is_somebody_else_unless_the_address_is_theirs() -> None:
    """Graph is asked for names that end so; jim.bob@ is not bob@, but may have bob@ as well."""
    longer = {"userPrincipalName": f"{'0' * 32}jim.bob@contoso.com", "mail": "jim@contoso.com"}
    stranger = longer | {"id": "u1", "proxyAddresses": ["SMTP:jim@contoso.com"]}
    by_alias = longer | {"id": "u2", "proxyAddresses": ["smtp:Bob@contoso.com"]}
    by_mail = longer | {"id": "u3", "mail": "bob@contoso.com"}
    people = GraphPeople(Wire(page(stranger, by_alias, by_mail)).client())

    assert await people.deleted_ids("bob@contoso.com") == ("u2", "u3")


@pytest.mark.parametrize(
    "name",
    [
        "o'brien@contoso.com",
        "') or 1 eq 1",
        "'' or '' eq ''",
        "100%@contoso.com",
        "%27%20or%201 eq 1",
        "a&$top=1#b?c=d+e/f@contoso.com",
        "{baseurl}@contoso.com",
        "jürgen@münchen.example",
    ],
)
async def test_a_name_cannot_leave_its_quotes(name: str) -> None:
    """One literal, one filter parameter, one path; whatever the text."""
    wire = Wire(NOBODY_ELSE)
    await GraphPeople(wire.client()).active_ids(name)

    (search,) = wire.sent
    quoted = name.replace("'", "''")
    assert search.url.params["$filter"] == (
        f"userPrincipalName eq '{quoted}' or proxyAddresses/any(p:p eq 'smtp:{quoted}')"
    )
    assert {tuple(sent.url.params) for sent in wire.sent} == {("$filter", "$select")}
    assert {sent.url.path for sent in wire.sent} == {"/v1.0/users"}


@pytest.mark.parametrize("name", ["", " ", "a\nb@x", "a\x00b@x", "\ud800@x", "a" * 321])
async def test_what_nobody_can_be_called_is_not_asked_for(name: str) -> None:
    """Nothing is sent for a name that no user can have."""
    wire = Wire(refused(500))
    people = GraphPeople(wire.client())

    assert await people.active_ids(name) == ()
    assert await people.deleted_ids(name) == ()
    assert wire.sent == []


@pytest.mark.parametrize("user_id", ["", "x", f"{USER_ID}/../x", f"{USER_ID}\n", "%2e%2e"])
async def test_only_an_object_id_comes_into_a_path(user_id: str) -> None:
    """Whatever else is not found, without a request."""
    wire = Wire(refused(500))
    tenant, effects = GraphTenant(wire.client()), GraphEffects(wire.client())

    assert await GraphPeople(wire.client()).active(user_id) is None
    assert await GraphPeople(wire.client()).deleted(user_id) is None
    assert await tenant.roles_held(user_id) is None
    assert not (await tenant.mailbox(user_id)).is_there
    with pytest.raises(DirectoryError):
        await effects.restore_user(user_id, new_upn=None, drop_addresses=False)
    with pytest.raises(DirectoryError):
        await effects.assign_licenses(user_id, ())
    assert wire.sent == []


async def test_many_addresses_are_asked_for_in_small_filters() -> None:
    """At most ten clauses each."""
    wire = Wire(NOBODY_ELSE)
    many = tuple(f"smtp:a{number}@contoso.com" for number in range(21))
    person = Person(id=USER_ID, user_principal_name="m@contoso.com", proxy_addresses=many)
    await GraphPeople(wire.client()).conflicts(person, also_upn="n@contoso.com")

    clauses = [sent.url.params["$filter"].count(" eq ") for sent in wire.sent]
    assert clauses == [10, 10, 3]
    assert "consistencylevel" not in wire.sent[0].headers
