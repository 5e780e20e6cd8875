"""What is told where there is no licence to give: each reason once, with what it names."""

from dataclasses import replace

import pytest

from shared.domain.findings.finding import Finding, block
from shared.domain.findings.license_refusals import Refusing, no_license, wanted_seat_of
from shared.domain.licensing.chosen import Doubt, NoLicense, NoLicenseReason
from shared.domain.licensing.groups import Group, GroupMembership, GroupStanding
from shared.domain.licensing.offer import Offer
from shared.domain.licensing.rights import NamingRights
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense, LicenseState
from shared.domain.text import text
from shared.domain.values.json_values import instant
from tests.builders import ENTERPRISEPACK_ID, EXCHANGE_PLAN_ID, NOW, UPN, a_sku
from tests.unit.domain.table import DAY, DELETED, FLOW, GROUP_ID, UNLICENSED

_E3, _OTHER = a_sku(), a_sku(sku_id="other", part_number="OTHER")
_SKUS = (_E3, _OTHER, FLOW)
_ANY, _NONE = Offer(_SKUS, NamingRights(any_license=True)), Offer(_SKUS, NamingRights())
_ABOUT = Refusing(UNLICENSED, _ANY)
_NO_CHOICE = replace(_ABOUT, offer=_NONE)
_SOME = text("choices", "some", licenses=(_E3.label, _OTHER.label))
_WITHOUT = text("choices", "none")
_LATE = DELETED.deleted_at
_UNKNOWN = NoLicense(NoLicenseReason.UNKNOWN)
_BOTH = (ENTERPRISEPACK_ID, "other")


def _of(reason: NoLicenseReason, what: str = "", *sku_ids: str) -> NoLicense:
    return NoLicense(reason, what, sku_ids)


@pytest.mark.parametrize(
    ("refused", "about", "told"),
    [
        (
            _of(NoLicenseReason.NOT_ALLOWED, "", "other"),
            _ABOUT,
            block(Code.LICENSE_NOT_ALLOWED, licenses=(_OTHER.label,)),
        ),
        (
            _of(NoLicenseReason.WITHOUT_MAILBOX, "", FLOW.sku_id),
            _ABOUT,
            block(Code.LICENSE_WITHOUT_MAILBOX, licenses=(FLOW.label,)),
        ),
        (
            _of(NoLicenseReason.NOT_IN_TENANT, "gone"),
            _ABOUT,
            block(
                Code.LICENSE_NOT_IN_TENANT,
                "choices",
                license="gone",
                licenses=(_E3.label, _OTHER.label),
            ),
        ),
        (
            _of(NoLicenseReason.NOT_IN_TENANT, "gone"),
            _NO_CHOICE,
            block(Code.LICENSE_NOT_IN_TENANT, license="gone"),
        ),
        (
            _of(NoLicenseReason.NOT_IN_TENANT, "OTHERS"),
            _ABOUT,
            block(
                Code.LICENSE_NOT_IN_TENANT,
                "near",
                license="OTHERS",
                near=(_OTHER.label,),
                licenses=(_E3.label, _OTHER.label),
            ),
        ),
        (
            _of(NoLicenseReason.NOT_IN_TENANT, "06ebc4ee-1bb5-47dd-8120-11324bc54e06"),
            _NO_CHOICE,
            block(
                Code.LICENSE_NOT_IN_TENANT,
                license="Microsoft 365 E5 (06ebc4ee-1bb5-47dd-8120-11324bc54e06)",
            ),
        ),
        (
            NoLicense(NoLicenseReason.UNKNOWN, "E3", _BOTH, fits_several=True),
            _ABOUT,
            block(Code.LICENSE_UNKNOWN, "several", name="E3", licenses=(_E3.label, _OTHER.label)),
        ),
        (
            replace(_UNKNOWN, sku_ids=("other",), origin_unknown=True),
            _ABOUT,
            block(Code.LICENSE_UNKNOWN, "origin", user=UPN, licenses=(_OTHER.label,)),
        ),
        (
            replace(_UNKNOWN, sku_ids=_BOTH),
            _ABOUT,
            block(
                Code.LICENSE_UNKNOWN,
                "switched-off",
                user=UPN,
                licenses=(_E3.label, _OTHER.label),
            ),
        ),
        (
            _UNKNOWN,
            _ABOUT,
            block(Code.LICENSE_UNKNOWN, "choices", licenses=(_E3.label, _OTHER.label)),
        ),
        (_UNKNOWN, _NO_CHOICE, block(Code.LICENSE_UNKNOWN, "no-choice")),
        (
            _UNKNOWN,
            replace(_NO_CHOICE, person=DELETED, lost_at=NOW - 5 * DAY),
            block(
                Code.LICENSE_UNKNOWN,
                "then-deleted",
                user=UPN,
                changed=instant(NOW - 5 * DAY),
                deleted=instant(NOW - 2 * DAY),
                choices=_WITHOUT,
            ),
        ),
        (
            _UNKNOWN,
            replace(_NO_CHOICE, person=DELETED, lost_at=_LATE),
            block(Code.LICENSE_UNKNOWN, "no-choice"),
        ),
        (
            _UNKNOWN,
            replace(_NO_CHOICE, person=DELETED),
            block(Code.LICENSE_UNKNOWN, "no-choice"),
        ),
    ],
)
def test_each_reason_names_what_it_is_about(
    refused: NoLicense, about: Refusing, told: Finding
) -> None:
    """And what may be named in its place."""
    assert no_license(refused, about) == (told,)


