"""Test names that belong to somebody else by now: a finding, and never the wrong person."""

from dataclasses import replace

import pytest

from shared.domain.outcomes import Code
from shared.domain.person import Person
from shared.domain.requests.request import RestoreKind
from tests.builders import UPN, USER_ID, a_deleted_person, a_person, a_request
from tests.reading import said
from tests.unit.world.people import world_with
from tests.unit.world.world import code_of

ALIAS = "megan@contoso.com"
PRIMARY = "m.bowen@contoso.com"
DELETED = a_deleted_person(
    mail=PRIMARY, proxy_addresses=(f"SMTP:{PRIMARY}", f"smtp:{ALIAS}", f"smtp:{UPN}")
)
NEWCOMER = a_person(
    id="11111111-2222-4333-8444-555555555555",
    user_principal_name="new@contoso.com",
    mail=None,
    proxy_addresses=(),
)
HOLDERS = {
    "UPN": replace(NEWCOMER, user_principal_name=UPN),
    "primary address": replace(NEWCOMER, proxy_addresses=(f"SMTP:{PRIMARY}",)),
    "alias": replace(NEWCOMER, proxy_addresses=(f"smtp:{ALIAS}",)),
}
NAMES = {"id": USER_ID, "UPN": UPN, "primary address": PRIMARY, "alias": ALIAS}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
async def test_a_deleted_user_is_found_by_every_name(name: str) -> None:
    """Whatever people remember of the person."""
    record = await world_with(DELETED).restore(a_request(kind=RestoreKind.USER, user=name))

    assert code_of(record) is Code.USER_RESTORED


@pytest.mark.parametrize("holder", HOLDERS.values(), ids=HOLDERS)
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
async def test_the_deleted_user_is_meant_whoever_has_the_name_now(
    name: str, holder: Person
) -> None:
    """The restore is refused with the holder named, and the holder is left alone."""
    world = world_with(DELETED, holder)

    record = await world.restore(a_request(user=name))

    assert record.person is not None
    assert record.person.id == USER_ID
    assert code_of(record) in {Code.UPN_CONFLICT, Code.ADDRESS_CONFLICT}
    assert record.outcome is not None
    assert holder.id in said(record.outcome).message
    assert world.effects() == []


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
async def test_an_active_user_is_found_by_every_name(name: str) -> None:
    """And is as asked already."""
    record = await world_with(replace(DELETED, deleted_at=None)).restore(a_request(user=name))

    assert code_of(record) is Code.ALREADY_ACTIVE
