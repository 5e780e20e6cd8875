"""What is told of licences that are given, or come back: each text once, with the names in it."""

from dataclasses import replace

import pytest

from shared.domain.findings import license_warnings as warnings
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, block, warn
from shared.domain.licensing.chosen import ChosenLicenses, LeftOut, LeftOutReason
from shared.domain.licensing.held import HeldLicense
from shared.domain.licensing.known import KnownLicenses, LicenseSource
from shared.domain.licensing.offer import Offer
from shared.domain.licensing.rights import NamingRights
from shared.domain.licensing.skus import Sku
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense
from tests.builders import UPN, a_sku
from tests.unit.domain.table import DELETED, UNLICENSED

_P1_PLAN, _KIOSK_PLAN = (
    "9aaf7827-d63c-4b61-89c3-182f06f82e5c",
    "4a82b400-a79f-41a4-b4e2-e94f5787b113",
)
_E3, _E5 = a_sku(), a_sku(sku_id="e5", part_number="SPE_E5")
_P1 = a_sku(sku_id="p1", part_number="P1", plan_ids=(_P1_PLAN,))
_KIOSK = a_sku(sku_id="kiosk", part_number="KIOSK", plan_ids=(_KIOSK_PLAN,))
_ADD_ON = a_sku(sku_id="add-on", part_number="ADD_ON", plan_ids=("x",))


def _offer(*skus: Sku) -> Offer:
    return Offer(skus, NamingRights(any_license=True))


def _chosen(*skus: Sku, source: LicenseSource = LicenseSource.NAMED) -> ChosenLicenses:
    return ChosenLicenses(tuple(AssignedLicense(one.sku_id) for one in skus), source)


def _full(sku: Sku) -> Sku:
    return replace(sku, free_seats=0)


def _last(sku: Sku) -> Sku:
    return replace(sku, free_seats=1)


def _unpaid(sku: Sku) -> Sku:
    return replace(sku, free_seats=0, capability_status="Suspended")


def test_what_is_left_out_is_told_once_for_each_reason() -> None:
    """With all that have it."""
    reasons = {
        LeftOutReason.NO_EXCHANGE: "no-exchange",
        LeftOutReason.FROM_GROUP: "of-group",
        LeftOutReason.ORIGIN_UNKNOWN: "origin-unknown",
        LeftOutReason.NOT_IN_TENANT: "not-in-tenant",
    }
    out = tuple(LeftOut(sku.sku_id, reason) for reason in reasons for sku in (_E3, _E5))
    chosen = replace(_chosen(_P1), left_out=out)

    told = warnings.left_out(chosen, (_E3, _E5, _P1))

    names = (_E3.label, _E5.label)
    assert [(one.code, one.text.variant) for one in told] == [
        ("license-left-out", variant) for variant in reasons.values()
    ]
    assert [one.text.param("licenses") for one in told] == [names] * 4


@pytest.mark.parametrize(
    ("given", "lost", "source", "skus", "told"),
    [
        (
            _P1,
            (_E3,),
            LicenseSource.NAMED,
            (_P1, _E3),
            warn(
                FindingCode.LICENSE_SMALLER,
                licenses=(_P1.label,),
                lost=(_E3.label,),
                others=(_E3.label,),
            ),
        ),
        (
            _KIOSK,
            (_E3, _P1),
            LicenseSource.DEFAULT,
            (_KIOSK, _full(_P1), _full(_E3)),
            warn(
                FindingCode.LICENSE_SMALLER,
                "alone",
                licenses=(_KIOSK.label,),
                lost=(_E3.label, _P1.label),
            ),
        ),
        (
            _P1,
            (_P1, _E3),
            LicenseSource.NAMED,
            (_P1, _full(_E3)),
            warn(FindingCode.LICENSE_SMALLER, "alone", licenses=(_P1.label,), lost=(_E3.label,)),
        ),
        (_E3, (_P1,), LicenseSource.NAMED, (_P1, _E3), None),
        (_P1, (_P1,), LicenseSource.NAMED, (_P1, _E3), None),
        (_P1, (_E3,), LicenseSource.OBSERVED, (_P1, _E3), None),
        (_ADD_ON, (_E3,), LicenseSource.NAMED, (_ADD_ON, _E3), None),
        (_P1, (), LicenseSource.NAMED, (_P1, _E3), None),
        (_E3, (), LicenseSource.DEFAULT, (_P1, _E3), None),
        (
            _P1,
            (),
            LicenseSource.DEFAULT,
            (_P1, _E3, _KIOSK),
            warn(
                FindingCode.LICENSE_SMALLER,
                "unknown",
                licenses=(_P1.label,),
                others=(_E3.label,),
            ),
        ),
        (
            _P1,
            (),
            LicenseSource.DEFAULT,
            (_P1, _unpaid(_E3)),
            warn(FindingCode.LICENSE_SMALLER, "unknown-alone", licenses=(_P1.label,)),
        ),
    ],
)
def test_a_smaller_mailbox_is_told_with_what_was_lost(
    given: Sku, lost: tuple[Sku, ...], source: LicenseSource, skus: tuple[Sku, ...], told: object
) -> None:
    """And with the larger ones that are free; nothing where it is as large, or as it was."""
    held = tuple(HeldLicense(one.sku_id) for one in lost)
    known = (KnownLicenses(held, LicenseSource.OBSERVED),)

    chosen = _chosen(given, source=source)
    assert warnings.smaller(chosen, UNLICENSED, known, _offer(*skus)) == told


