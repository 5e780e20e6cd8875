"""Which licences come back: a row for each rule, with both its sides."""

from dataclasses import dataclass, field, replace

import pytest

from shared.domain.licensing.choice import choose_licenses
from shared.domain.licensing.chosen import (
    Choice,
    ChosenLicenses,
    Doubt,
    LeftOutReason,
    LicenseQuestion,
    NoLicense,
)
from shared.domain.licensing.held import HeldLicense, LostLicense, Origin
from shared.domain.licensing.known import KnownLicenses, LicenseSource
from shared.domain.licensing.rights import NamingRights
from shared.domain.person import AssignedLicense, LicenseState, Person
from shared.domain.requests.request import LicenseChoice
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    TEAMS_PLAN_ID,
    a_deleted_person,
    a_person,
    a_sku,
)

E3_ID = ENTERPRISEPACK_ID
P1_ID = "4b9405b0-7788-4568-add1-99614e613b69"
ARCHIVE_ID = "ee02fd1b-340e-4a4b-b355-4a514e4c8943"
FLOW_ID = "f30db892-07e9-47e9-837c-80727f46fd3d"
GONE_ID = "c7df2760-2c81-4ef7-b578-5b5392b571df"
GROUP_ID = "0f0f0f0f-0000-4000-8000-00000000000f"
P1_PLAN = "9aaf7827-d63c-4b61-89c3-182f06f82e5c"
ARCHIVE_PLAN = "176a09a6-7ec5-4039-ac02-b2791c6ba793"
FLOW_PLAN = "50e68c76-46c6-4674-81f9-75456511b170"

SKUS = (
    a_sku(),
    a_sku(sku_id=P1_ID, part_number="EXCHANGESTANDARD", plan_ids=(P1_PLAN,)),
    a_sku(sku_id=ARCHIVE_ID, part_number="EXCHANGEARCHIVE_ADDON", plan_ids=(ARCHIVE_PLAN,)),
    a_sku(sku_id=FLOW_ID, part_number="FLOW_FREE", plan_ids=(FLOW_PLAN,)),
)
BARE = a_person(licenses=(), license_states=(), plans=())
DELETED = a_deleted_person(licenses=(), license_states=(), plans=())
EXCHANGE_OFF = AssignedLicense(E3_ID, (EXCHANGE_PLAN_ID, TEAMS_PLAN_ID))
OFF = replace(BARE, licenses=(EXCHANGE_OFF,), license_states=(LicenseState(E3_ID, None, "Active"),))
NOBODYS = NamingRights()
ANYBODYS = NamingRights(any_license=True)
DEFAULT_E3 = NamingRights(default_sku_ids=(E3_ID,))


def direct(sku_id: str = E3_ID, *disabled: str) -> HeldLicense:
    """A licence that was given by hand."""
    return HeldLicense(sku_id, disabled, Origin.DIRECT)


def by_group(sku_id: str = E3_ID) -> HeldLicense:
    """A licence that a group gave."""
    return HeldLicense(sku_id, (), Origin.GROUP, (GROUP_ID,))


def unknown(sku_id: str = E3_ID) -> HeldLicense:
    """A licence that nobody can tell how it came."""
    return HeldLicense(sku_id)


def observed(*held: HeldLicense) -> KnownLicenses:
    """What was seen before the loss."""
    return KnownLicenses(held, LicenseSource.OBSERVED)


def audited(*held: HeldLicense) -> KnownLicenses:
    """What the log says went."""
    return KnownLicenses(held, LicenseSource.AUDIT, tuple(LostLicense(x, NOW, NOW) for x in held))


@dataclass(frozen=True)
class Row:
    """What is known and asked, and what comes of it: SKU ids with their disabled plans, or why not.

    `left_out`: what went with it and is not given back.
    """

    name: str
    expected: object
    known: tuple[KnownLicenses, ...] = ()
    named: LicenseChoice | None = None
    person: Person = BARE
    rights: NamingRights = NOBODYS
    doubt: Doubt | None = None
    left_out: dict[str, LeftOutReason] = field(default_factory=dict)


def gives(*sku_ids: str) -> dict[str, tuple[str, ...]]:
    """These SKUs, with every plan on."""
    return dict.fromkeys(sku_ids, ())


