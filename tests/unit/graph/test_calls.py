"""Every request to the letter: bodies, headers, filters, and what untrusted text cannot do."""

import json
from urllib.parse import unquote

import pytest

from shared.domain.admin_roles import AdminRoles, RoleSource
from shared.domain.person import AssignedLicense
from shared.errors import AnsweredError, DirectoryError
from shared.graph.effects import GraphEffects
from shared.graph.people import GraphPeople
from shared.graph.tenant import GraphTenant
from shared.ports.directory import SearchHits
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
    wire = Wire(NOBODY_ELSE, page(next_link=link), NOBODY_ELSE)
    credential = Credential()
    await GraphPeople(wire.client(credential=credential)).ids("m@contoso.com")

    _, first, second = wire.asked
    assert first.url.params["$count"] == "true"
    assert first.url.params["$top"] == "999"
    assert first.url.params["$select"] == "id,userPrincipalName,mail,proxyAddresses"
    assert first.url.params["$filter"] == (
        "endsWith(userPrincipalName,'m@contoso.com') or mail eq 'm@contoso.com'"
        " or proxyAddresses/any(p:p eq 'smtp:m@contoso.com')"
        " or proxyAddresses/any(p:p eq 'SMTP:m@contoso.com')"
    )
    assert str(second.url) == link
    assert {sent.headers["consistencylevel"] for sent in (first, second)} == {"eventual"}
    assert {sent.headers["authorization"] for sent in wire.sent} == {"Bearer secret"}
    assert len(credential.scopes) == len(wire.sent) == 2


async def test_a_search_is_one_request() -> None:
    """Active and deleted users, by name and by every address."""
    wire = Wire(NOBODY_ELSE)
    await GraphPeople(wire.client()).ids("m@contoso.com")

    active, deleted = wire.asked
    assert len(wire.sent) == 1
    assert wire.sent[0].headers["content-type"] == "application/json"
    assert active.url.path == "/v1.0/users"
    assert active.url.params["$filter"] == (
        "userPrincipalName eq 'm@contoso.com' or mail eq 'm@contoso.com'"
        " or proxyAddresses/any(p:p eq 'smtp:m@contoso.com')"
        " or proxyAddresses/any(p:p eq 'SMTP:m@contoso.com')"
    )
    assert "consistencylevel" not in active.headers
    assert deleted.url.path == "/v1.0/directory/deletedItems/graph.user"


async def test_a_name_counts_before_an_address() -> None:
    """One search finds both; whoever is called so is meant, and not who has it as an address."""
    alias = {"id": "u1", "userPrincipalName": "bob@contoso.com"}
    named = {"id": "u2", "userPrincipalName": "Al@contoso.com"}

    for found, expected in (((alias, named), ("u2",)), ((alias,), ("u1",))):
        people = GraphPeople(Wire(page(*found), NOBODY_ELSE).client())
        assert (await people.ids("al@contoso.com")).active == expected


async def test_where_graph_takes_no_joined_search_less_is_asked_at_once() -> None:
    """Its 400 is met once for active and once for deleted users; then apart, in one request."""
    wire = Wire(refused(400), refused(400), NOBODY_ELSE)
    people = GraphPeople(wire.client())
    await people.ids("al@contoso.com")
    await people.ids("al@contoso.com")

    addresses = (
        "proxyAddresses/any(p:p eq 'smtp:al@contoso.com')"
        " or proxyAddresses/any(p:p eq 'SMTP:al@contoso.com')"
    )
    rest = ["mail eq 'al@contoso.com'", addresses]
    active = ["userPrincipalName eq 'al@contoso.com'", *rest]
    deleted = ["endsWith(userPrincipalName,'al@contoso.com')", *rest]
    asked = [sent.url.params["$filter"] for sent in wire.asked]
    assert asked == [" or ".join(active), " or ".join(deleted), *2 * [*active, *deleted]]
    assert len(wire.sent) == 3


async def test_only_the_search_that_was_refused_is_asked_again() -> None:
    """What the other one found is kept."""
    named = {"id": "u1", "userPrincipalName": "al@contoso.com"}
    wire = Wire(page(named), refused(400), NOBODY_ELSE)
    found = await GraphPeople(wire.client()).ids("al@contoso.com")

    assert found == SearchHits(("u1",), ())
    assert len(wire.asked) == 2 + 3


async def test_aliases_of_deleted_users_are_given_up_last() -> None:
    """Searched for apart, and not at all where Graph refuses even that."""
    by_mail = {"id": "u1", "userPrincipalName": "x@contoso.com", "mail": "al@contoso.com"}
    answers = (NOBODY_ELSE, refused(400), NOBODY_ELSE, page(by_mail), refused(400))
    people = GraphPeople(Wire(*answers).client())

    assert await people.ids("al@contoso.com") == SearchHits((), ("u1",))


async def test_other_refusals_are_no_empty_answers() -> None:
    """403 to a part is 403 to the question."""
    with pytest.raises(AnsweredError):
        await GraphPeople(Wire(NOBODY_ELSE, refused(403)).client()).ids("al@contoso.com")


async def test_a_longer_name_is_somebody_else_unless_the_address_is_theirs() -> None:
    """Graph is asked for names that end so; jim.bob@ is not bob@, but may have bob@ as well."""
    longer = {"userPrincipalName": f"{'0' * 32}jim.bob@contoso.com", "mail": "jim@contoso.com"}
    stranger = longer | {"id": "u1", "proxyAddresses": ["SMTP:jim@contoso.com"]}
    by_alias = longer | {"id": "u2", "proxyAddresses": ["smtp:Bob@contoso.com"]}
    by_mail = longer | {"id": "u3", "mail": "bob@contoso.com"}
    people = GraphPeople(Wire(NOBODY_ELSE, page(stranger, by_alias, by_mail)).client())

    assert (await people.ids("bob@contoso.com")).deleted == ("u2", "u3")


