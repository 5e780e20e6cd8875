"""Describe the place of a journal entry in the chain of its restore.

    entry 1 ◀── hash ── entry 2 ◀── hash ── entry 3        the last hash is the head of the chain

`chain.py` makes and checks the hashes; infra/trail/README.md has their bytes.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final


@dataclass(frozen=True, slots=True)
class Seal:
    """The digest that stands in the hash for a personal value, and its salt.

    `salt` is None once the value was erased: the digest alone then tells nothing of it.
    """

    digest: str
    salt: str | None

    @property
    def is_erased(self) -> bool:
        """Whether what the digest was made of is gone."""
        return self.salt is None


@dataclass(frozen=True, slots=True)
class Link:
    """What the ledger adds to an entry when it writes it; hashes are 64 hex digits."""

    restore_id: str
    number: int
    """Its place in the journal, from 1."""
    attempt: int
    """The attempt of the restore that it belongs to, from 1."""
    evidence: str | None
    """On what the window was judged, of a decision or a step; None of everything else."""
    previous_hash: str | None
    """None of the first entry."""
    hash: str
    name: Seal | None = None
    """In place of the name of who did it."""
    params: Seal | None = None
    """In place of the parameters of the detail."""

    @property
    def is_erased(self) -> bool:
        """Whether anything personal was taken out of the entry."""
        return any(seal is not None and seal.is_erased for seal in (self.name, self.params))


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many entries it has; the hash of the last, and when it was made."""

    number: int = 0
    hash: str | None = None
    at: datetime | None = None


NO_ENTRIES: Final = Head()
