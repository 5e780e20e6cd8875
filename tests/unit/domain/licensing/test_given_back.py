"""What is given back is what was lost, and nothing that somebody switched off since."""

from dataclasses import replace

import pytest

from shared.domain.licensing.choice import choose_licenses
from shared.domain.licensing.chosen import ChosenLicenses, LicenseQuestion
from shared.domain.licensing.held import HeldLicense, Origin
from shared.domain.licensing.known import KnownLicenses, LicenseSource
from shared.domain.person import AssignedLicense
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    SHAREPOINT_PLAN_ID,
    TEAMS_PLAN_ID,
    a_person,
    a_sku,
)

_BARE = a_person(licenses=(), license_states=(), plans=())


@pytest.mark.parametrize(
    ("was_off", "is_off", "given_off"),
    [
        ((TEAMS_PLAN_ID,), None, (TEAMS_PLAN_ID,)),
        ((), (EXCHANGE_PLAN_ID,), ()),
        ((), (EXCHANGE_PLAN_ID, TEAMS_PLAN_ID), (TEAMS_PLAN_ID,)),
        (
            (SHAREPOINT_PLAN_ID,),
            (EXCHANGE_PLAN_ID, TEAMS_PLAN_ID),
            (TEAMS_PLAN_ID,),
        ),
    ],
    ids=["all of it went", "its mailbox plan went", "and another is off", "and one is on again"],
)
def test_a_licence_comes_back_as_it_was(
    was_off: tuple[str, ...], is_off: tuple[str, ...] | None, given_off: tuple[str, ...]
) -> None:
    """Of one that is still there only the plans of Exchange are put back."""
    held = HeldLicense(ENTERPRISEPACK_ID, was_off, Origin.DIRECT)
    there = () if is_off is None else (AssignedLicense(ENTERPRISEPACK_ID, is_off),)
    known = KnownLicenses((held,), LicenseSource.OBSERVED)

    assert choose_licenses(
        LicenseQuestion(replace(_BARE, licenses=there), (a_sku(),), known=(known,))
    ) == ChosenLicenses((AssignedLicense(ENTERPRISEPACK_ID, given_off),), LicenseSource.OBSERVED)
