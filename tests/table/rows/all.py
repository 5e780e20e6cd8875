"""Gather all rows of the table, and the switches they are played under."""

from tests.table.fake_directory import SWITCHES
from tests.table.row import Row
from tests.table.rows.boundaries import BOUNDARY_ROWS
from tests.table.rows.conflicts import CONFLICT_ROWS, CONFLICT_VARIANTS
from tests.table.rows.deleted import DELETED_ROWS, DELETED_VARIANTS
from tests.table.rows.faults import FAULT_ROWS, FAULT_VARIANTS
from tests.table.rows.groups import GROUP_ROWS
from tests.table.rows.licenses import LICENSE_ROWS, LICENSE_VARIANTS
from tests.table.rows.losses import LOSS_ROWS, LOSS_VARIANTS
from tests.table.rows.meanwhile import MEANWHILE_ROWS, MEANWHILE_VARIANTS
from tests.table.rows.messages import MESSAGE_ROWS
from tests.table.rows.neighbours import NEIGHBOUR_ROWS, NEIGHBOUR_VARIANTS
from tests.table.rows.protection import PROTECTION_ROWS, PROTECTION_VARIANTS
from tests.table.rows.rehire import REHIRE_ROWS, REHIRE_VARIANTS
from tests.table.rows.replication import REPLICATION_ROWS, REPLICATION_VARIANTS
from tests.table.rows.reports import REPORT_ROWS
from tests.table.rows.seats import SEAT_ROWS
from tests.table.rows.undos import UNDO_ROWS
from tests.table.rows.windows import WINDOW_ROWS, WINDOW_VARIANTS

ROWS: list[Row] = [
    *DELETED_ROWS,
    *LOSS_ROWS,
    *LICENSE_ROWS,
    *GROUP_ROWS,
    *WINDOW_ROWS,
    *BOUNDARY_ROWS,
    *CONFLICT_ROWS,
    *PROTECTION_ROWS,
    *REHIRE_ROWS,
    *SEAT_ROWS,
    *MEANWHILE_ROWS,
    *FAULT_ROWS,
    *REPLICATION_ROWS,
    *MESSAGE_ROWS,
    *REPORT_ROWS,
    *NEIGHBOUR_ROWS,
    *UNDO_ROWS,
]
VARIANTS: list[Row] = [
    *DELETED_VARIANTS,
    *LOSS_VARIANTS,
    *LICENSE_VARIANTS,
    *WINDOW_VARIANTS,
    *CONFLICT_VARIANTS,
    *PROTECTION_VARIANTS,
    *REHIRE_VARIANTS,
    *MEANWHILE_VARIANTS,
    *FAULT_VARIANTS,
    *REPLICATION_VARIANTS,
    *NEIGHBOUR_VARIANTS,
]
"""Rows again, under another answer of a switch of the stand-in; some with another outcome."""

ON_WIRE = [*ROWS, *VARIANTS]
ON_FAKES = [row for row in ON_WIRE if SWITCHES.issuperset(row.state.switches)]

NOT_PLAYED = {
    "deltaPageSize": "a restore reads no delta",
    "auditPageSize": "one person's log is one page: tests/contract/graph/test_audit_log.py",
    "writesPer150s": "one restore makes two writes at most: tests/bench/drain.py",
    "deltaLacks": "a restore reads no delta: tests/contract/graph/test_changes.py",
    "deltaLeavesOut": "a restore reads no delta: tests/contract/graph/test_changes.py",
    "deletedDateSort": "a restore sorts no list: tests/e2e/doors/test_tenant_lists.py",
    "deletedSortWithFilter": "a restore sorts no list: tests/e2e/doors/test_tenant_lists.py",
    "tokenRoles": "set by each row's `lacks`",
    "tokenRolesAtOnce": "how soon a new permission works is a matter of tokens alone",
    "tokenLifetimeSeconds": "a token that ends is the credential's business: tests/unit/graph",
    **dict.fromkeys(
        ("deltaLeavesOutUnset", "deltaFirstRoundRemoved", "deltaRepeats"),
        "a restore reads no delta: tests/unit/local_graph/directory/test_delta.py",
    ),
    **dict.fromkeys(
        (
            *("replication", "licenseStates", "addressFilterMindsCase"),
            *("mailboxOfNobody", "purposeAsObject", "heldMailboxAnswers"),
            *("suspendedMailboxAnswers", "addressesWithoutPlan", "auditTimeFilterRefused"),
            *("auditDetail", "auditCorrelates", "auditValuesIndented", "deletedShowsSignIn"),
            *("deletedInExchange", "exRemovedKeepsAddresses"),
            *("usageLocationDelaySeconds", "groupsFollowSeats", "groupAddressBlocksUpn"),
            "eligibleRolesProtect",
        ),
        "no rule of the product speaks of it yet: tests/unit/local_graph has both answers",
    ),
}
"""The switches of the stand-in that no row sets, each with the reason."""
