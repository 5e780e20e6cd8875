"""Why no licence is chosen names what it is about, and nothing else is taken for a reason."""

from dataclasses import replace

import pytest

from shared.domain.licensing.choice import choose_licenses
from shared.domain.licensing.chosen import (
    ChosenLicenses,
    Doubt,
    LicenseQuestion,
    NoLicense,
    NoLicenseReason,
)
from shared.domain.licensing.groups import Group, group_named
from shared.domain.licensing.held import HeldLicense, LostLicense
from shared.domain.licensing.known import KnownLicenses, LicenseSource, losses_in
from shared.domain.licensing.rights import NamingRights
from shared.domain.licensing.skus import switch_on_mailbox
from shared.domain.person import AssignedLicense, LicenseState, Person
from shared.domain.requests.request import LicenseChoice
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    a_deleted_person,
    a_person,
    a_sku,
)

_OTHER = "4b9405b0-7788-4568-add1-99614e613b69"
_BARE = a_person(licenses=(), license_states=(), plans=())
_SKUS = (a_sku(), a_sku(sku_id=_OTHER, part_number="OTHER"))
_DEFAULT = NamingRights((ENTERPRISEPACK_ID,))


def _off(sku_id: str) -> AssignedLicense:
    return AssignedLicense(sku_id, (EXCHANGE_PLAN_ID,))


def _question(person: Person, **fields: object) -> LicenseQuestion:
    return replace(LicenseQuestion(person, _SKUS), **fields)  # type: ignore[arg-type]


def test_two_that_are_switched_off_are_both_named() -> None:
    """Nobody knows which of them it was."""
    person = replace(_BARE, licenses=(_off(ENTERPRISEPACK_ID), _off(_OTHER)))

    assert choose_licenses(_question(person)) == NoLicense(
        NoLicenseReason.UNKNOWN, sku_ids=(ENTERPRISEPACK_ID, _OTHER)
    )


def test_one_that_is_switched_off_and_of_unknown_origin_is_named() -> None:
    """A group may give it, so it is not switched on by hand; the caller may name it."""
    person = replace(_BARE, licenses=(_off(ENTERPRISEPACK_ID),))

    assert choose_licenses(_question(person)) == NoLicense(
        NoLicenseReason.UNKNOWN, sku_ids=(ENTERPRISEPACK_ID,), origin_unknown=True
    )


def test_what_brings_neither_mailbox_nor_archive_is_refused_beside_a_mailbox() -> None:
    """Only an archive is added to the licence that a person has."""
    bare = a_sku(sku_id=_OTHER, part_number="OTHER", plan_ids=("a-plan",))
    question = LicenseQuestion(
        a_person(),
        (a_sku(), bare),
        LicenseChoice(sku_ids=(_OTHER,)),
        rights=NamingRights(any_license=True),
    )

    assert choose_licenses(question) == NoLicense(
        NoLicenseReason.WITHOUT_MAILBOX, sku_ids=(_OTHER,)
    )


def test_a_name_that_fits_two_is_told_with_both() -> None:
    """The caller tells them apart by their ids."""
    skus = (a_sku(), a_sku(sku_id=_OTHER))
    named = LicenseChoice(sku_part_numbers=("EnterprisePack",))

    assert choose_licenses(LicenseQuestion(_BARE, skus, named)) == NoLicense(
        NoLicenseReason.UNKNOWN, "EnterprisePack", (ENTERPRISEPACK_ID, _OTHER), fits_several=True
    )


def test_a_direct_licence_in_error_is_not_taken_for_a_groups() -> None:
    """What no group gives comes from no group, and the setting decides."""
    person = replace(_BARE, license_states=(LicenseState(ENTERPRISEPACK_ID, None, "Error"),))

    chosen = choose_licenses(_question(person, rights=_DEFAULT))

    assert isinstance(chosen, ChosenLicenses)
    assert chosen.source is LicenseSource.DEFAULT


def test_of_a_licence_whose_origin_is_unknown_is_said_so() -> None:
    """A group may have given it, so it is not given by hand; the caller may name it."""
    known = KnownLicenses((HeldLicense(ENTERPRISEPACK_ID),), LicenseSource.OBSERVED)

    assert choose_licenses(_question(_BARE, known=(known,))) == NoLicense(
        NoLicenseReason.UNKNOWN, sku_ids=(ENTERPRISEPACK_ID,), origin_unknown=True
    )


def test_of_a_deleted_user_the_licence_that_is_gone_is_named() -> None:
    """It may have been the one."""
    person = a_deleted_person(licenses=(AssignedLicense("gone"),), license_states=(), plans=())

    assert choose_licenses(_question(person)) == NoLicense(NoLicenseReason.NOT_IN_TENANT, "gone")


@pytest.mark.parametrize("doubt", [None, Doubt.NEW])
def test_without_a_setting_the_doubt_is_told(doubt: Doubt | None) -> None:
    """Why not even a default would be given."""
    assert choose_licenses(_question(_BARE, doubt=doubt)) == NoLicense(
        NoLicenseReason.UNKNOWN, doubt=doubt
    )


def test_what_went_and_is_back_is_no_loss() -> None:
    """What was noted when it went is told with its instants; the rest as of the last look."""
    noted = LostLicense(HeldLicense("noted"), NOW, NOW)
    back = LostLicense(HeldLicense("back"), NOW, NOW)
    held = (HeldLicense("noted"), HeldLicense("missing"))
    known = KnownLicenses(held, LicenseSource.OBSERVED, (noted, back), NOW)
    person = replace(_BARE, licenses=(AssignedLicense("back"),))

    missing = LostLicense(HeldLicense("missing"), NOW, NOW)
    assert losses_in(known, person) == (noted, missing)
    assert losses_in(replace(known, seen_at=None), person) == (noted,)


def test_what_the_tenant_does_not_list_stays_as_it_is() -> None:
    """There is no plan to switch on."""
    assert switch_on_mailbox(_off("gone"), _SKUS) == _off("gone")


def test_a_group_that_was_not_read_is_known_by_its_id() -> None:
    """So that it can be named."""
    assert group_named("a group", (Group("another"),)) == Group("a group")