async def test_near_names_are_the_most_alike_first() -> None:
    """By the part before the @, or the display name; strangers are left out."""
    rows = [
        {"id": "u1", "userPrincipalName": "emma.jansen@contoso.com", "displayName": "Emma Jansen"},
        {"id": "u2", "userPrincipalName": "emma.j@contoso.com", "displayName": "Emma Janssen"},
        {"id": "u3", "userPrincipalName": "emma@contoso.com", "displayName": "Emma Bakker"},
    ]
    gone = {"id": USER_ID, "userPrincipalName": f"{USER_ID.replace('-', '')}emma.janse@contoso.com"}
    deleted = page(gone | {"deletedDateTime": "2026-11-20T12:00:00Z"})
    wire = Wire(page(*rows), deleted, page(rows[0]), refused(400))
    found = await GraphPeople(wire.client()).near("emma.janssen@contoso.com")

    assert [one.id for one in found] == ["u2", "u1", USER_ID]
    assert found[2].user_principal_name == "emma.janse@contoso.com"
    assert found[2].deleted_at is not None
    assert len(wire.sent) == 1


@pytest.mark.parametrize("display_name", ["Emma Janssen", "Janssen, Emma"])
async def test_a_surname_in_front_is_as_good_as_one_behind(display_name: str) -> None:
    """As the address list writes it: looked for by the forename, and alike in either order."""
    found = {"id": "u1", "userPrincipalName": "x1@contoso.com", "displayName": display_name}
    wire = Wire(page(), page(), page(found), page())

    near = await GraphPeople(wire.client()).near("Jansen, Emma")

    assert [one.id for one in near] == ["u1"]
    asked = [unquote(one["url"]) for one in json.loads(wire.sent[0].content)["requests"]]
    assert any("startsWith(displayName,'Emm')" in url for url in asked)
    assert any("startsWith(surname,'Jans')" in url for url in asked)


@pytest.mark.parametrize(
    ("name", "by_beginning", "by_end"),
    [
        ("Emma", True, False),
        ("emma@contoso.com", True, False),
        ("megan@contoso.com", True, True),
        ("Emma Janssen", True, True),
        ("emma.janssen@contoso.com", True, True),
        ("e.janssen@contoso.com", False, True),
    ],
)
async def test_near_names_are_looked_for_by_both_ends(
    name: str,
    by_beginning: bool,  # noqa: FBT001 - a case
    by_end: bool,  # noqa: FBT001 - a case
) -> None:
    """By the first word, and by the surname and the end of the user name; in one request."""
    wire = Wire(*(page() for _ in range(2 * (by_beginning + by_end))))

    assert await GraphPeople(wire.client()).near(name) == ()
    [sent] = wire.sent
    asked = [unquote(one["url"]) for one in json.loads(sent.content)["requests"]]
    assert len(asked) == 2 * (by_beginning + by_end)
    assert any("startsWith(displayName" in url for url in asked) == by_beginning
    assert any("surname" in url or "endsWith" in url for url in asked) == by_end


@pytest.mark.parametrize("name", ["", "em", "a.b@contoso.com", "em@contoso.com", "\n"])
async def test_too_little_is_near_to_nobody(name: str) -> None:
    """Nothing is sent."""
    wire = Wire(refused(500))

    assert await GraphPeople(wire.client()).near(name) == ()
    assert wire.sent == []


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
    await GraphPeople(wire.client()).ids(name)

    search = wire.asked[0]
    quoted = name.replace("'", "''")
    assert search.url.params["$filter"] == (
        f"userPrincipalName eq '{quoted}' or mail eq '{quoted}'"
        f" or proxyAddresses/any(p:p eq 'smtp:{quoted}')"
        f" or proxyAddresses/any(p:p eq 'SMTP:{quoted}')"
    )
    assert tuple(search.url.params) == ("$filter", "$select")
    assert search.url.path == "/v1.0/users"


@pytest.mark.parametrize("name", ["", " ", "a\nb@x", "a\x00b@x", "\ud800@x", "a" * 321])
async def test_a_name_that_nobody_can_have_is_not_asked_for(name: str) -> None:
    """Nothing is sent for a name that no user can have."""
    wire = Wire(refused(500))
    people = GraphPeople(wire.client())

    assert await people.ids(name) == SearchHits((), ())
    assert wire.sent == []


@pytest.mark.parametrize("user_id", ["", "x", f"{USER_ID}/../x", f"{USER_ID}\n", "%2e%2e"])
async def test_only_an_object_id_comes_into_a_path(user_id: str) -> None:
    """Whatever else is not found, without a request."""
    wire = Wire(refused(500))
    tenant, effects = GraphTenant(wire.client()), GraphEffects(wire.client())

    assert await GraphPeople(wire.client()).active(user_id) is None
    assert await GraphPeople(wire.client()).deleted(user_id) is None
    held = await tenant.roles_held(user_id, is_deleted=False)
    assert held == AdminRoles(not_looked=frozenset(RoleSource))
    assert not (await tenant.mailbox(user_id)).is_there
    with pytest.raises(DirectoryError):
        await effects.restore_user(user_id, new_upn=None, drop_addresses=False)
    with pytest.raises(DirectoryError):
        await effects.assign_licenses(user_id, ())
    assert wire.sent == []
