"""Numbers and names in the guide are those of the code."""

import re

import pytest

from infra.local.preflight import ROOT
from shared.domain.limits import CHECK_CALLS, CHECKS, OPEN_LIMITS, SUBSCRIPTIONS, Open
from shared.domain.requests.roles import Role
from shared.domain.snapshot import Policy
from shared.intake.batches.items import MOST_ITEMS
from shared.intake.checks import MOST_CHECKS
from shared.intake.operations import OPERATIONS
from shared.intake.operations.model import Operation
from shared.intake.retries import MOST_RETRIES
from shared.upkeep.status import Deployment, status_of
from tests.builders import NOW, USER_ID
from tests.reading import EVERYBODY
from tests.unit.world.world import World

GUIDE = ROOT / "functions" / "guide"
# The same as `restores`, one for each kind, so that a flow needs no choice.
FOR_FLOWS = {"mailboxes/restore", "users/restore", "licenses/restore"}


def table(page: str, heading: str) -> list[list[str]]:
    """The rows of the table whose head begins so."""
    text = (GUIDE / page).read_text(encoding="utf-8").partition(f"\n| {heading} |")[2]
    rows = text.partition("\n\n")[0].split("\n")[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if row]


def number(cell: str) -> int:
    """The first number in a cell."""
    found = re.search(r"[\d,]+", cell)
    assert found is not None, cell
    return int(found[0].replace(",", ""))


def test_the_limits_of_a_caller_are_told() -> None:
    """Each with what all callers by function key have together."""
    told = [(number(row[1]), number(row[2])) for row in table("limits.md", "of")]

    limits = [OPEN_LIMITS[kind] for kind in (Open.RESTORE, Open.BATCH, Open.SCHEDULE)]
    limits += [CHECK_CALLS, CHECKS, SUBSCRIPTIONS]
    assert told == [(limit.most, limit.most * 10) for limit in limits]


def test_the_sizes_of_a_request_are_told() -> None:
    """As the doors take them."""
    told = {row[0]: row[1] for row in table("limits.md", "what")}

    assert number(told["a batch"]) == MOST_ITEMS
    assert number(told["a list of checks, or of retries"]) == MOST_CHECKS == MOST_RETRIES


async def test_every_check_of_the_status_is_told() -> None:
    """By the name it has there, or the word it begins with."""
    world = World(policy=Policy(drill_user=USER_ID))
    deployment = Deployment("1", None, NOW, NOW - NOW)
    document = await status_of(deployment, world.deps, EVERYBODY)
    told = [re.findall(r"`([\w-]+)(?: [\w.-]+)*`", row[0]) for row in table("status.md", "check")]
    words = {name for names in told for name in names}
    checks = document["checks"]
    assert isinstance(checks, list)

    assert {str(check["name"]).split(" ")[0] for check in checks} <= words
    assert words <= {"storage", "sweep", "observe", "queue", "subscriptions", "token"} | {
        *("permissions", "graph", "settings", "setting", "drill")
    }


def test_every_role_is_told() -> None:
    """Who may do what is asked by its name in Entra ID."""
    readme = (ROOT / "functions" / "README.md").read_text(encoding="utf-8")
    told = readme.partition("\n## Who may do what\n")[2].partition("\n## ")[0]

    assert set(re.findall(r"^\| `([\w.]+)` \|", told, re.MULTILINE)) == {*map(str, Role)}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda it: it.id)
def test_every_operation_is_told(operation: Operation) -> None:
    """On some page of the guide, by its route; three kinds have a route for flows besides."""
    if operation.path in FOR_FLOWS:
        return
    pages = [page.read_text(encoding="utf-8") for page in GUIDE.glob("*.md")]
    route = re.sub(r"\\\{\w+\\\}", r"[\\w{}.<>-]+", re.escape(f"/api/{operation.path}"))

    assert any(re.search(rf"{route}(?![\w/])", page) for page in pages), operation.path


@pytest.mark.parametrize(
    ("page", "places"), [("shared/README.md", "shared"), ("infra/README.md", "infra")]
)
def test_every_folder_is_told(page: str, places: str) -> None:
    """Whoever looks for the place of a thing finds it in the table of folders."""
    text = (ROOT / page).read_text(encoding="utf-8")
    told = set(re.findall(r"`(\w+)/`", "\n".join(re.findall(r"^\| (`.+?) \|", text, re.MULTILINE))))
    there = {path.parent.name for path in (ROOT / places).glob("*/__init__.py")}

    assert there
    assert there <= told
