"""The templates beside the code: queues, tables, permissions, roles and settings are the same."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from fnmatch import fnmatch

import pytest

from infra.package.stage import app_files
from shared.domain.permissions import ON_REQUEST, PERMISSIONS
from shared.domain.requests.roles import ROLE_IDS, Role
from shared.errors import ConfigurationError
from shared.ledger.storage import QUEUE_NAMES, TABLE_NAMES
from shared.settings.all_settings import read_settings
from tests.unit.infra.bicep import ROOT, names_in, settings_set

INFRA = ROOT / "infra"
GRAPH = INFRA / "graph"

# Read by the host, the worker or the platform. Source: Microsoft Learn, "App settings reference
# for Azure Functions"; the last one is set by App Service where it authenticates.
PLATFORM = {
    "APPLICATIONINSIGHTS_CONNECTION_STRING",
    "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
    "WEBSITE_AUTH_ENABLED",
    # By the platform's authentication: Microsoft Learn, "Configure your App Service or Azure
    # Functions app to use Microsoft Entra sign-in".
    "OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID",
}
# Source: Microsoft Learn, "Migrate Consumption plan apps to the Flex Consumption plan".
REFUSED = {
    *("FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "WEBSITE_RUN_FROM_PACKAGE"),
    *("FUNCTIONS_WORKER_PROCESS_COUNT", "SCM_DO_BUILD_DURING_DEPLOYMENT", "ENABLE_ORYX_BUILD"),
    *("FUNCTIONS_MAX_HTTP_CONCURRENCY", "WEBSITE_CONTENTSHARE"),
}


def test_every_table_of_the_code_is_created() -> None:
    """And no other: what is removed from the code goes from the template."""
    assert names_in("storage.bicep", "tableNames") == set(TABLE_NAMES)


def test_every_queue_of_the_code_is_created() -> None:
    """The poison queues, too: until then whoever looks into them meets an error."""
    created, used = names_in("storage.bicep", "queueNames"), set(QUEUE_NAMES)
    assert created == used, f"write in infra/app/storage.bicep: {sorted(created ^ used)}"


def test_permissions_are_granted_for_what_the_code_needs() -> None:
    """The catalogue's features that are on by default are the code's, permission by permission."""
    catalog = json.loads((GRAPH / "permissions.json").read_text())
    on = {name: tuple(it["permissions"]) for name, it in catalog.items() if it["default"]}

    needed = {str(feature): names for feature, names in PERMISSIONS.items()}
    granted = {name for names in on.values() for name in names}
    assert all(granted.issuperset(names) for names in ON_REQUEST.values())
    differing = sorted(dict(on.items() ^ needed.items()))
    assert not differing, (
        "infra/graph/permissions.json and shared/domain/permissions.py have to say the same of"
        f" {differing}"
    )


def test_the_api_has_the_roles_that_the_code_knows() -> None:
    """A role that is spelt otherwise would let nobody in."""
    roles = [role["value"] for role in json.loads((GRAPH / "app-roles.json").read_text())]

    assert roles == [str(role) for role in Role]
    ids = {role["id"]: role["value"] for role in json.loads((GRAPH / "app-roles.json").read_text())}
    assert ids == ROLE_IDS


class Recording(dict[str, str]):
    """An environment that keeps the names it was asked for."""

    def __init__(self, **values: str) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        """The value, and a note of the name."""
        self.asked.add(name)
        return super().get(name, default)


def settings_read() -> set[str]:
    """Every setting that the product asks its environment for, at indexing or later."""
    env = Recording(AzureWebJobsStorage__tableServiceUri="https://a.table.core.windows.net")
    with pytest.raises(ConfigurationError):
        read_settings(env)
    hosting = (ROOT / "functions" / "hosting.py").read_text(encoding="utf-8")
    return env.asked | set(re.findall(r'environ\.get\("(\w+)"\)', hosting))


def settings_documented() -> set[str]:
    """The settings of the table in infra/README.md; `__name` continues the name before it."""
    rows = re.findall(r"^\| (`.*?) \|.*$", (INFRA / "README.md").read_text(), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z]\w+)`", row)}


def test_every_setting_that_is_read_is_set_or_documented_with_its_default() -> None:
    """Nobody has to read the code to know what can be set."""
    unknown = settings_read() - settings_set() - settings_documented() - PLATFORM
    unknown -= {name for name in unknown if name.startswith("AzureWebJobsStorage")}

    assert not unknown, (
        f"add a row to the table of settings in infra/README.md for {sorted(unknown)}"
    )


def test_every_setting_that_is_set_is_read() -> None:
    """By the code, or by the platform: the rest would be a belief of ours."""
    assert settings_set() - settings_read() <= PLATFORM
    assert len(settings_set()) >= 10


def test_nothing_is_set_that_flex_consumption_refuses() -> None:
    """A deployment with one of these fails, or worse, starts."""
    assert settings_set().isdisjoint(REFUSED)


def test_host_json_has_known_keys_within_their_ranges() -> None:
    """The host ignores a misspelt key, and takes its default."""
    host = json.loads((ROOT / "host.json").read_text())
    flat = dict(_flat(host))
    unknown = {key for key in flat if key not in HOST_KEYS}
    wrong = {key: value for key, value in flat.items() if not HOST_KEYS.get(key, _any)(value)}

    assert (unknown, wrong) == (set(), {})


def test_only_what_runs_is_shipped() -> None:
    """`.funcignore` and the package agree, whichever of them a deployment takes."""
    ignored = [line for line in (ROOT / ".funcignore").read_text().splitlines() if line]
    here = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    hidden = {".git", ".venv", ".venv-infra", ".venv-runtime", ".local", ".azure", ".funcignore"}
    names = (here | hidden) - {"__pycache__"}
    shipped = {name for name in names if not any(fnmatch(name, mark) for mark in ignored)}
    package = {path.parts[0] for path in app_files()}

    assert shipped == package | {"requirements.txt"}


def test_azd_finds_the_app_and_the_package() -> None:
    """The service's name is the tag on the site, and no build happens elsewhere."""
    azd = (ROOT / "azure.yaml").read_text()
    site = (ROOT / "infra" / "app" / "function.bicep").read_text()

    assert "  api:\n    project: .local/package/app\n" in azd
    assert "'azd-service-name': 'api'" in site


