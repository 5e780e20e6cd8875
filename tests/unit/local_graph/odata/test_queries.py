"""The rules of queries: how long a filter may be, which need headers, what case means."""

from urllib.parse import quote

import pytest

from tests.unit.local_graph.caller import BIN, HANNA, SARA, Caller, person

DELETED = f"{BIN}/microsoft.graph.user"
TOO_MANY = (
    "Too many child clauses specified in search filter expression containing 'OR' operators: 16. "
    "Max allowed: 15."
)


def alternatives(number: int) -> str:
    """Answer a filter of so many alternatives, one of them in brackets of its own."""
    clauses = [f"displayName eq 'nobody {at}'" for at in range(number)]
    return f"({' or '.join(clauses[:2])}) or {' or '.join(clauses[2:])}"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/users", alternatives(16)),
        (DELETED, alternatives(16)),
        ("/groups", alternatives(16)),
        ("/users", f"accountEnabled eq true and ({alternatives(16)})"),
        ("/users", f"displayName in ({', '.join(repr(str(at)) for at in range(16))})"),
    ],
)
async def test_a_filter_has_fifteen_alternatives_at_most(
    graph: Caller, path: str, text: str
) -> None:
    """The sixteenth is refused; fifteen are answered. Source of the words: one public report."""
    await graph.switch(tokenRoles=["User.Read.All", "GroupMember.Read.All"])
    refused = await graph.get(f"{path}?$filter={quote(text)}")
    passed = await graph.get(f"{path}?$filter={quote(alternatives(15))}")

    assert (refused.status, refused.code) == (400, "Request_UnsupportedQuery")
    assert refused.message == TOO_MANY
    assert passed.status == 200


@pytest.mark.parametrize("minds", [False, True])
async def test_whether_case_matters_in_addresses_is_a_switch(
    graph: Caller,
    minds: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """A primary address is SMTP:..., an alias smtp:...; everything else never minds case."""
    await graph.switch(addressFilterMindsCase=minds)

    async def found(clause: str) -> list[str]:
        return (await graph.get(f"/users?$filter={quote(clause)}&$select=id")).ids

    primary = "proxyAddresses/any(p:p eq '{}:sara.bakker@contoso.example')"
    alias = "proxyAddresses/any(p:p eq '{}:info@contoso.example')"
    assert await found(primary.format("SMTP")) == [SARA]
    assert await found(alias.format("smtp")) == [SARA]
    assert await found(primary.format("smtp")) == ([] if minds else [SARA])
    assert await found(alias.format("SMTP")) == ([] if minds else [SARA])
    assert await found("mail eq 'SARA.bakker@CONTOSO.example'") == [SARA]
    assert await found("userPrincipalName eq 'SARA.bakker@contoso.example'") == [SARA]


@pytest.mark.parametrize("minds", [False, True])
async def test_case_in_addresses_of_the_deleted(
    graph: Caller,
    minds: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """The same switch holds for deleted users."""
    await graph.switch(addressFilterMindsCase=minds)
    clause = quote("proxyAddresses/any(p:p eq 'SMTP:emma@contoso.example')")

    reply = await graph.get(f"{DELETED}?$count=true&$filter={clause}", eventual=True)

    assert len(reply.ids) == (0 if minds else 1)


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("companyName eq 'x'", "eq"),
        ("mobilePhone eq '1'", "eq"),
        ("onPremisesImmutableId eq 'x'", "eq"),
        ("onPremisesExtensionAttributes/extensionAttribute1 eq 'x'", "eq"),
        ("officeLocation in ('x')", "in"),
        ("startsWith(employeeType,'x')", "startsWith"),
        ("createdDateTime in (2026-01-01T00:00:00Z)", "in"),
        ("onPremisesSyncEnabled ge true", "ge"),
        ("department eq null", "null"),
    ],
)
async def test_some_filters_need_the_advanced_headers(graph: Caller, text: str, needs: str) -> None:
    """Without ConsistencyLevel and $count they are refused, with them they run.

    Source: microsoft-graph-docs-contrib, includes/filter-directory-objects.md.
    """
    path = f"/users?$count=true&$filter={quote(text)}"

    without, with_both = await graph.get(path), await graph.get(path, eventual=True)

    assert (without.status, without.code) == (400, "Request_UnsupportedQuery")
    assert f"Operator '{needs}' is not supported" in without.message
    assert with_both.status == 200


