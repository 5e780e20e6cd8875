"""Send what `infra/connector/openapi.json` allows, and what it does not, to every operation.

    .venv/bin/python -m tests.openapi.drive [--examples 300] [--seed 1]

goes through the doors twice, once signed in with every role and once with a function key alone;
`--examples` are for each operation, besides those that follow from the description by rule. Every
answer must be as described: status, content type, headers, schema. Bad input must be refused,
good input must not be, and afterwards both hosts live, every timer comes through, no function has
raised and no message was set aside. Prints what was found, with a `curl` line for each.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from infra.local.preflight import ROOT
from tests.openapi.doors import KEY, PRINCIPAL, Doors

_DESCRIPTION = ROOT / "infra" / "connector" / "openapi.json"
_CONFIG = ROOT / "tests" / "openapi" / "schemathesis.toml"

SIGNED_IN: Final = (
    *(f"--header={name}: {value}" for name, value in PRINCIPAL.items()),
    # Signed in, nobody needs the other way in: whether a key is right is not looked at.
    "--exclude-checks=ignored_auth",
)
KEYED: Final = (f"--header=x-functions-key: {KEY}",)


@dataclass(frozen=True)
class Figures:
    """What one pass came to; `told` is all that schemathesis has written."""

    operations: int
    tested: int
    examples: int
    failures: int
    seconds: float
    is_whole: bool
    told: str

    @property
    def is_good(self) -> bool:
        """Whether every door was tried to the end, and none answered otherwise than described."""
        return self.is_whole and self.failures == 0 and self.tested == self.operations


async def drive(
    url: str, options: Sequence[str], *, examples: int, seed: int | None = None
) -> Figures:
    """Try every door at this address, as the caller that the options make.

    Without a seed the same is sent every time.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        process = await asyncio.create_subprocess_exec(
            *_command(url, report),
            f"--max-examples={examples}",
            "--generation-deterministic" if seed is None else f"--seed={seed}",
            *options,
            # Whatever a tool keeps between runs is kept here, and forgotten.
            cwd=folder,
            env={"PYTHONPATH": str(ROOT), "PATH": "", "HOME": folder},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            told, _ = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
        return _figures(told.decode(), report)


def _command(url: str, report: Path) -> tuple[str, ...]:
    program = (sys.executable, "-m", "schemathesis.cli", f"--config-file={_CONFIG}", "run")
    written = ("--no-color", "--report=json", f"--report-json-path={report}")
    return (*program, str(_DESCRIPTION), f"--url={url}/api", *written)


def _figures(told: str, report: Path) -> Figures:
    assert report.exists(), told
    document = json.loads(report.read_text(encoding="utf-8"))
    cases, operations = document["test_cases"], document["operations"]
    return Figures(
        operations=operations["selected"],
        tested=operations["tested"],
        examples=cases["generated"],
        failures=cases["unique_failures"] + cases["errored"] + len(document["errors"]),
        seconds=round(document["running_time"], 1),
        is_whole=document["complete"],
        told=told,
    )


async def _run(examples: int, seed: int) -> bool:
    with Doors() as doors:
        passes = [
            await drive(doors.signed_in.url, SIGNED_IN, examples=examples, seed=seed),
            await drive(doors.keyed.url, KEYED, examples=examples, seed=seed),
        ]
        await doors.come_to_rest()
        is_well = await doors.are_well() and not doors.troubles
        print(*(it.told for it in passes), *doors.troubles, sep="\n")  # noqa: T201
        return is_well and all(it.is_good for it in passes)


def main() -> int:
    """Drive, print, and fail if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.openapi.drive", description=__doc__)
    parser.add_argument("--examples", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    return 0 if asyncio.run(_run(asked.examples, asked.seed)) else 1


if __name__ == "__main__":
    sys.exit(main())
