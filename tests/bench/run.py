"""Run one bench as a command, in a process of its own, and read the figures that it prints."""

import json
import subprocess
import sys
from typing import Any


def figures_of(name: str, *arguments: str) -> dict[str, Any]:
    """The last JSON object that `python -m tests.bench.NAME` prints.

    Raises:
        CalledProcessError: the bench failed, after it said why.
    """
    done = subprocess.run(  # noqa: S603 - our own interpreter and bench
        [sys.executable, "-m", f"tests.bench.{name}", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    text = done.stdout.strip()
    figures: dict[str, Any] = json.loads(text if text.endswith("\n}") else text.splitlines()[-1])
    return figures