def _flat(node: object, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Every leaf with its path; `logLevel` has categories below, which are anybody's."""
    if not isinstance(node, dict) or prefix == "logging.logLevel":
        yield prefix, node
        return
    for name, value in node.items():
        yield from _flat(value, f"{prefix}.{name}" if prefix else name)


def _any(_: object) -> bool:
    return True


def _span(least: timedelta, most: timedelta) -> Callable[[object], bool]:
    """Whether a .NET time span lies in these bounds."""

    def fits(value: object) -> bool:
        hours, minutes, seconds = (float(part) for part in str(value).split(":"))
        return least <= timedelta(hours=hours, minutes=minutes, seconds=seconds) <= most

    return fits


def _whole(least: int, most: int) -> Callable[[object], bool]:
    """Whether a whole number lies in these bounds."""
    return lambda value: isinstance(value, int) and least <= value <= most


# Source: Microsoft Learn, "host.json reference" and "Azure Queue storage trigger and bindings",
# host.json settings; azure-functions-host, ScriptJobHostOptionsSetup (functionTimeout on Flex).
HOST_KEYS: dict[str, Callable[[object], bool]] = {
    "version": lambda value: value == "2.0",
    # Flex allows any; an invocation is to last a minute, and HTTP ends at 230 s anyway.
    "functionTimeout": _span(timedelta(minutes=1), timedelta(minutes=30)),
    "extensionBundle.id": lambda value: value == "Microsoft.Azure.Functions.ExtensionBundle",
    "extensionBundle.version": lambda value: value == "[4.*, 5.0.0)",
    "extensions.http.routePrefix": lambda value: value == "api",
    "extensions.queues.batchSize": _whole(1, 32),
    "extensions.queues.newBatchThreshold": _whole(0, 1000),
    "extensions.queues.maxDequeueCount": _whole(1, 100),
    "extensions.queues.visibilityTimeout": _span(timedelta(0), timedelta(days=7)),
    "extensions.queues.maxPollingInterval": _span(
        timedelta(milliseconds=100), timedelta(minutes=1)
    ),
    "extensions.queues.messageEncoding": lambda value: value in {"none", "base64"},
    "logging.logLevel": lambda value: (
        isinstance(value, dict)
        and set(value.values())
        <= {"Trace", "Debug", "Information", "Warning", "Error", "Critical", "None"}
    ),
    "logging.applicationInsights.samplingSettings.isEnabled": lambda value: value in {True, False},
    # Traces are the product's own lines and metrics: a sampled one would be a wrong figure.
    "logging.applicationInsights.samplingSettings.excludedTypes": lambda value: (
        set(str(value).split(";")) == {"Request", "Exception", "Trace"}
    ),
}


def test_the_dev_container_has_what_a_developer_needs() -> None:
    """Python and Node of the versions that the checks run with, azd and Core Tools."""
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    checks = (ROOT / ".github" / "workflows" / "checks.yml").read_text()
    node = re.search(r'node-version: "(\d+)"', checks)
    python = (ROOT / ".python-version").read_text().strip()
    assert node is not None

    assert (
        f":{python.rpartition('.')[0] if python.count('.') > 1 else python}" in container["image"]
    )
    features = {
        name.rsplit("/", 1)[1].split(":")[0]: it for name, it in container["features"].items()
    }
    assert features.keys() >= {"node", "azd", "azure-cli"}
    assert features["node"]["version"] == node[1]
    assert "azure-functions-core-tools@4" in container["onCreateCommand"]
