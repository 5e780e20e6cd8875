"""The endings about licences: which one, who may name it, and what prevents it."""

from datetime import timedelta

from shared.domain.person import AssignedLicense, LicenseState
from shared.domain.requests.request import LicenseChoice, RestoreKind
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    TEAMS_PLAN_ID,
    USER_ID,
    a_sku,
)
from tests.fakes import refusals
from tests.table.fixes import changes as its
from tests.table.fixes.callers import WITHOUT_OVERRIDE
from tests.table.fixes.engine import Case, Way
from tests.unit.world.people import DAY, UNLICENSED

E3_OFF = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID,))
P1_OFF = AssignedLicense(its.P1_ID, (its.P1_PLAN,))
MIGRATION = AssignedLicense("946ce899-873d-44bb-9d8b-671870cbfdbf")
BASIC_ID = "3b555118-da6a-4418-894f-7df1e2096870"
OLD_BASIC_ID = "dab7782a-93b1-4074-8bb1-0e61318bea0b"
RENEWED = its.both(its.active(), its.skus(a_sku()))
E3_ALLOWED = its.policy(allowed_sku_ids=(ENTERPRISEPACK_ID,))
E3_DEFAULT = its.policy(default_sku_ids=(ENTERPRISEPACK_ID,))
BOTH_SKUS = its.skus(a_sku(), its.P1)
MINE = {"license": its.NAMED}
JUST_AS_WRITTEN = {"license": LicenseChoice(sku_part_numbers=("Office 365 E3 (ENTERPRISEPACK)",))}
HINTED = its.on("license_hints", {USER_ID: [NOW - 2 * DAY]})
ALMOST_OVER = NOW - 30 * DAY + timedelta(hours=1)
KNOWN_TIME = its.both(its.unknown_loss(), HINTED)
LOOKED_AT = "license-restored"
PROVEN = "mailbox-restored"
_NAME_ONE = "ame one of these in license.skuPartNumbers"
_NAMES = Way(_NAME_ONE, LOOKED_AT, asks=MINE)
_P1_CHOSEN = LicenseChoice(sku_part_numbers=("EXCHANGESTANDARD",))
_BY_ANOTHER = Way(
    'use kind "license"', LOOKED_AT, asks={"kind": RestoreKind.LICENSE, "license": _P1_CHOSEN}
)
_NO_SUCH = {"license": LicenseChoice(sku_part_numbers=("SPE_E9",))}
_NEARLY = {"license": LicenseChoice(sku_part_numbers=("E3",))}
_ELSEWHERE = "megan@fabrikam.com"
_LOCATION = "License assignment cannot be done for user with invalid usage location."

