"""Give the commands of a deployment a tenant in a JSON file, and a CLI that knows it."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.unit.infra import az
from tests.unit.infra.az import EMPTY, GRAPH_SP, MSI, NAMES, role_id

CLI = Path(az.__file__).resolve()
ROOT = CLI.parents[3]


class FakeAz:
    """The tenant behind the fake CLI, and a way to run a command that finds that CLI."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._tenant, self._log = folder / "tenant.json", folder / "calls.log"
        self._bin = folder / "bin"
        self._bin.mkdir()
        script = self._bin / "az"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -E -S "{CLI}" "$@"\n')
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        self.write(EMPTY)

    def write(self, tenant: Mapping[str, Any]) -> None:
        """Put a tenant in place."""
        self._tenant.write_text(json.dumps(tenant))

    def tenant(self) -> dict[str, Any]:
        """The tenant as it is now."""
        tenant: dict[str, Any] = json.loads(self._tenant.read_text())
        return tenant

    def give(self, *names: str) -> None:
        """Let the identity hold these Graph permissions already."""
        tenant = self.tenant()
        for name in names:
            given = {"principalId": MSI, "resourceId": GRAPH_SP, "appRoleId": role_id(name)}
            tenant["assignments"].append(given | {"id": f"given-{name}"})
        self.write(tenant)

    def held(self) -> set[str]:
        """The Graph permissions that the identity holds now."""
        ids = {item["appRoleId"] for item in self.tenant()["assignments"]}
        return {name for name in NAMES if role_id(name) in ids}

    def changes(self) -> list[str]:
        """Every call that was meant to change something."""
        if not self._log.exists():
            return []
        return [line for line in self._log.read_text().splitlines() if not line.startswith("get")]

    def run(self, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the repository with this CLI first on its PATH."""
        return subprocess.run(  # noqa: S603 - our own scripts
            command,
            env=self.environment() | env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    def environment(self) -> dict[str, str]:
        """The environment in which `az` is this one."""
        return {
            "PATH": f"{self._bin}:{os.environ['PATH']}",  # noqa: TID251 - a child's environment
            "FAKE_AZ_TENANT": str(self._tenant),
            "FAKE_AZ_LOG": str(self._log),
        }
