"""Lint the descriptions of the API with Redocly, for what client generators stumble over."""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from infra.checks.tree import INFRA

DESCRIPTIONS = (INFRA / "connector" / "openapi.json", INFRA / "connector" / "openapi-3.0.json")

_NODE = INFRA / "checks" / "node"
_LINTER = _NODE / "node_modules" / "@redocly" / "cli" / "bin" / "cli.js"
# It would ask for news and tell of its use otherwise.
_SILENT = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}


def faults(paths: Sequence[Path] = DESCRIPTIONS) -> Iterator[str]:
    """Errors and warnings, by file and place."""
    for path in paths:
        command = ("node", str(_LINTER), "lint", "--format", "json", str(path))
        done = subprocess.run(  # noqa: S603 - the linter that tools.py has fetched
            (*command, "--config", str(_NODE / "redocly.yaml")),
            env={**os.environ, **_SILENT},  # noqa: TID251 - a child's environment
            capture_output=True,
            text=True,
            check=False,
        )
        try:
            problems = json.loads(done.stdout)["problems"]
        except (ValueError, KeyError):
            yield f"{path.name}: the linter did not run: {done.stderr.strip()[-500:]}"
            continue
        for problem in problems:
            place = problem["location"][0].get("pointer", "")
            yield f"{path.name}: {problem['ruleId']} at {place}: {problem['message']}"