@pytest.mark.parametrize(
    "text",
    [
        "ageGroup eq 'adult'",
        "businessPhones/any(p:p eq '1')",
        "onPremisesUserPrincipalName eq 'x'",
        "consentProvidedForMinor eq 'granted'",
        "onPremisesSyncEnabled eq true",
        "deletedDateTime ge 2026-11-01T00:00:00Z",
        "employeeId eq '7'",
    ],
)
async def test_other_filters_run_without_the_advanced_headers(graph: Caller, text: str) -> None:
    """What the same table has under default runs as it is."""
    assert (await graph.get(f"/users?$filter={quote(text)}")).status == 200


@pytest.mark.parametrize(
    ("sought", "found"),
    [("anna", 0), ("hann", 1), ("vos", 1), ("hanna vos", 1), ("os", 0)],
)
async def test_a_search_finds_words_by_their_beginning(
    graph: Caller, sought: str, found: int
) -> None:
    """A display name is cut into words. Source: Microsoft "Use the $search query parameter"."""
    search = quote(f'"displayName:{sought}"')

    reply = await graph.get(f"/users?$search={search}&$select=id", eventual=True)

    assert len(reply.ids) == found


@pytest.mark.parametrize("option", ["$skip=3", "$expand=nonsense"])
async def test_options_that_users_do_not_have_are_refused(graph: Caller, option: str) -> None:
    """Neither is taken in silence; a navigation that users have is."""
    assert (await graph.get(f"/users?{option}")).status == 400
    assert (await graph.get("/users?$expand=manager")).status == 200


@pytest.mark.parametrize(
    ("path", "context"),
    [
        (f"{DELETED}?$select=id", "#users(id)"),
        (f"{BIN}/microsoft.graph.group?$select=id,displayName", "#groups(id,displayName)"),
        (f"{BIN}/microsoft.graph.group", "#groups"),
    ],
)
async def test_deleted_items_have_the_context_of_their_type(
    graph: Caller, path: str, context: str
) -> None:
    """As in Microsoft "List deletedItems", example 2."""
    await graph.switch(tokenRoles=["User.Read.All", "Group.Read.All"])

    reply = await graph.get(path)

    assert reply.body["@odata.context"].endswith(f"$metadata{context}")


async def test_without_metadata_there_is_none(graph: Caller) -> None:
    """`odata.metadata=none` leaves links and counts only. Source: CLI for Microsoft 365."""
    accept = {"Accept": "application/json;odata.metadata=none"}

    one = await graph.send("GET", f"{BIN}/{HANNA}", headers=accept)
    user = await graph.send("GET", f"/users/{HANNA}?$select=id", headers=accept)
    some = await graph.send("GET", "/users?$top=3&$select=id", headers=accept)

    assert user.body == {"id": HANNA}
    assert set(some.body) == {"@odata.nextLink", "value"}
    assert "odata.metadata=none" in some.headers["Content-Type"]
    assert one.status == 404


async def test_marks_can_stand_in_extension_attributes(graph: Caller) -> None:
    """Custom attributes are read, filtered and written, one at a time."""
    mark = f"extension_{'0a' * 16}_doNotRestore"
    attributes = {"extensionAttribute1": "do not bring back", "extensionAttribute2": "kept"}
    await graph.load(
        users=[person(onPremisesExtensionAttributes=attributes, employeeType="left", **{mark: "y"})]
    )
    await graph.switch(tokenRoles=["User.ReadWrite.All"])
    user = (await graph.get("/users?$select=id")).ids[0]
    chosen = f"$select=onPremisesExtensionAttributes,employeeType,{mark}"

    change = {"onPremisesExtensionAttributes": {"extensionAttribute1": None}}
    before = (await graph.get(f"/users/{user}?{chosen}")).body
    found = await graph.get(f"/users?$filter={mark} eq 'y'&$select=id")
    changed = await graph.send("PATCH", f"/users/{user}", body=change)
    after = (await graph.get(f"/users/{user}?{chosen}")).body

    assert before["onPremisesExtensionAttributes"] == attributes
    assert (before["employeeType"], before[mark]) == ("left", "y")
    assert found.ids == [user]
    assert changed.status == 204
    assert after["onPremisesExtensionAttributes"] == {**attributes, "extensionAttribute1": None}
    assert (await graph.get("/users?$select=extension_x_y")).status == 400
