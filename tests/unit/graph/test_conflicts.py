"""Who holds a name, an address or an anchor: what is asked, and what is made of the answers."""

import pytest

from shared.domain.person import Conflict, ConflictLook, ConflictProperty, HolderKind, Person
from shared.errors import AnsweredError
from shared.graph.people import GraphPeople
from tests.unit.graph.wire import USER_ID, Wire, page, refused

NOBODY = page()
MEGAN = Person(
    id=USER_ID,
    user_principal_name="Megan@contoso.com",
    mail="megan@contoso.com",
    proxy_addresses=("SMTP:megan@contoso.com", "smtp:info@contoso.com"),
    immutable_id="abc==",
)
INFO = "info@contoso.com"


async def look(*answers: object, also_upn: str | None = None) -> ConflictLook:
    """What is found where Graph answers so: users, groups, contacts."""
    people = GraphPeople(Wire(*answers).client())  # type: ignore[arg-type]
    return await people.conflicts(MEGAN, also_upn=also_upn)


async def test_everything_is_asked_in_one_request() -> None:
    """Names and addresses of users in both spellings, the anchor, and addresses of the others."""
    wire = Wire(NOBODY)
    found = await GraphPeople(wire.client()).conflicts(MEGAN, also_upn="new@contoso.com")

    users, anchor, groups, contacts = wire.asked
    assert len(wire.sent) == 1
    assert users.url.params["$filter"].split(" or ") == [
        clause
        for value in ("megan@contoso.com", INFO, "new@contoso.com")
        for clause in (
            f"userPrincipalName eq '{_as_asked(value)}'",
            f"proxyAddresses/any(p:p eq 'smtp:{_as_asked(value)}')",
            f"proxyAddresses/any(p:p eq 'SMTP:{_as_asked(value)}')",
        )
    ]
    assert anchor.url.params["$filter"] == "onPremisesImmutableId eq 'abc=='"
    assert anchor.headers["consistencylevel"] == "eventual"
    assert (groups.url.path, contacts.url.path) == ("/v1.0/groups", "/v1.0/contacts")
    assert groups.url.params["$filter"] == contacts.url.params["$filter"]
    assert "userPrincipalName" not in groups.url.params["$select"]
    assert all("consistencylevel" not in one.headers for one in (users, groups, contacts))
    assert found == ConflictLook()


def _as_asked(value: str) -> str:
    # The name as the user has it, where name and address differ in case alone.
    return "Megan@contoso.com" if value == "megan@contoso.com" else value


async def test_many_addresses_are_asked_for_in_filters_that_graph_takes() -> None:
    """At most fifteen clauses each."""
    wire = Wire(NOBODY)
    many = tuple(f"smtp:a{number}@contoso.com" for number in range(21))
    person = Person(id=USER_ID, user_principal_name="m@contoso.com", proxy_addresses=many)
    await GraphPeople(wire.client()).conflicts(person, also_upn="n@contoso.com")

    clauses = [one.url.params["$filter"].count(" eq ") for one in wire.asked]
    assert max(clauses) == 15
    assert sum(clauses) == 23 * 3 + 2 * 23 * 2
    assert len(wire.sent) == 1


async def test_a_name_and_addresses_of_another_user() -> None:
    """Each with its holder, as the deleted user has it; the user itself is no clash."""
    other = {
        "id": "U2",
        "userPrincipalName": "megan@contoso.com",
        "displayName": "Megan B",
        "proxyAddresses": ["SMTP:MEGAN@contoso.com", "smtp:other@contoso.com"],
    }
    itself = {"id": USER_ID, "userPrincipalName": "megan@contoso.com"}
    found = await look(page(other, itself), NOBODY)

    who = ("u2", "Megan B", HolderKind.USER)
    assert found.found == (
        Conflict(ConflictProperty.UPN, "Megan@contoso.com", *who),
        Conflict(ConflictProperty.ADDRESS, "megan@contoso.com", *who),
    )


async def test_an_address_that_is_somebodys_name() -> None:
    """It cannot be had as an address either, although nobody has it as one."""
    other = {"id": "u2", "userPrincipalName": INFO, "proxyAddresses": []}
    (found,) = (await look(page(other), NOBODY)).found

    assert found == Conflict(ConflictProperty.ADDRESS, INFO, "u2", INFO, is_name=True)


async def test_the_new_name_may_be_somebodys_address() -> None:
    """It is then taken as a name, too."""
    other = {"id": "u2", "userPrincipalName": "x@contoso.com", "proxyAddresses": ["smtp:n@x.com"]}
    (found,) = (await look(page(other), NOBODY, also_upn="n@x.com")).found

    assert (found.property, found.value) == (ConflictProperty.UPN, "n@x.com")


async def test_groups_and_contacts_hold_addresses() -> None:
    """Named by what they are called."""
    group = {"id": "g1", "displayName": "Info", "proxyAddresses": [f"SMTP:{INFO}"]}
    contact = {"id": "c1", "mail": INFO, "proxyAddresses": [f"smtp:{INFO}"]}
    found = await look(NOBODY, NOBODY, page(group), page(contact))

    assert found.found == (
        Conflict(ConflictProperty.ADDRESS, INFO, "g1", "Info", HolderKind.GROUP),
        Conflict(ConflictProperty.ADDRESS, INFO, "c1", INFO, HolderKind.CONTACT),
    )


async def test_the_anchor_of_another_user() -> None:
    """Two users cannot be tied to one object of Active Directory."""
    other = {"id": "u2", "userPrincipalName": "x@contoso.com", "onPremisesImmutableId": "abc=="}
    (found,) = (await look(NOBODY, page(other), NOBODY)).found

    assert (found.property, found.value) == (ConflictProperty.IMMUTABLE_ID, "abc==")


@pytest.mark.parametrize("status", [400, 403, 404])
async def test_objects_that_may_not_be_read_are_reported(status: int) -> None:
    """A refused question is no answer, and not "no conflict"; the others are asked all the same."""
    no = refused(status, "Request_BadRequest")
    group = {"id": "g1", "displayName": "Info", "proxyAddresses": [f"SMTP:{INFO}"]}

    assert (await look(no)).not_looked == set(HolderKind)
    found = await look(NOBODY, NOBODY, page(group), no)
    assert found.not_looked == {HolderKind.CONTACT}
    assert len(found.found) == 1


async def test_another_refusal_is_raised() -> None:
    """It says something that nobody foresaw."""
    with pytest.raises(AnsweredError):
        await look(refused(409, "x"))
