"""Define one entry of the catalogue: the words of a code, and variants by who reads them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """The words of one code; `{name}` stands for a parameter (see `render` for its forms).

    `message` says what was seen, `fix` the next thing the reader can do. The other fields take the
    place of those two for readers with a right; only `message_read` and `fix_read` may use the
    parameters that begin with `other_`.
    """

    message: str
    fix: str = ""
    message_read: str | None = None
    """With Restore.Read."""
    fix_read: str | None = None
    """With Restore.Read."""
    message_table: str | None = None
    """In a line of CSV, which has no other field to look at; not where `message_read` holds."""
    fix_table: str | None = None
    """The same for the fix, where none is for a right that the reader has."""
    fix_override: str | None = None
    """With Restore.Override."""
    fix_admin: str | None = None
    """With Restore.Admin."""
    fix_keys: str | None = None
    """With a function key: nobody has a further role then, so the fix names a setting."""


type Catalogue = dict[str, Entry]


def merged(*topics: Catalogue) -> Catalogue:
    """All topics as one catalogue.

    Raises:
        ValueError: two topics have an entry of the same key; one of them would never be read.
    """
    entries: Catalogue = {}
    for topic in topics:
        twice = entries.keys() & topic.keys()
        if twice:
            raise ValueError(f"written twice: {', '.join(sorted(twice))}")
        entries |= topic
    return entries
