"""Number the entries of a journal by the attempt they belong to, and page through them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shared.domain.records.progress import JournalEntry

RETRIED = "retried"
"""What the first entry of a further attempt says."""


@dataclass(frozen=True, slots=True)
class NumberedEntry:
    """An entry, and the attempt that it belongs to, from 1."""

    entry: JournalEntry
    attempt: int


@dataclass(frozen=True, slots=True)
class JournalQuery:
    """How many entries, and how many of the oldest ones to pass over."""

    top: int = 100
    skip: int = 0


def numbered(entries: Iterable[JournalEntry]) -> Iterator[NumberedEntry]:
    """Each entry with its attempt, oldest first."""
    attempt = 1
    for entry in entries:
        attempt += entry.event == RETRIED
        yield NumberedEntry(entry, attempt)
