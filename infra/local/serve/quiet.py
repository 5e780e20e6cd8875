"""Choose the log lines that a person wants to see while the service runs.

What callers and messages set off, one line for each run and what the app says meanwhile; nothing of
a timer that goes well, however often it does; every warning and every error.
"""

import re

_LINE = re.compile(r"\d{4}-\d\d-\d\dT(?P<at>\d\d:\d\d:\d\d)\S* (?P<level>[A-Z]+) (?P<rest>\S+: .*)")
_BEGINS = re.compile(
    r"host: Executing 'Functions\.(?P<name>\S+)' \(Reason='(?P<why>.*)', Id=(?P<id>\S+)\)"
)
_ENDS = re.compile(
    r"host: Executed 'Functions\.(?P<name>\S+)'"
    r" \((?P<how>\w+), Id=(?P<id>\S+), Duration=(?P<ms>\d+)ms\)"
)
_ALWAYS = ("functions host ended", "worker process started")
_LISTENS = "functions host listening"


class QuietLog:
    """Follows the runs of one host; ask it about each line in turn."""

    def __init__(self) -> None:
        self._runs: dict[str, bool] = {}
        self._listens = False

    def shown(self, line: str) -> str | None:
        """Give what is to be shown of a line, or None."""
        found = _LINE.match(line)
        if found is None:
            self._listens = self._listens or line.startswith(_LISTENS)
            return line if self._listens and line.startswith(_ALWAYS) else None
        text = self._worth_telling(found["level"], found["rest"])
        return None if text is None else f"{found['at']} {text}"

    def _worth_telling(self, level: str, rest: str) -> str | None:
        if begun := _BEGINS.match(rest):
            self._runs[begun["id"]] = begun["why"].startswith("Timer fired")
            return None
        if ended := _ENDS.match(rest):
            is_timer = self._runs.pop(ended["id"], False)
            is_well = ended["how"] == "Succeeded"
            if is_timer and is_well:
                return None
            return f"{ended['name']} {ended['how'].lower()} after {ended['ms']} ms"
        if level not in {"INFO", "DEBUG"}:
            return f"{level} {rest}"
        is_of_a_call = any(not is_timer for is_timer in self._runs.values())
        return rest if is_of_a_call and not rest.startswith("host") else None
