"""The rows about which licence it was, and what Graph makes of it."""

from dataclasses import replace

from shared.domain.snapshot import Policy
from tests.builders import EXCHANGE_PLAN_ID, NOW, TEAMS_PLAN_ID
from tests.table.row import (
    COMES_BACK,
    LICENSE_COMES,
    LICENSED,
    NO_WINDOW,
    RESTORED,
    Assigning,
    Expected,
    Restoring,
    Row,
    ask,
    found,
    refused,
    row,
    under,
)
from tests.table.rows.losses import (
    BOTH_GIVEN,
    BY_AUDIT,
    BY_SIGHT,
    E3_BACK,
    GIVEN,
    NAMED,
    SEEN_GIVEN,
    assigned,
    hinted,
    no_license,
    observed,
)
from tests.table.tenant import (
    ACTIVE,
    AUDITED,
    BOTH,
    DAY,
    DELETED,
    E3,
    EXO,
    FLOW,
    FLOW_PLAN_ID,
    GONE_SKU,
    HINTED,
    KIOSK_PLAN_ID,
    OTHER,
    SALES,
    Fault,
    Held,
    State,
)

OFF = Held(disabled=(EXCHANGE_PLAN_ID, TEAMS_PLAN_ID))
SWITCHED_OFF = replace(AUDITED, licenses=(OFF,))
SALES_OFF = replace(AUDITED, licenses=(replace(OFF, group=SALES),))
OF_SALES = observed(Held(group=SALES))

