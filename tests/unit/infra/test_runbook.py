"""The runbook beside the templates: what it names is there, what is needed at night is told."""

import json
import re

from functions.declared import DECLARED
from functions.lazy_import import FromQueue, OnTime
from infra.monitor.build_workbook import PANELS
from tests.unit.infra.bicep import ROOT

INFRA = ROOT / "infra"
GRAPH = INFRA / "graph"


def test_the_runbook_says_of_every_alert_what_to_do() -> None:
    """Whoever is woken up looks the alert's name up there."""
    rules = (ROOT / "infra" / "app" / "alerts.bicep").read_text()
    runbook = (ROOT / "infra" / "RUNBOOK.md").read_text()
    told = runbook.partition("## What each alert means")[2].partition("\n## ")[0]

    assert set(re.findall(r"^\| `(\w+)` \|", told, re.MULTILINE)) == set(
        re.findall(r"^    name: '(\w+)'", rules, re.MULTILINE)
    )


def test_the_runbook_registers_the_provider_of_the_delegated_subnet() -> None:
    """The portal does it by itself, a template does not: the deployment would end there."""
    network = (INFRA / "app" / "network.bicep").read_text()
    runbook = (INFRA / "RUNBOOK.md").read_text()
    (provider,) = set(re.findall(r"serviceName: '([\w.]+)/", network))

    assert f"az provider register -n {provider}" in runbook


def test_the_runbook_names_every_region_without_zones() -> None:
    """With the setting that makes it work there; each is a region that may be chosen."""
    main = (INFRA / "main.bicep").read_text()
    found = re.search(r"^var withoutZones = \[(.*?)\]", main, re.MULTILINE)
    listed = re.search(r"@allowed\(\[\n(.*?)\]\)\n@metadata", main, re.DOTALL)
    assert found is not None
    assert listed is not None
    regions = re.findall(r"'(\w+)'", found[1])
    runbook = (INFRA / "RUNBOOK.md").read_text()
    (row,) = [line for line in runbook.splitlines() if line.startswith("| `STORAGE_SKU`")]

    assert set(regions) <= set(re.findall(r"'(\w+)'", listed[1]))
    assert all(region in row for region in regions)


def test_the_runbook_tells_what_microsoft_s_permission_also_allows() -> None:
    """Deleting and removing for good: whoever grants it has to know; the catalogue says it too."""
    catalog = json.loads((GRAPH / "permissions.json").read_text())
    runbook = (INFRA / "RUNBOOK.md").read_text()
    grant = runbook.partition("\n## Grant\n")[2].partition("\n## ")[0]

    for text in (grant, catalog["restore"]["why"]):
        assert "deleted ones for good" in text
    assert "Insufficient privileges" in grant


def test_the_runbook_counts_the_groups_that_are_scaled_by_themselves() -> None:
    """On Flex Consumption all HTTP functions are one group, and every other function is its own.

    Source: Microsoft, "Flex Consumption plan", per-function scaling.
    """
    queues = sum(isinstance(item, FromQueue) for item in DECLARED)
    timers = sum(isinstance(item, OnTime) for item in DECLARED)
    numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    runbook = (INFRA / "RUNBOOK.md").read_text()

    groups = numbers[1 + queues + timers]
    told = f"{groups} (HTTP, {numbers[queues]} queue functions, {numbers[timers]} timers)"
    assert told in runbook
    assert f"of each function group, of which there are {groups}." in runbook
    assert f"of which this app has {groups}," in (INFRA / "main.bicep").read_text()


def test_the_runbook_names_panels_that_are_there() -> None:
    """By their titles, or how these begin."""
    runbook = (INFRA / "RUNBOOK.md").read_text()
    named = set(re.findall(r"the panel \*([^*]+)\*", runbook))
    lost = {name for name in named if not any(title.startswith(name) for _, title, _ in PANELS)}

    assert named
    assert lost == set()


def test_the_runbook_names_files_that_are_there() -> None:
    """A step that leads nowhere costs the night."""
    runbook = (ROOT / "infra" / "RUNBOOK.md").read_text()
    named = set(re.findall(r"\b((?:infra|app|graph|monitor)/[\w./]+\.\w+)\b", runbook))
    lost = {name for name in named if not ((ROOT / name).exists() or (INFRA / name).exists())}

    assert named
    assert lost == set()