ALL = LicenseChoice(all_lost=True)

LOSS = [
    Row("the one that went", gives(E3_ID), (observed(direct()),)),
    Row(
        "with the plans off that were off",
        {E3_ID: (TEAMS_PLAN_ID,)},
        (observed(direct(E3_ID, TEAMS_PLAN_ID)),),
    ),
    Row(
        "an archive that went with it",
        gives(E3_ID, ARCHIVE_ID),
        (observed(direct(), direct(ARCHIVE_ID)),),
    ),
    Row(
        "both that carry a mailbox, not the first by its id",
        gives(P1_ID, E3_ID),
        (observed(direct(P1_ID), direct()),),
    ),
    Row(
        "not what has neither",
        gives(E3_ID),
        (observed(direct(), direct(FLOW_ID)),),
        left_out={FLOW_ID: LeftOutReason.NO_EXCHANGE},
    ),
    Row(
        "all of it, if asked for",
        gives(E3_ID, FLOW_ID),
        (observed(direct(), direct(FLOW_ID)),),
        ALL,
    ),
    Row(
        "not a group's archive",
        gives(E3_ID),
        (observed(direct(), by_group(ARCHIVE_ID)),),
        left_out={ARCHIVE_ID: LeftOutReason.FROM_GROUP},
    ),
    Row(
        "not a group's archive, if all is asked for",
        gives(E3_ID),
        (observed(direct(), by_group(ARCHIVE_ID)),),
        ALL,
        left_out={ARCHIVE_ID: LeftOutReason.FROM_GROUP},
    ),
    Row(
        "not one of unknown origin",
        gives(E3_ID),
        (observed(direct(), unknown(ARCHIVE_ID)),),
        left_out={ARCHIVE_ID: LeftOutReason.ORIGIN_UNKNOWN},
    ),
    Row(
        "not one that the tenant has no more",
        gives(E3_ID),
        (observed(direct(), direct(GONE_ID)),),
        left_out={GONE_ID: LeftOutReason.NOT_IN_TENANT},
    ),
    Row("an archive alone brings no mailbox", "license-unknown", (observed(direct(ARCHIVE_ID)),)),
    Row(
        "a group's mailbox, an archive by hand",
        "license-from-group",
        (observed(by_group(), direct(ARCHIVE_ID)),),
    ),
    Row("of unknown origin", "license-unknown", (observed(unknown()),)),
    Row("all of it, of unknown origin", "license-unknown", (observed(unknown()),), ALL),
    Row("all of it, and nothing is known", "license-unknown", (), ALL, rights=DEFAULT_E3),
    Row("gone from the tenant", "license-not-in-tenant", (observed(direct(GONE_ID)),)),
    Row(
        "gone from the tenant, beside one that carries no mailbox",
        "license-not-in-tenant",
        (observed(direct(FLOW_ID), direct(GONE_ID)),),
        rights=DEFAULT_E3,
    ),
    Row("by the log, where nothing was observed", gives(P1_ID), (audited(direct(P1_ID)),)),
    Row(
        "by the observation before the log",
        gives(E3_ID),
        (observed(direct()), audited(direct(P1_ID))),
    ),
    Row(
        "by the log, where the observation knows no mailbox",
        gives(P1_ID),
        (observed(direct(FLOW_ID)), audited(direct(P1_ID))),
    ),
    Row(
        "a direct one by the log, a group's by the observation",
        gives(P1_ID),
        (observed(by_group()), audited(direct(P1_ID))),
    ),
    Row(
        "what is there still is not lost",
        gives(E3_ID),
        (observed(direct(), direct(FLOW_ID)),),
        person=replace(BARE, licenses=(AssignedLicense(FLOW_ID),)),
    ),
    Row(
        "a deleted person's, too",
        gives(E3_ID),
        (observed(direct()),),
        person=DELETED,
    ),
]

