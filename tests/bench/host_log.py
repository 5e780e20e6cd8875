"""Read the host's log while a bench runs; the landscape keeps only the last lines."""

import json
import re
from collections import Counter

_SAID = re.compile(r"reprieve (\{.*\})")
_FAILED = re.compile(r"Executed 'Functions\.(\w+)' \(Failed")


class HostLog:
    """Counts, given as the `echo` of a landscape.

    Attributes:
        queued_again: restores and others that sweeps queued, their messages lost or not.
        failed: runs that failed, by function.

    """

    def __init__(self) -> None:
        self.queued_again = 0
        self.failed: Counter[str] = Counter()

    def __call__(self, part: str, line: str) -> None:
        """Take in a line of a part."""
        if part != "host":
            return
        if (said := _SAID.search(line)) is not None:
            event = json.loads(said[1])
            self.queued_again += event["queued"] if event["event"] == "swept" else 0
        elif (failed := _FAILED.search(line)) is not None:
            self.failed[failed[1]] += 1