@pytest.mark.parametrize(
    ("doubt", "told"),
    [
        (Doubt.MOVED, block(Code.LICENSE_UNKNOWN, "moved", user=UPN, choices=_SOME)),
        (Doubt.ON_PREMISES, block(Code.LICENSE_UNKNOWN, "on-premises", user=UPN)),
        (Doubt.PURPOSE, block(Code.LICENSE_UNKNOWN, "purpose", user=UPN, choices=_SOME)),
        (
            Doubt.PURPOSE_UNSAID,
            block(Code.LICENSE_UNKNOWN, "purpose-unsaid", user=UPN, choices=_SOME),
        ),
        (
            Doubt.NEW,
            block(
                Code.LICENSE_UNKNOWN,
                "new",
                user=UPN,
                created=instant(NOW - DAY),
                choices=_SOME,
            ),
        ),
    ],
)
def test_each_doubt_is_told_with_what_may_be_named(doubt: Doubt, told: Finding) -> None:
    """Nobody is left without a way on."""
    new = replace(UNLICENSED, created_at=NOW - DAY)

    assert no_license(replace(_UNKNOWN, doubt=doubt), replace(_ABOUT, person=new)) == (told,)


def test_of_a_doubt_that_names_no_day_the_choices_are_told() -> None:
    """Graph did not say when the account was created."""
    refused = replace(_UNKNOWN, doubt=Doubt.NEW)

    assert no_license(refused, _NO_CHOICE) == (block(Code.LICENSE_UNKNOWN, "no-choice"),)


_SALES = Group(GROUP_ID, "Sales", GroupStanding.ACTIVE, licenses=(AssignedLicense(_E3.sku_id),))
_NAMED = f"Sales ({GROUP_ID})"
_OFF = AssignedLicense(_E3.sku_id, (EXCHANGE_PLAN_ID,))
_FROM_GROUP = NoLicense(
    NoLicenseReason.FROM_GROUP, sku_ids=(_E3.sku_id,), group_ids=(GROUP_ID, "another")
)