PRESENT = [
    Row(
        "its plan switched off",
        {E3_ID: (TEAMS_PLAN_ID,)},
        person=OFF,
    ),
    Row(
        "the one that lost its plan, of two that have it off",
        {E3_ID: (TEAMS_PLAN_ID,)},
        (observed(direct(E3_ID, TEAMS_PLAN_ID)),),
        person=replace(BARE, licenses=(AssignedLicense(P1_ID, (P1_PLAN,)), EXCHANGE_OFF)),
    ),
    Row(
        "two that have it off, and nobody knows which",
        "license-unknown",
        person=replace(BARE, licenses=(AssignedLicense(P1_ID, (P1_PLAN,)), EXCHANGE_OFF)),
    ),
    Row(
        "the one that went, before one that has it off",
        gives(P1_ID),
        (observed(direct(P1_ID), direct(E3_ID, *EXCHANGE_OFF.disabled_plans)),),
        person=replace(BARE, licenses=(EXCHANGE_OFF,)),
    ),
    Row(
        "its plan switched off, and nobody can tell how it came",
        "license-unknown",
        person=replace(OFF, license_states=()),
        rights=DEFAULT_E3,
    ),
    Row(
        "its plan switched off, and it was seen before that it came directly",
        {E3_ID: (TEAMS_PLAN_ID,)},
        (observed(direct(E3_ID, *EXCHANGE_OFF.disabled_plans)),),
        person=replace(OFF, license_states=()),
    ),
    Row(
        "off in one that was given by hand and by a group",
        {E3_ID: (TEAMS_PLAN_ID,)},
        person=replace(
            BARE,
            licenses=(EXCHANGE_OFF,),
            license_states=(
                LicenseState(E3_ID, None, "Active"),
                LicenseState(E3_ID, GROUP_ID, "Active"),
            ),
        ),
    ),
    Row(
        "off in a group's licence",
        "license-from-group",
        person=replace(
            BARE,
            licenses=(EXCHANGE_OFF,),
            license_states=(LicenseState(E3_ID, GROUP_ID, "Active"),),
        ),
        rights=DEFAULT_E3,
    ),
]

DEFAULTS = [
    Row("nothing known", "license-unknown"),
    Row("the setting", gives(E3_ID), rights=DEFAULT_E3),
    Row("the setting, for a deleted person", "license-unknown", person=DELETED, rights=DEFAULT_E3),
    Row("the setting, for a new account", "license-unknown", rights=DEFAULT_E3, doubt=Doubt.NEW),
    Row("what went, of a new account", gives(E3_ID), (observed(direct()),), doubt=Doubt.NEW),
    Row(
        "the setting is not in the tenant",
        "license-not-in-tenant",
        rights=NamingRights(default_sku_ids=(GONE_ID,)),
    ),
    Row(
        "the setting carries no mailbox",
        "license-without-mailbox",
        rights=NamingRights(default_sku_ids=(FLOW_ID,)),
    ),
    *(
        Row(f"what went, {doubt}", "license-unknown", (observed(direct()),), doubt=doubt)
        for doubt in (Doubt.MOVED, Doubt.ON_PREMISES, Doubt.PURPOSE)
    ),
    *(
        Row(
            f"named, {doubt}",
            gives(E3_ID),
            named=LicenseChoice((E3_ID,)),
            rights=ANYBODYS,
            doubt=doubt,
        )
        for doubt in Doubt
    ),
    Row("all that went, moved", gives(E3_ID), (observed(direct()),), ALL, doubt=Doubt.MOVED),
    Row(
        "on the deleted object, and not in the tenant any more",
        "license-not-in-tenant",
        person=replace(DELETED, licenses=(AssignedLicense(GONE_ID),)),
    ),
    Row(
        "on an active person, and not in the tenant any more: the setting",
        gives(E3_ID),
        person=replace(BARE, licenses=(AssignedLicense(GONE_ID),)),
        rights=DEFAULT_E3,
    ),
]