LICENSES = (
    Case(
        "license-unknown/choices",
        its.both(KNOWN_TIME, E3_ALLOWED),
        ways={
            "fix": (_NAMES,),
            "fix_override": (
                Way("Name the licence in license.skuPartNumbers", LOOKED_AT, asks=MINE),
            ),
        },
    ),
    Case(
        "license-unknown/no-choice",
        KNOWN_TIME,
        ways={
            "fix": (
                Way(
                    "Have somebody with the role Restore.Override name it",
                    LOOKED_AT,
                    asks=MINE,
                    by="override",
                ),
                Way("add it to ALLOWED_SKU_IDS", LOOKED_AT, E3_ALLOWED, asks=MINE),
            ),
            "fix_keys": (
                Way("adds a licence to ALLOWED_SKU_IDS", LOOKED_AT, E3_ALLOWED, asks=MINE),
                Way("sets DEFAULT_SKU_IDS", LOOKED_AT, E3_DEFAULT),
                Way("takes the role Restore.Override", LOOKED_AT, asks=MINE, by="override"),
            ),
        },
        callers=WITHOUT_OVERRIDE,
    ),
    Case(
        "license-unknown/origin",
        its.both(
            its.put(UNLICENSED),
            its.seen_with(lost_at=NOW - 2 * DAY),
            its.origin_unknown,
        ),
        ways={
            "fix": (Way("name it in license.skuPartNumbers", PROVEN, asks=MINE),),
        },
    ),
    Case(
        "license-unknown/switched-off",
        its.both(
            BOTH_SKUS,
            its.unknown_loss(
                licenses=(E3_OFF, P1_OFF),
                license_states=(
                    LicenseState(ENTERPRISEPACK_ID, None, "Active"),
                    LicenseState(its.P1_ID, None, "Active"),
                ),
            ),
            HINTED,
        ),
        ways={
            "fix": (Way("Name the one you mean in license.skuPartNumbers", LOOKED_AT, asks=MINE),)
        },
    ),
    Case(
        "license-unknown/on-premises",
        its.lost(synced=True),
        ways={"fix": (Way("send a request for this person yourself", PROVEN, by="request"),)},
        callers=("guard",),
    ),
    Case(
        "license-unknown/several",
        its.both(
            its.skus(
                a_sku(),
                a_sku(sku_id=BASIC_ID, part_number="O365_BUSINESS_ESSENTIALS"),
                a_sku(sku_id=OLD_BASIC_ID, part_number="SMB_BUSINESS_ESSENTIALS"),
            ),
            its.lost(),
            its.policy(allowed_sku_ids=(BASIC_ID,)),
        ),
        {"license": LicenseChoice(sku_part_numbers=("Microsoft 365 Business Basic",))},
        {
            "fix": (
                Way(
                    "Name the one you mean by its short name",
                    PROVEN,
                    asks={"license": LicenseChoice(sku_part_numbers=("O365_BUSINESS_ESSENTIALS",))},
                ),
            )
        },
    ),
    Case(
        "license-unknown/then-deleted",
        its.both(
            its.deleted(licenses=(), license_states=(), plans=()),
            its.on("license_hints", {USER_ID: [NOW - 5 * DAY]}),
            E3_ALLOWED,
        ),
        ways={
            "fix": (
                Way('use kind "user"', "user-restored", asks={"kind": RestoreKind.USER}),
                Way(_NAME_ONE, "user-restored", asks=MINE),
            )
        },
    ),
    Case(
        "license-unknown/purpose",
        its.both(
            its.lost(),
            its.granted("MailboxSettings.Read"),
            its.fails("mailbox", its.says(403, "Access is denied."), its.LONG),
        ),
        ways={"fix": (Way(_NAME_ONE, PROVEN, asks=MINE),)},
    ),
    Case(
        "license-unknown/purpose-unsaid",
        its.both(its.lost(), its.answers_as("others")),
        ways={"fix": (Way(_NAME_ONE, LOOKED_AT, asks=MINE),)},
    ),
    Case(
        "license-unknown/moved",
        its.both(
            its.skus(a_sku(), a_sku(sku_id=MIGRATION.sku_id, part_number="MOVE", plan_ids=())),
            its.lost(
                licenses=(MIGRATION,),
                license_states=(LicenseState(MIGRATION.sku_id, None, "Active"),),
            ),
        ),
        ways={"fix": (Way(_NAME_ONE, PROVEN, asks=MINE),)},
    ),
    Case(
        "license-unknown/new",
        its.both(its.unknown_loss(created_at=NOW - 3 * DAY), E3_DEFAULT),
        ways={"fix": (Way(_NAME_ONE, LOOKED_AT, asks=MINE),)},
    ),
    Case(
        "license-not-allowed",
        its.both(BOTH_SKUS, its.lost()),
        {"license": LicenseChoice(sku_ids=(its.P1_ID,))},
        {
            "fix": (
                Way("Have somebody with the role Restore.Override name it", PROVEN, by="override"),
                Way("add it to ALLOWED_SKU_IDS", PROVEN, its.policy(allowed_sku_ids=(its.P1_ID,))),
            ),
            "fix_keys": (
                Way("adds it to ALLOWED_SKU_IDS", PROVEN, its.policy(allowed_sku_ids=(its.P1_ID,))),
                Way("takes the role Restore.Override", PROVEN, by="override"),
            ),
        },
        callers=WITHOUT_OVERRIDE,
    ),
    Case(
        "license-not-in-tenant",
        KNOWN_TIME,
        _NO_SUCH,
        {
            "fix": (
                Way(
                    "Have somebody with the role Restore.Override name",
                    LOOKED_AT,
                    asks=MINE,
                    by="override",
                ),
                Way("app add one to ALLOWED_SKU_IDS", LOOKED_AT, E3_ALLOWED, asks=MINE),
            ),
            "fix_keys": (Way("adds one to ALLOWED_SKU_IDS", LOOKED_AT, E3_ALLOWED, asks=MINE),),
        },
        callers=WITHOUT_OVERRIDE,
    ),
    Case(
        "license-not-in-tenant/choices",
        its.lost(),
        _NO_SUCH,
        {"fix": (Way(_NAME_ONE, PROVEN, asks=MINE),)},
    ),
    Case(
        "license-not-in-tenant/near",
        its.lost(),
        _NEARLY,
        {
            "fix": (
                Way("name it in license.skuPartNumbers", PROVEN, asks=JUST_AS_WRITTEN),
                Way("ame one of these", PROVEN, asks=MINE),
            )
        },
    ),
    Case(
        "license-not-in-tenant/refused",
        its.both(
            its.lost(),
            its.fails(
                "assign_licenses",
                refusals.bad_request(
                    f"License {ENTERPRISEPACK_ID} does not correspond to a valid company License."
                ),
            ),
            BOTH_SKUS,
            its.policy(allowed_sku_ids=(its.P1_ID,)),
        ),
        ways={
            "fix": (
                Way(
                    "ame the licence in license.skuPartNumbers",
                    PROVEN,
                    asks={"license": LicenseChoice(sku_ids=(its.P1_ID,))},
                ),
            ),
            "fix_keys": (
                Way(
                    "ame the licence in license.skuPartNumbers",
                    PROVEN,
                    asks={"license": LicenseChoice(sku_ids=(its.P1_ID,))},
                ),
            ),
            "fix_override": (
                Way(
                    "Name the licence in license.skuPartNumbers",
                    PROVEN,
                    asks={"license": LicenseChoice(sku_ids=(its.P1_ID,))},
                ),
            ),
        },
    ),
    Case(
        "license-without-mailbox",
        its.both(its.skus(a_sku(), its.FLOW), its.lost()),
        {"license": LicenseChoice(sku_part_numbers=("FLOW_FREE",))},
        {"fix": (Way("Name a licence that has Exchange Online", PROVEN, asks=MINE),)},
    ),
    Case(
        "usage-location-missing",
        its.lost(usage_location=None),
        ways={"fix": (Way("Set the country", PROVEN, its.put(UNLICENSED)),)},
    ),
    Case(
        "usage-location-missing/deleted",
        its.both(
            its.deleted(licenses=(), license_states=(), plans=(), usage_location=None),
            its.seen_with(lost_at=NOW - 2 * DAY),
        ),
        ways={
            "fix": (
                Way(
                    'Bring the user back first, with kind "user"',
                    "user-restored",
                    asks={"kind": RestoreKind.USER},
                ),
                Way("Then set the country", PROVEN, its.put(UNLICENSED)),
            )
        },
    ),
    Case(
        "usage-location-missing/refused",
        its.both(its.lost(), its.fails("assign_licenses", its.says(400, _LOCATION), 20)),
        ways={"fix": (Way("Set or correct the country", PROVEN),)},
    ),
    Case(
        "license-conflict",
        its.both(
            its.lost(),
            its.fails(
                "assign_licenses",
                its.says(400, "failed because service plans a, b are mutually exclusive."),
            ),
        ),
        ways={
            "fix": (
                Way("take off the licence that does not go with it", PROVEN),
                Way("add the one that is missing", PROVEN),
                Way(
                    "leave single parts of the licence out with license.disabledPlans",
                    PROVEN,
                    asks={
                        "license": LicenseChoice(
                            sku_ids=(ENTERPRISEPACK_ID,), disabled_plans=(TEAMS_PLAN_ID,)
                        )
                    },
                ),
            )
        },
    ),
    Case(
        "license-conflict/location",
        its.both(
            its.lost(),
            its.fails(
                "assign_licenses",
                its.says(400, "This service plan cannot be used in the usage location."),
            ),
        ),
        ways={
            "fix": (
                Way("Correct the country", PROVEN),
                Way(
                    "license.disabledPlans",
                    PROVEN,
                    asks={
                        "license": LicenseChoice(
                            sku_ids=(ENTERPRISEPACK_ID,), disabled_plans=(TEAMS_PLAN_ID,)
                        )
                    },
                ),
            )
        },
    ),
    Case(
        "no-seat",
        its.both(its.lost_at(ALMOST_OVER), its.skus(a_sku(free_seats=0))),
        hand="the window has closed",
    ),
    Case(
        "already-active/perhaps",
        its.both(its.unknown_loss(licenses=(its.UNLISTED,)), its.answers_as("user"), E3_ALLOWED),
        ways={"fix": (Way("name it in license", LOOKED_AT, asks=MINE),)},
    ),
    Case(
        "already-active/mail-user",
        its.both(
            its.unknown_loss(mail=_ELSEWHERE, proxy_addresses=(f"SMTP:{_ELSEWHERE}",)),
            its.on("domains", frozenset({"contoso.com"})),
            HINTED,
            E3_ALLOWED,
        ),
        ways={"fix": (Way("name its licence in license", LOOKED_AT, asks=MINE),)},
    ),
    Case(
        "already-active/shared",
        its.both(its.unknown_loss(), its.on("purposes", {USER_ID: "shared"}), HINTED, E3_ALLOWED),
        ways={"fix": (Way("name one in license", LOOKED_AT, asks=MINE),)},
    ),
    Case(
        "already-active/shared-unsaid",
        its.both(
            its.unknown_loss(),
            its.seen_with(lost_at=NOW - 2 * DAY, purpose="shared"),
            its.answers_as(None),
            E3_ALLOWED,
        ),
        ways={"fix": (Way("name one in license", PROVEN, asks=MINE),)},
    ),
    Case(
        "already-active/suspended",
        its.both(
            its.put(its.suspended()),
            its.skus(a_sku(capability_status="Suspended", free_seats=0), its.P1),
        ),
        ways={
            "fix": (
                Way(
                    "Renew the subscription",
                    "already-active",
                    RENEWED,
                ),
            ),
            "fix_override": (
                Way(
                    "Renew the subscription",
                    "already-active",
                    RENEWED,
                ),
                _BY_ANOTHER,
            ),
        },
    ),
    Case(
        "already-active/suspended-person",
        its.both(its.put(its.suspended()), its.skus(a_sku(free_seats=0), its.P1)),
        ways={
            "fix": (Way("look again in some hours", "already-active", RENEWED),),
            "fix_override": (
                Way("look again in some hours", "already-active", RENEWED),
                _BY_ANOTHER,
            ),
        },
    ),
    Case(
        "already-active/suspended-person-alone",
        its.both(its.put(its.suspended()), its.skus(a_sku(free_seats=0))),
        ways={"fix": (Way("look again in some hours", "already-active", RENEWED),)},
    ),
    Case(
        "already-active/suspended-alone",
        its.both(
            its.put(its.suspended()), its.skus(a_sku(capability_status="Suspended", free_seats=0))
        ),
        ways={
            "fix": (
                Way(
                    "Renew the subscription",
                    "already-active",
                    RENEWED,
                ),
            )
        },
    ),
)