WHICH = [
    row(
        "the Exchange plan is off in a licence that is there",
        SWITCHED_OFF,
        ask("license"),
        replace(GIVEN, sent=assigned(TEAMS_PLAN_ID), after={"licenses": {E3.id: (TEAMS_PLAN_ID,)}}),
    ),
    row(
        "the Exchange plan is off, and the caller names the licence",
        SWITCHED_OFF,
        ask("license", **NAMED),
        replace(GIVEN, sent=assigned(TEAMS_PLAN_ID), after={"licenses": {E3.id: (TEAMS_PLAN_ID,)}}),
    ),
    row(
        "plans to be left off",
        AUDITED,
        ask("license", license={"skuIds": [E3.id], "disabledPlans": [TEAMS_PLAN_ID]}),
        replace(GIVEN, sent=assigned(TEAMS_PLAN_ID), after={"licenses": {E3.id: (TEAMS_PLAN_ID,)}}),
    ),
    row(
        "a plan to be left off that is in no SKU",
        AUDITED,
        ask("license", license={"skuIds": [E3.id], "disabledPlans": [FLOW_PLAN_ID]}),
        replace(
            GIVEN,
            findings=found("warn plan-not-in-sku", info=LICENSE_COMES),
            warnings=("plan-not-in-sku",),
        ),
    ),
    row(
        "nothing tells which licence",
        AUDITED,
        ask("license"),
        no_license("license-unknown", window=BY_AUDIT),
    ),
    row(
        "the licence of the settings",
        HINTED,
        ask("license"),
        replace(
            GIVEN,
            findings=found("warn window-not-proven", info=LICENSE_COMES),
            warnings=("window-not-proven",),
        ),
        policy=Policy(default_sku_ids=(E3.id,)),
    ),
    row(
        "the licence of the settings is not in the tenant",
        HINTED,
        ask("license"),
        hinted(no_license("license-not-in-tenant", window=BY_AUDIT, says=(GONE_SKU,))),
        policy=Policy(default_sku_ids=(GONE_SKU,)),
    ),
    row(
        "the licence named is not in the tenant",
        AUDITED,
        ask("license", license={"skuPartNumbers": ["SPE_E5"]}),
        no_license("license-not-in-tenant", window=BY_AUDIT, says=("SPE_E5",)),
    ),
    row(
        "the licence observed has gone from the tenant",
        observed(Held(GONE_SKU)),
        ask(),
        no_license("license-not-in-tenant", window=BY_SIGHT, says=(GONE_SKU,)),
    ),
    row(
        "the licence named is a company's",
        State((HINTED,), skus=(replace(E3, for_users=False),)),
        ask("license", **NAMED),
        hinted(no_license("license-not-in-tenant", window=BY_AUDIT)),
    ),
    row(
        "the licence named carries no mailbox",
        AUDITED,
        ask("license", license={"skuPartNumbers": [FLOW.part_number]}),
        no_license("license-without-mailbox", window=BY_AUDIT, says=(FLOW.part_number,)),
    ),
    row(
        "the mailbox plan of the licence named is to be left off",
        AUDITED,
        ask("license", license={"skuIds": [E3.id], "disabledPlans": [EXCHANGE_PLAN_ID]}),
        no_license("license-without-mailbox", window=BY_AUDIT),
    ),
    row(
        "the licence came from a group",
        OF_SALES,
        ask(),
        no_license("license-from-group", window=BY_SIGHT, says=(SALES,)),
    ),
    row(
        "the licence came from a group, and the caller names it",
        OF_SALES,
        ask("license", **NAMED),
        SEEN_GIVEN,
    ),
    row(
        "the Exchange plan is off in a group's licence",
        SALES_OFF,
        ask("license"),
        no_license("license-from-group", window=BY_AUDIT, says=(SALES,)),
    ),
    row(
        "the licence named is there already",
        ACTIVE,
        ask("license", **NAMED),
        Expected("already-active", window=NO_WINDOW, findings=found(info=["already-active"])),
    ),
    row(
        "a deleted user's licence that the tenant has no more: mailbox",
        replace(DELETED, licenses=(Held(GONE_SKU),)),
        ask(),
        refused(
            "license-not-in-tenant",
            "warn license-left-out",
            window=("open", "deletedDateTime"),
            info=COMES_BACK[:-1],
            warnings=("license-left-out",),
            says=(GONE_SKU,),
        ),
    ),
    row(
        "a deleted user's licence that the tenant has no more: user",
        replace(DELETED, licenses=(Held(GONE_SKU),)),
        ask("user"),
        Expected(
            "user-restored",
            RESTORED,
            ("open", "deletedDateTime"),
            (Restoring(),),
            findings=found("warn license-left-out", info=COMES_BACK[:-1]),
            warnings=("license-left-out", "mailbox-not-verified"),
            waits=("mailbox",),
        ),
    ),
    row(
        "another licence for somebody who has one: nothing was lost",
        ACTIVE,
        ask("license", license={"skuPartNumbers": [EXO.part_number]}),
        Expected(
            "license-restored",
            LICENSED,
            NO_WINDOW,
            (Assigning(((EXO.id, ()),)),),
            findings=found(info=("license-chosen", "seats-free")),
            after={"licenses": {E3.id: (), EXO.id: ()}},
        ),
    ),
    row(
        "another licence without a mailbox stays",
        replace(AUDITED, licenses=(Held(FLOW.id),)),
        ask("license", **NAMED),
        replace(GIVEN, after={"licenses": {E3.id: (), FLOW.id: ()}}),
    ),
    row(
        "no usage location",
        replace(AUDITED, usage_location=None),
        ask("license", **NAMED),
        refused("usage-location-missing", window=BY_AUDIT, info=LICENSE_COMES),
    ),
    row(
        "no usage location, and the licence comes back by itself",
        replace(BOTH, licenses=(Held(),), lost_at=BOTH.deleted_at, usage_location=None),
        ask("user"),
        Expected(
            "user-restored",
            ("restore-user", "verify-user", "verify-mailbox"),
            ("open", "deletedDateTime"),
            (Restoring(),),
            findings=found(
                info=(
                    "licenses-come-back",
                    "groups-come-back",
                    "not-looked-at",
                    "sign-in-state",
                    "password-may-need-reset",
                    "mailbox-comes-back",
                )
            ),
            after=E3_BACK,
        ),
    ),
]