BY_PART, BY_NAME = LicenseChoice((), ("enterprisePACK",)), LicenseChoice((), (" office 365  e3 ",))
NAMED = LicenseChoice((E3_ID,))
SEEN_BY_GROUP = replace(BARE, license_states=(LicenseState(E3_ID, GROUP_ID, "Error"),))
NAMING = [
    Row("by id", gives(E3_ID), named=NAMED, rights=ANYBODYS),
    Row("by part number, in any case", gives(E3_ID), named=BY_PART, rights=ANYBODYS),
    Row("by the product's name, in any case", gives(E3_ID), named=BY_NAME, rights=ANYBODYS),
    Row(
        "as the texts call it",
        gives(E3_ID),
        named=LicenseChoice((), (a_sku().label,)),
        rights=ANYBODYS,
    ),
    Row(
        "by half a name",
        "license-not-in-tenant",
        named=LicenseChoice((), ("Office 365",)),
        rights=ANYBODYS,
    ),
    Row("by no right", "license-not-allowed", named=NAMED),
    Row(
        "allowed by the settings",
        gives(E3_ID),
        named=NAMED,
        rights=NamingRights(allowed_sku_ids=(E3_ID,)),
    ),
    Row("the default", gives(E3_ID), named=NAMED, rights=DEFAULT_E3),
    Row(
        "another is allowed",
        "license-not-allowed",
        named=NAMED,
        rights=NamingRights((P1_ID,), (FLOW_ID,)),
    ),
    Row("observed", gives(E3_ID), (observed(direct()),), NAMED),
    Row("in the log", gives(E3_ID), (audited(unknown()),), NAMED),
    Row("by a group", gives(E3_ID), named=NAMED, person=SEEN_BY_GROUP),
    Row(
        "on the object",
        {E3_ID: (TEAMS_PLAN_ID,)},
        named=NAMED,
        person=replace(BARE, licenses=(EXCHANGE_OFF,)),
    ),
    Row(
        "one seen, one not",
        "license-not-allowed",
        (observed(direct()),),
        LicenseChoice((E3_ID, P1_ID)),
    ),
    Row(
        "without a mailbox, and not allowed",
        "license-without-mailbox",
        named=LicenseChoice((FLOW_ID,)),
    ),
    Row(
        "not in the tenant, and not allowed",
        "license-not-in-tenant",
        named=LicenseChoice((GONE_ID,)),
    ),
]


@pytest.mark.parametrize("row", [*LOSS, *PRESENT, *DEFAULTS, *NAMING], ids=lambda row: row.name)
def test_each_rule_chooses_the_licences_of_its_row(row: Row) -> None:
    """Never guessed in silence, never by the order of ids, never beyond the caller's rights."""
    chosen = _choose(row)

    if isinstance(chosen, NoLicense):
        assert row.expected == chosen.reason.value
        return
    assert row.expected == {one.sku_id: one.disabled_plans for one in chosen.licenses}
    assert row.left_out == {one.sku_id: one.reason for one in chosen.left_out}


@pytest.mark.parametrize("names", [("Office 365 E3",), ("OFFICE 365 E3", "FLOW_FREE")])
def test_a_name_that_fits_several_is_a_question(names: tuple[str, ...]) -> None:
    """Two SKUs of the tenant with one name are told apart by their part numbers."""
    twins = (*SKUS, a_sku(sku_id=GONE_ID, part_number="Office 365 E3"))
    question = LicenseQuestion(BARE, twins, LicenseChoice((), names), rights=ANYBODYS)

    chosen = choose_licenses(question)

    assert isinstance(chosen, NoLicense)
    assert (chosen.reason.value, chosen.fits_several) == ("license-unknown", True)
    assert set(chosen.sku_ids) == {E3_ID, GONE_ID}


def test_where_it_is_known_from_is_kept() -> None:
    """The step and the check say it."""
    sources = {
        "log": _choose(Row("", None, (audited(direct()),))),
        "all": _choose(Row("", None, (observed(direct()),), ALL)),
        "default": _choose(Row("", None, rights=DEFAULT_E3)),
        "off": _choose(Row("", None, person=OFF)),
    }

    found = {name: one.source for name, one in sources.items() if isinstance(one, ChosenLicenses)}
    assert found == {
        "log": LicenseSource.AUDIT,
        "all": LicenseSource.OBSERVED,
        "default": LicenseSource.DEFAULT,
        "off": LicenseSource.PRESENT,
    }


def _choose(row: Row) -> Choice:
    return choose_licenses(
        LicenseQuestion(row.person, SKUS, row.named, row.known, row.rights, row.doubt)
    )