@pytest.mark.parametrize(
    ("given", "skus", "told"),
    [
        ((_E3,), (_E3, _E5), []),
        ((_E3,), (_last(_E3),), []),
        (
            (_E3, _E5),
            (_last(_E3), _full(_E5)),
            [warn(FindingCode.NO_FREE_SEAT, "add-on", licenses=(_E5.label,))],
        ),
        (
            (_E3, _ADD_ON),
            (_last(_E3), _full(_ADD_ON)),
            [warn(FindingCode.NO_FREE_SEAT, "add-on", licenses=(_ADD_ON.label,))],
        ),
        ((_E3,), (_full(_E3),), [warn(FindingCode.NO_FREE_SEAT, licenses=(_E3.label,))]),
        (
            (_E3,),
            (_full(_E3), _E5, _full(_P1)),
            [
                warn(
                    FindingCode.NO_FREE_SEAT,
                    "others",
                    licenses=(_E3.label,),
                    others=(_E5.label,),
                )
            ],
        ),
        (
            (_E3, _ADD_ON),
            (_E3, _full(_ADD_ON)),
            [warn(FindingCode.NO_FREE_SEAT, "add-on", licenses=(_ADD_ON.label,))],
        ),
        (
            (_E3, _ADD_ON),
            (_full(_E3), _full(_ADD_ON)),
            [
                warn(FindingCode.NO_FREE_SEAT, licenses=(_E3.label,)),
                warn(FindingCode.NO_FREE_SEAT, "add-on", licenses=(_ADD_ON.label,)),
            ],
        ),
        (
            (_E3, _E5),
            (_full(_E3), _E5),
            [warn(FindingCode.NO_FREE_SEAT, "add-on", licenses=(_E3.label,))],
        ),
        (
            (_E3,),
            (_unpaid(_E3),),
            [warn(FindingCode.SUBSCRIPTION_SUSPENDED, "alone", licenses=(_E3.label,))],
        ),
        (
            (_E3,),
            (_unpaid(_E3), _E5),
            [
                warn(
                    FindingCode.SUBSCRIPTION_SUSPENDED,
                    licenses=(_E3.label,),
                    others=(_E5.label,),
                )
            ],
        ),
    ],
)
def test_a_seat_that_is_missing_is_told_with_what_else_has_one(
    given: tuple[Sku, ...], skus: tuple[Sku, ...], told: list[Finding]
) -> None:
    """An add-on is waited for by nobody, where the mailbox has its seat."""
    assert warnings.seats(_chosen(*given), UNLICENSED, _offer(*skus)) == told


def test_a_seat_that_is_held_already_is_not_missing() -> None:
    """The licence is there, with its mailbox part switched off, so others keep their room."""
    holds = replace(UNLICENSED, licenses=(AssignedLicense(_E3.sku_id),))
    offer = _offer(_full(_E3), _full(_ADD_ON))

    assert warnings.seats(_chosen(_E3), holds, offer) == []
    assert warnings.seats(_chosen(_E3, _ADD_ON), holds, offer) == [
        warn(FindingCode.NO_FREE_SEAT, "add-on", licenses=(_ADD_ON.label,))
    ]


@pytest.mark.parametrize(
    ("skus", "told"),
    [
        ((_E3, _last(_ADD_ON)), []),
        (
            (_full(_E3), _full(_ADD_ON)),
            [warn(FindingCode.SEATS_OVERDRAWN, licenses=(_E3.label, _ADD_ON.label))],
        ),
        (
            (_unpaid(_E3), _full(_ADD_ON), _E5),
            [
                warn(
                    FindingCode.SUBSCRIPTION_SUSPENDED,
                    licenses=(_E3.label,),
                    others=(_E5.label,),
                ),
                warn(FindingCode.SEATS_OVERDRAWN, licenses=(_ADD_ON.label,)),
            ],
        ),
        ((_E3, _unpaid(_ADD_ON)), []),
    ],
)
def test_licences_that_come_back_over_the_count_are_told(
    skus: tuple[Sku, ...], told: list[Finding]
) -> None:
    """And those that are not paid for, as far as the mailbox hangs on them."""
    held = tuple(AssignedLicense(one.sku_id) for one in (_E3, _ADD_ON))

    person = replace(DELETED, licenses=held)
    assert warnings.seats_overdrawn(person, _offer(*skus)) == told


def test_a_licence_that_the_tenant_has_no_more_is_told() -> None:
    """By the name that it has elsewhere, or its id; one that is no user's licence is listed."""
    of_company = a_sku(sku_id="company", for_users=False)
    held = tuple(AssignedLicense(one) for one in ("gone", "company", _E3.sku_id))

    told = warnings.unlisted(replace(DELETED, licenses=held), (_E3, of_company))

    assert told == warn(FindingCode.LICENSE_LEFT_OUT, "not-in-tenant", licenses=("gone",))
    assert warnings.unlisted(DELETED, (_E3,)) is None


def test_without_a_country_it_is_told_when_it_can_be_set() -> None:
    """Of a deleted user not before it is back."""
    active, deleted = (replace(one, usage_location=None) for one in (UNLICENSED, DELETED))

    assert warnings.usage_location(active) == (block(Code.USAGE_LOCATION_MISSING, user=UPN),)
    assert warnings.usage_location(deleted) == (
        block(Code.USAGE_LOCATION_MISSING, "deleted", user=UPN),
    )
    assert warnings.usage_location(UNLICENSED) == ()