ON_TOP = replace(AUDITED, licenses=(Held(FLOW.id),))
EXCLUDED = State((ON_TOP,), exclusive=((FLOW_PLAN_ID, EXCHANGE_PLAN_ID),))
NEEDY = State((AUDITED,), needs=((KIOSK_PLAN_ID, EXCHANGE_PLAN_ID),))
ODD = "License assignment failed for a reason nobody has written down."


def told(code: str, *says: str, base: Expected = GIVEN) -> Expected:
    """Sent once, and refused by Graph in these words."""
    return replace(base, code=code, made=(0, 0), after={}, says=says)


FORBIDDEN = "License assignment failed because license E3 is not allowed in the usage location XY."
ADDRESS_TAKEN = Fault(
    "assign_licenses",
    400,
    "Request_BadRequest",
    "Uniqueness violation. Property: ProxyAddresses.",
)
BAD_LOCATION = Fault(
    "assign_licenses",
    400,
    "Request_BadRequest",
    "License assignment cannot be done for user with invalid usage location.",
)

GRAPH_SAYS = [
    row(
        "plans that exclude each other",
        EXCLUDED,
        ask("license", **NAMED),
        told("license-conflict", "mutually exclusive", "EXCHANGE_S_ENTERPRISE"),
    ),
    row(
        "a plan that needs another",
        NEEDY,
        ask("license", license={"skuIds": [EXO.id]}),
        replace(
            told("license-conflict", "depends on"),
            sent=assigned(sku=EXO.id),
            findings=found("warn license-smaller", info=LICENSE_COMES),
            warnings=("license-smaller",),
        ),
    ),
    row(
        "a refusal that no row knows, kept whole",
        State((AUDITED,), faults=(Fault("assign_licenses", 400, "Request_BadRequest", ODD),)),
        ask("license", **NAMED),
        told("directory-error", ODD, "Request_BadRequest"),
    ),
    row(
        "an address that somebody else has by now",
        State((AUDITED, replace(OTHER, aliases=("megan@contoso.com",))), faults=(ADDRESS_TAKEN,)),
        ask("license", **NAMED),
        told("address-conflict", "megan@contoso.com", "Alex"),
    ),
    row(
        "an address is taken, and nobody is found who has it",
        State((AUDITED,), faults=(ADDRESS_TAKEN,)),
        ask("license", **NAMED),
        told("address-conflict", "was not found"),
    ),
    row(
        "a usage location that Graph takes a little later",
        State((AUDITED,), faults=(replace(BAD_LOCATION, calls=(1, 2)),)),
        ask("license", **NAMED),
        replace(
            GIVEN,
            sent=None,
            made=(0, 1),
            warnings=("usage-location-late",),
            waits=("directory",),
        ),
    ),
    row(
        "a usage location that Graph never takes",
        State((AUDITED,), faults=(replace(BAD_LOCATION, calls=()),)),
        ask("license", **NAMED),
        replace(
            told("usage-location-missing"),
            sent=None,
            warnings=("usage-location-late",),
            waits=("directory",),
        ),
    ),
    row(
        "a licence that is not allowed in the usage location",
        State((AUDITED,), faults=(Fault("assign_licenses", 400, "Request_BadRequest", FORBIDDEN),)),
        ask("license", **NAMED),
        told("license-conflict", "usage location XY"),
    ),
    row(
        "no permission to assign",
        State((AUDITED,), lacks=("LicenseAssignment.ReadWrite.All",)),
        ask("license", **NAMED),
        told("permission-missing", "LicenseAssignment.ReadWrite.All"),
    ),
    row(
        "the user comes back, the licence is refused",
        State(
            (replace(BOTH, audited=(NOW - 5 * DAY,)),), lacks=("LicenseAssignment.ReadWrite.All",)
        ),
        ask(**NAMED),
        replace(
            told("permission-missing", "The user was restored", base=BOTH_GIVEN),
            made=(1, 0),
            after={"deleted": False, "licenses": {}},
        ),
    ),
]

LICENSE_ROWS: list[Row] = [*WHICH, *GRAPH_SAYS]
LICENSE_VARIANTS: list[Row] = under(WHICH[0], sameLicenseAgain=("error",))
