"""checkov, read the strict way, and the properties that nothing may change in silence.

checkov ends with 0 when it could not parse a file: so its JSON is read, not its exit code. A
skip stands in skips.json with its reason, and one that nothing needs any more is a fault.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from infra.checks.tree import Node, Template

SKIPS: dict[str, str] = json.loads((Path(__file__).parent / "skips.json").read_text("utf-8"))

# Resource -> path -> value: what makes the deployment safe, held whatever checkov thinks of it.
HELD: dict[tuple[str, str], dict[str, object]] = {
    ("app/storage.bicep", "account"): {
        "properties.allowSharedKeyAccess": False,
        "properties.allowBlobPublicAccess": False,
        "properties.defaultToOAuthAuthentication": True,
        "properties.minimumTlsVersion": "TLS1_2",
        "properties.supportsHttpsTrafficOnly": True,
    },
    ("app/monitoring.bicep", "insights"): {"properties.DisableLocalAuth": True},
    ("app/function.bicep", "app"): {
        "kind": "functionapp,linux",
        "identity.type": "UserAssigned",
        "properties.httpsOnly": True,
        "properties.functionAppConfig.runtime.name": "python",
        "properties.functionAppConfig.runtime.version": "3.13",
        "properties.functionAppConfig.deployment.storage.authentication.type": (
            "UserAssignedIdentity"
        ),
        "properties.siteConfig.ftpsState": "Disabled",
    },
    ("app/function.bicep", "plan"): {"sku.name": "FC1", "properties.reserved": True},
    ("app/function.bicep", "auth"): {
        "properties.platform.enabled": True,
        "properties.globalValidation.requireAuthentication": True,
        "properties.globalValidation.unauthenticatedClientAction": "Return401",
        "properties.httpSettings.requireHttps": True,
        "properties.login.tokenStore.enabled": False,
    },
    ("app/function.bicep", "ftp"): {"properties.allow": False},
    ("app/function.bicep", "scm"): {"properties.allow": False},
    ("graph/api.bicep", "principal"): {"appRoleAssignmentRequired": True},
    ("graph/api.bicep", "api"): {"api.requestedAccessTokenVersion": 2},
}


def faults(templates: Sequence[Template]) -> Iterator[str]:
    """Properties that are not as they are to be held."""
    by_name = {template.name: template for template in templates}
    for (file, symbol), wanted in HELD.items():
        template = by_name.get(file)
        resource = template.resources.get(symbol) if template is not None else None
        if resource is None:
            yield f"{file}: {symbol} is gone"
            continue
        for path, value in wanted.items():
            found = _at(_body(resource), path)
            if found != value:
                yield f"{file}: {symbol}.{path} is {found!r}, not {value!r}"


def checkov(templates: Sequence[Template]) -> tuple[list[str], dict[str, int]]:
    """What checkov finds beyond the skips, and how much it passed, failed and read."""
    with TemporaryDirectory() as folder:
        done = _run(Path(folder), templates)
    try:
        told = json.loads(done.stdout)
        summary: dict[str, int] = told["summary"]
        failed: list[Node] = told["results"]["failed_checks"]
    except (ValueError, LookupError, TypeError):
        return [f"checkov gave no report: {done.stderr[-500:]}"], {}
    counts = {"passed": summary["passed"], "resources": summary["resource_count"]}
    return list(_judged(summary, failed)), counts | {"skipped": len(SKIPS)}


def _run(folder: Path, templates: Sequence[Template]) -> subprocess.CompletedProcess[str]:
    """Run checkov on the templates as they were parsed: without the line it cannot read."""
    for template in templates:
        target = folder / template.name
        target.parent.mkdir(exist_ok=True)
        target.write_text(template.text, encoding="utf-8")
    command = (
        *(str(Path(sys.executable).parent / "checkov"), "--directory", str(folder)),
        *("--framework", "bicep", "--skip-download", "--compact", "--output", "json"),
    )
    return subprocess.run(  # noqa: S603 - the tool beside our own interpreter
        command, capture_output=True, text=True, check=False
    )


def _judged(summary: Mapping[str, int], failed: Sequence[Node]) -> Iterator[str]:
    named = {f"{item['check_id']} {item['resource']}": item for item in failed}
    yield from (f"{key}: {it['check_name']}" for key, it in named.items() if key not in SKIPS)
    yield from (f"skips.json: {key} is not needed any more" for key in SKIPS if key not in named)
    if summary["parsing_errors"]:
        yield f"checkov could not parse {summary['parsing_errors']} files"
    if summary["resource_count"] == 0:
        yield "checkov saw no resource"


def _body(resource: Node) -> dict[str, Any]:
    """The body of a resource, which lies deeper in a condition or a loop."""
    config: dict[str, Any] = resource["config"]
    return config["config"] if "condition" in config and "config" in config else config


def _at(node: Any, path: str) -> object:
    for name in path.split("."):
        node = node.get(name) if isinstance(node, dict) else None
    return node
