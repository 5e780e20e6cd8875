"""Check azure.yaml: each hook runs one step of infra.deploy, and none is allowed to fail unseen."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from infra.checks.tree import INFRA
from infra.deploy.__main__ import STEPS

AZURE_YAML = INFRA.parent / "azure.yaml"

# Hook -> step. Source: Microsoft Learn, "Customize your Azure Developer CLI workflows using command
# and event hooks".
WANTED: Mapping[str, str] = {
    "preprovision": "check",
    "postprovision": "grant",
    "prepackage": "package",
    "predeploy": "package",
    "postdeploy": "smoke",
}
_SYSTEMS = {"posix": ("sh", "python3"), "windows": ("pwsh", "python")}

# The first azd that leaves a package as it was built (`remoteBuild: false`).
# Source: Azure/azure-dev pull request 6748.
_LEAST = (1, 23, 5)


def document(path: Path = AZURE_YAML) -> dict[str, Any]:
    """What azd reads."""
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def faults(azure: Mapping[str, Any]) -> Iterator[str]:
    """Hooks that are missing somewhere, do something else, or let a fault pass."""
    hooks: Mapping[str, Any] = azure.get("hooks", {})
    for name in sorted(set(hooks) ^ set(WANTED)):
        yield f"azure.yaml: hook {name} is {'unknown' if name in hooks else 'gone'}"
    for name in sorted(set(hooks) & set(WANTED)):
        for system in _SYSTEMS:
            yield from _hook(name, system, hooks[name].get(system))
    yield from _versions(azure.get("requiredVersions", {}))
    service = azure.get("services", {}).get("api", {})
    if service.get("remoteBuild") is not False:
        yield "azure.yaml: the package would be built remotely"


def _hook(name: str, system: str, hook: Mapping[str, Any] | None) -> Iterator[str]:
    where = f"azure.yaml: {name} on {system}"
    if hook is None:
        yield f"{where} is missing"
        return
    shell, interpreter = _SYSTEMS[system]
    step = WANTED[name]
    if hook.get("shell") != shell or hook.get("run") != f"{interpreter} -m infra.deploy {step}":
        yield f"{where} is {hook.get('shell')}: {hook.get('run')}"
    if step not in STEPS:
        yield f"{where}: infra.deploy has no step {step}"
    if hook.get("continueOnError", False) is not False:
        yield f"{where}: a fault lets the deployment go on"


def _versions(required: Mapping[str, Any]) -> Iterator[str]:
    found = re.fullmatch(r">= (\d+)\.(\d+)\.(\d+)", str(required.get("azd", "")))
    if found is None or tuple(map(int, found.groups())) < _LEAST:
        yield f"azure.yaml: requires azd {required.get('azd')}, not {_LEAST} and later"