def _group(**fields: object) -> Group:
    return replace(_SALES, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("group", "error", "told"),
    [
        (Group(GROUP_ID), None, block(Code.LICENSE_FROM_GROUP, group=GROUP_ID)),
        (_SALES, None, block(Code.LICENSE_FROM_GROUP, "active", group=_NAMED)),
        (
            _group(standing=GroupStanding.DELETED),
            None,
            block(Code.LICENSE_FROM_GROUP, "deleted", group=_NAMED),
        ),
        (
            _group(standing=GroupStanding.GONE),
            None,
            block(Code.LICENSE_FROM_GROUP, "gone", group=_NAMED),
        ),
        (
            _group(licenses=(), members=14),
            None,
            block(Code.LICENSE_FROM_GROUP, "unlicensed", group=_NAMED, count=14),
        ),
        (
            _group(licenses=()),
            None,
            block(Code.LICENSE_FROM_GROUP, "unlicensed-uncounted", group=_NAMED),
        ),
        (
            _group(membership=GroupMembership.NONE, rule='user.department -eq "S"'),
            None,
            block(
                Code.LICENSE_FROM_GROUP,
                "dynamic",
                group=_NAMED,
                rule='user.department -eq "S"',
            ),
        ),
        (
            _group(membership=GroupMembership.NESTED),
            None,
            block(Code.LICENSE_FROM_GROUP, "nested", group=_NAMED),
        ),
        (
            _group(membership=GroupMembership.NONE),
            None,
            block(Code.LICENSE_FROM_GROUP, "not-member", group=_NAMED),
        ),
        (
            _group(licenses=(_OFF,)),
            None,
            block(Code.LICENSE_FROM_GROUP, "switched-off", group=_NAMED),
        ),
        (
            _SALES,
            "MutuallyExclusiveViolation",
            block(Code.LICENSE_FROM_GROUP, "conflict", group=_NAMED),
        ),
        (
            _SALES,
            "DependencyViolation",
            block(Code.LICENSE_FROM_GROUP, "missing-plan", group=_NAMED),
        ),
        (
            _SALES,
            "ProhibitedInUsageLocationViolation",
            block(Code.LICENSE_FROM_GROUP, "location", group=_NAMED),
        ),
        (
            _SALES,
            "UniquenessViolation",
            block(Code.LICENSE_FROM_GROUP, "address", group=_NAMED),
        ),
        (
            _SALES,
            "Other",
            block(Code.LICENSE_FROM_GROUP, "error", group=_NAMED, error="Other"),
        ),
    ],
)
def test_each_trouble_of_a_group_is_told_with_its_name(
    group: Group, error: str | None, told: Finding
) -> None:
    """By what Graph shows of the group, and of its licence on the person."""
    states = () if error is None else (LicenseState(_E3.sku_id, GROUP_ID, "Error", error),)
    about = replace(_ABOUT, person=replace(UNLICENSED, license_states=states), groups=(group,))

    assert no_license(_FROM_GROUP, about) == (told,)
    assert wanted_seat_of(_FROM_GROUP, about) is None


def test_of_a_deleted_user_a_group_gives_nothing_yet() -> None:
    """It gives its licence once the user is back."""
    about = replace(_ABOUT, person=DELETED, groups=(_SALES,))

    assert no_license(_FROM_GROUP, about) == (
        block(Code.LICENSE_FROM_GROUP, "user-deleted", group=_NAMED),
    )


def test_for_want_of_a_seat_nothing_is_refused() -> None:
    """The restore waits for it instead; where no group gives it, there is none to wait for."""
    states = (LicenseState(_E3.sku_id, GROUP_ID, "Error", "CountViolation"),)
    about = replace(_ABOUT, person=replace(UNLICENSED, license_states=states), groups=(_SALES,))

    assert no_license(_FROM_GROUP, about) == ()
    assert wanted_seat_of(_FROM_GROUP, about) == _SALES
    assert wanted_seat_of(replace(_FROM_GROUP, group_ids=()), about) is None
    assert wanted_seat_of(_of(NoLicenseReason.NOT_ALLOWED), about) is None
