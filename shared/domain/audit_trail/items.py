"""Name the items of the trail, and what of it this release cannot read: that stops nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.domain.audit_trail.days import Day
from shared.domain.audit_trail.erasures import Erasure
from shared.domain.records.progress import JournalEntry
from shared.errors import UnreadableTextError


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What is damaged, or of another release: a blob, or the entry of a restore."""

    name: str
    """Of the blob; of an entry the key of its row."""
    restore_id: str | None = None

    @property
    def number(self) -> int | None:
        """The entry's place in its journal, if its key tells one."""
        digits = self.name.removeprefix("j-")
        return int(digits) if self.restore_id and digits.isdecimal() else None


type TrailEntry = JournalEntry | Unreadable
type TrailItem = Day | Erasure | TrailEntry


def item_in[T](name: str, content: bytes, decode: Callable[[bytes], T]) -> T | Unreadable:
    """What `decode` makes of a blob."""
    try:
        return decode(content)
    except UnreadableTextError:
        return Unreadable(name)
