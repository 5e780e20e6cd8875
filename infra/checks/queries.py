"""Parse every query of infra/monitor with Microsoft's own parser and the tables' columns.

Source of the columns: Microsoft Learn, "Application Insights telemetry data model"; rules that are
scoped on the component see the names `traces` and `requests`.
"""

import json
import re
import subprocess
from collections.abc import Iterator, Mapping

from infra.checks.tree import INFRA

_PARSER = INFRA / "checks" / "node" / "kusto.cjs"


# A query in the runbook stands four columns in, and begins with its table.
_IN_TEXT = re.compile(r"^    (?:traces|requests) \|.*\n(?:    .*\n)*", re.MULTILINE)


def texts() -> dict[str, str]:
    """The text of every query file, by its path under infra/, and of those in the runbook."""
    files = {
        path.relative_to(INFRA).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((INFRA / "monitor").rglob("*.kql"))
    }
    runbook = (INFRA / "RUNBOOK.md").read_text(encoding="utf-8")
    told = enumerate(_IN_TEXT.findall(runbook), start=1)
    return files | {f"RUNBOOK.md, query {number}": text for number, text in told}


def faults(given: Mapping[str, str]) -> Iterator[str]:
    """What the parser says of each of them, by line."""
    if not given:
        yield "infra/monitor has no query"
        return
    done = subprocess.run(  # noqa: S603 - our own script
        ("node", str(_PARSER)),  # noqa: S607 - the Node that npm belongs to
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        yield f"the Kusto parser did not run: {done.stderr.strip()[-500:]}"
        return
    for name, found in json.loads(done.stdout).items():
        yield from (f"{name}:{it['line']}: {it['code']}: {it['message']}" for it in found)
