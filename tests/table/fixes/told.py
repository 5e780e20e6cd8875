"""Write down the fixes as they read when their ways were last looked at.

    .venv/bin/python -m tests.table.fixes.told

writes them anew. Do so after having looked, for each fix that changed, whether the walk still does
what it says.
"""

import json
from pathlib import Path

from tests.table.fixes.all import CASES
from tests.table.fixes.engine import entry_of

FILE = Path(__file__).parent / "told.json"
FIELDS = ("fix", "fix_read", "fix_override", "fix_admin", "fix_keys")


def told() -> str:
    """Every fix that is walked, by its ending and the field it stands in."""
    entries = {case.key: entry_of(case.key) for case in CASES}
    found = {
        key: {name: words for name in FIELDS if (words := getattr(entry, name))}
        for key, entry in sorted(entries.items())
    }
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(told(), encoding="utf-8")
