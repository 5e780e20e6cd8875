"""The catalogue in Danish: a module for each topic."""

from typing import Final

from shared.texts.da import (
    drills,
    failures,
    faults,
    groups,
    license_findings,
    licenses,
    mailboxes,
    meanings,
    meanings_of_findings,
    names,
    people,
    problems,
    protection,
    report,
    status,
    steps,
    succeeded,
    titles,
    waits,
    windows,
)
from shared.texts.entry import Catalogue, merged

ENTRIES: Final[Catalogue] = merged(
    drills.ENTRIES,
    failures.ENTRIES,
    faults.ENTRIES,
    groups.ENTRIES,
    license_findings.ENTRIES,
    licenses.ENTRIES,
    mailboxes.ENTRIES,
    meanings.ENTRIES,
    meanings_of_findings.ENTRIES,
    names.ENTRIES,
    people.ENTRIES,
    problems.ENTRIES,
    protection.ENTRIES,
    report.ENTRIES,
    status.ENTRIES,
    steps.ENTRIES,
    succeeded.ENTRIES,
    titles.ENTRIES,
    waits.ENTRIES,
    windows.ENTRIES,
)
