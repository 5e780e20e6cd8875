"""Check that a deployed app works: its functions are listed, and its sweep has logged a line.

HTTP alone does not tell: apps have answered while their queue functions were not listed, after
deployments that succeeded, and while no timer ran.
Source: azure-functions-host issues 10169, 11828 and 11915.
"""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.deploy.report import Report
from infra.graph.az import AzError, az

HEARTBEAT = Path(__file__).resolve().parents[1] / "monitor" / "heartbeat.kql"

# Source: Microsoft Learn, "Azure Monitor Application Insights REST API".
_LOGS = "https://api.applicationinsights.io"


@dataclass(frozen=True)
class Patience:
    """How long to look again, and how to wait between two looks.

    Attributes:
        limit: Azure lists functions some minutes after a deployment, and a log line arrives
            some minutes after it was written.
        pause: how long between two looks.
        wait: waits that long.
        now: the time, aware and in UTC.

    """

    limit: timedelta
    pause: timedelta
    wait: Callable[[timedelta], None]
    now: Callable[[], datetime]

    def until(self, is_done: Callable[[], bool]) -> bool:
        """Look until it is done; False when the time is over.

        Raises: AzError if the last look was refused; one before it may be a hiccup.
        """
        end = self.now() + self.limit
        while True:
            is_last = self.now() >= end
            try:
                if is_done():
                    return True
            except AzError:
                if is_last:
                    raise
            if is_last:
                return False
            self.wait(self.pause)


@dataclass(frozen=True)
class App:
    """A deployed app as Azure knows it."""

    group: str
    name: str
    insights_id: str

    def functions(self) -> set[str]:
        """The functions that Azure has listed. Raises: AzError."""
        asked = ("functionapp", "function", "list", "--output", "json", "--query", "[].name")
        names = json.loads(az(*asked, "--resource-group", self.group, "--name", self.name))
        return {str(name).rpartition("/")[2] for name in names}

    def has_swept(self, since: datetime, until: datetime) -> bool:
        """Whether the sweep has said a line in this time. Raises: AzError."""
        span = (
            f"{since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}/{until.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        )
        asked = {"query": HEARTBEAT.read_text(encoding="utf-8"), "timespan": span}
        with TemporaryDirectory() as folder:
            body = Path(folder) / "query.json"
            body.write_text(json.dumps(asked), encoding="utf-8")
            answer = az(
                *("rest", "--method", "post", "--resource", _LOGS, "--output", "json"),
                *("--url", f"{_LOGS}/v1/apps/{self.insights_id}/query"),
                *("--headers", "Content-Type=application/json", "--body", f"@{body}"),
            )
        return any(table["rows"] for table in json.loads(answer)["tables"])


def look(app: App, expected: Collection[str], patience: Patience, report: Report) -> None:
    """Wait until all functions are listed and one sweep was logged; say what did not come."""
    since = patience.now()
    _listed(app, set(expected), patience, report)
    try:
        found = patience.until(lambda: app.has_swept(since, patience.now()))
    except AzError as error:
        report.fault("a sweep since the deployment", f"az: {error}")
        return
    report.expect("a sweep since the deployment", "logged", "logged" if found else "none")


def _listed(app: App, expected: set[str], patience: Patience, report: Report) -> None:
    seen: set[str] = set()

    def is_listed() -> bool:
        seen.clear()
        seen.update(app.functions())
        return seen == expected

    try:
        patience.until(is_listed)
    except AzError as error:
        report.fault("functions", f"az: {error}")
        return
    wanted = f"all {len(expected)} listed"
    missing = ", ".join(sorted(expected - seen))
    foreign = ", ".join(sorted(seen - expected))
    got = wanted if seen == expected else f"missing: {missing or '-'}; unknown: {foreign or '-'}"
    report.expect("functions", wanted, got)
