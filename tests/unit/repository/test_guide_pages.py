"""Numbers and names in the guide are those of the code."""

import re

from infra.local.preflight import ROOT
from shared.domain.limits import CHECK_CALLS, CHECKS, OPEN_LIMITS, SUBSCRIPTIONS, Open
from shared.intake.batches.items import MOST_ITEMS
from shared.intake.checks import MOST_CHECKS
from shared.intake.retries import MOST_RETRIES
from shared.upkeep.status import Deployment, status_of
from tests.builders import NOW
from tests.reading import EVERYBODY
from tests.unit.world.world import World

GUIDE = ROOT / "functions" / "guide"


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
    world = World()
    deployment = Deployment("1", None, NOW, NOW - NOW)
    document = await status_of(deployment, world.deps, EVERYBODY)
    told = [re.findall(r"`([\w-]+)(?: [\w.-]+)*`", row[0]) for row in table("status.md", "check")]
    words = {name for names in told for name in names}
    checks = document["checks"]
    assert isinstance(checks, list)

    assert {str(check["name"]).split(" ")[0] for check in checks} <= words
    assert words <= {"storage", "sweep", "observe", "queue", "subscriptions", "token"} | {
        *("permissions", "graph", "settings", "setting")
    }
