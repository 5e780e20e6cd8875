"""What a caller may name for a person, and what has seats: rule by rule."""

import pytest

from shared.domain.licensing.exchange_plans import MailboxSize
from shared.domain.licensing.held import HeldLicense
from shared.domain.licensing.known import KnownLicenses, LicenseSource
from shared.domain.licensing.offer import Offer, offer_for
from shared.domain.licensing.rights import NamingRights
from shared.domain.licensing.skus import Sku
from shared.domain.person import AssignedLicense, LicenseState, Person
from tests.builders import TEAMS_PLAN_ID, a_person, a_sku

_ANY = NamingRights(any_license=True)
_PLAN_1 = "9aaf7827-d63c-4b61-89c3-182f06f82e5c"
_BARE = a_person(licenses=(), license_states=(), plans=())


def _sku(name: str, **fields: object) -> Sku:
    return a_sku(sku_id=name, part_number=name, **fields)


def _choices(*skus: Sku, rights: NamingRights = _ANY, person: Person = _BARE) -> list[str]:
    return [sku.sku_id for sku in offer_for(person, (), skus, rights).choices]


@pytest.mark.parametrize(
    ("fields", "is_offered"),
    [
        ({}, True),
        ({"free_seats": 0}, True),
        ({"capability_status": "Suspended"}, True),
        ({"for_users": False}, False),
        ({"plan_ids": (TEAMS_PLAN_ID,)}, False),
    ],
    ids=["with a mailbox", "full", "unpaid", "a company's", "without a mailbox"],
)
def test_what_has_a_mailbox_for_users_may_be_named(
    fields: dict[str, object], *, is_offered: bool
) -> None:
    """Full and unpaid ones as well: seats can be bought, and bills be paid."""
    assert _choices(_sku("a", **fields)) == (["a"] if is_offered else [])


@pytest.mark.parametrize(
    ("person", "known"),
    [
        (a_person(licenses=(AssignedLicense("a"),), license_states=()), ()),
        (a_person(licenses=(), license_states=(LicenseState("a", "group", "Error"),)), ()),
        (_BARE, (KnownLicenses((HeldLicense("a"),), LicenseSource.OBSERVED),)),
    ],
    ids=["has it", "a group would give it", "was seen with it"],
)
def test_what_the_person_was_seen_with_may_be_named(
    person: Person, known: tuple[KnownLicenses, ...]
) -> None:
    """By whoever may name nothing else."""
    offer = offer_for(person, known, (_sku("a"), _sku("b")), NamingRights())

    assert [sku.sku_id for sku in offer.choices] == ["a"]


def test_choices_are_listed_by_name() -> None:
    """In any case of letters, as a person reads them."""
    assert _choices(_sku("b"), _sku("C"), _sku("a")) == ["a", "b", "C"]


@pytest.mark.parametrize(
    ("fields", "is_named"),
    [
        ({"free_seats": 1}, True),
        ({"free_seats": 0}, False),
        ({"free_seats": -1}, False),
        ({"capability_status": "Suspended"}, False),
        ({"plan_ids": (TEAMS_PLAN_ID,)}, False),
    ],
    ids=["one seat", "full", "overdrawn", "unpaid", "without a mailbox"],
)
def test_what_has_seats_is_named_whoever_may_name_it(
    fields: dict[str, object], *, is_named: bool
) -> None:
    """It is a fact about the tenant, and no choice."""
    offer = Offer((_sku("a", **fields),), NamingRights())

    assert offer.with_seats() == (("a",) if is_named else ())
    assert offer.with_seats(besides=("a",)) == ()


def test_larger_ones_alone_are_named_where_size_matters() -> None:
    """The same size is no way out of a small mailbox."""
    offer = Offer((_sku("one", plan_ids=(_PLAN_1,)), _sku("two")), NamingRights())

    assert offer.with_seats(above=MailboxSize.KIOSK) == ("one", "two")
    assert offer.with_seats(above=MailboxSize.STANDARD) == ("two",)
    assert offer.with_seats(above=MailboxSize.ENTERPRISE) == ()
