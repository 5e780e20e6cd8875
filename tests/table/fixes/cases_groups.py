"""The endings where a group gives the licence, and does not: one for each reason."""

from shared.domain.licensing.groups import GroupMembership, GroupStanding
from shared.domain.person import AssignedLicense
from shared.domain.requests.request import RestoreKind
from tests.builders import ENTERPRISEPACK_ID, EXCHANGE_PLAN_ID, NOW
from tests.table.fixes import changes as its
from tests.table.fixes.engine import Case, Change, Way
from tests.unit.world.people import DAY

OFF = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID,))
DIRECTLY = Way(
    "without the group: name the licence", "mailbox-restored", asks={"license": its.NAMED}
)
NONE = its.in_group(GroupMembership.NONE)


def _case(variant: str, begin: Change, *right: str) -> Case:
    """The group is put right in each of these ways, and gives the licence by itself then."""
    ways = tuple(Way(said, "already-active", its.group_gives) for said in right)
    key = f"license-from-group/{variant}".removesuffix("/")
    return Case(key, begin, ways={"fix": (*ways, DIRECTLY)})


_BACK_FIRST = Way(
    'Bring the user back first, with kind "user"',
    "user-restored",
    asks={"kind": RestoreKind.USER},
)

GROUPS = (
    _case("", its.of_group(standing=GroupStanding.UNKNOWN, licenses=None), "whether the group"),
    _case(
        "active",
        its.both(its.of_group(), its.in_group(GroupMembership.DIRECT)),
        "",
    ),
    Case(
        "license-from-group/user-deleted",
        its.both(its.of_group(), its.deleted(licenses=(), license_states=(), plans=())),
        ways={
            "fix": (
                _BACK_FIRST,
                Way("add the user to the group", "already-active", its.group_gives),
                DIRECTLY,
            )
        },
    ),
    _case(
        "unnamed",
        its.both(its.unknown_loss(), its.taken_by_a_group),
        "Look which groups give the licence",
        "give it to one of the user's groups",
    ),
    Case(
        "license-from-group/unnamed-deleted",
        its.both(
            its.deleted(licenses=(), license_states=(), plans=(), deleted_at=NOW - DAY),
            its.taken_by_a_group,
        ),
        ways={
            "fix": (
                _BACK_FIRST,
                Way("add the user to the right one", "already-active", its.group_gives),
                DIRECTLY,
            )
        },
    ),
    _case("not-member", its.both(its.of_group(), NONE), "Add the user to the group again"),
    _case("deleted", its.of_group(standing=GroupStanding.DELETED), "Restore the group"),
    _case(
        "gone",
        its.of_group(standing=GroupStanding.GONE),
        "restore it",
        "give the licence to another group",
    ),
    _case("unlicensed", its.of_group(licenses=()), "Give the group its licence again"),
    _case(
        "unlicensed-uncounted",
        its.of_group(licenses=(), members=None),
        "Give the group its licence again",
    ),
    _case(
        "dynamic",
        its.both(its.of_group(rule='user.department -eq "Sales"'), NONE),
        "Correct what the rule looks at in the properties of the user",
    ),
    _case(
        "nested",
        its.both(its.of_group(), its.in_group(GroupMembership.NESTED)),
        "Add the user to the group",
    ),
    _case("switched-off", its.of_group(licenses=(OFF,)), "Switch Exchange Online on"),
    *(
        _case(
            variant,
            its.both(its.of_group(), its.group_error(error)),
            *right,
            "have the group try again",
        )
        for variant, error, right in (
            ("conflict", "MutuallyExclusiveViolation", ("Take the other licence off",)),
            ("missing-plan", "DependencyViolation", ("with the missing part",)),
            (
                "location",
                "ProhibitedInUsageLocationViolation",
                ("Correct the country",),
            ),
            ("address", "UniquenessViolation", ("Take the address off whoever has it",)),
            ("error", "Other", ("put it right",)),
        )
    ),
)
