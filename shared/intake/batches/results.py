"""Recognise the answer about a batch that is sent back as a list, and the rows to leave out of it.

Whoever corrects some rows of it in a spreadsheet sends all of them. Those that are well, were
called off or are under way must not begin once more: the person may have been deleted again since,
this time on purpose.
"""

from collections.abc import Sequence
from typing import Final

from shared.domain.batches.batch import ItemStatus
from shared.domain.text import Text, text

COLUMNS: Final = ("index", "status", "code", "message", "fix", "restoreId")
"""What the answer says of a request; `user` is of the request itself."""

# Both stand in no other list: a column `status` alone may be anybody's own.
_MARKS: Final = {"status", "restoreId"}

_BY_TITLE: Final = {name.lower(): name for name in COLUMNS}
_TO_SEND_AGAIN: Final = {ItemStatus.INVALID, ItemStatus.REFUSED, ItemStatus.FAILED}


def result_column(title: str) -> str | None:
    """The column of the answer that has this title, in any case, if it is one."""
    return _BY_TITLE.get(title.lower())


def is_result(titles: Sequence[str]) -> bool:
    """Whether a file with these titles is the answer about a batch."""
    return {result_column(title) for title in titles} >= _MARKS


def is_left_out(status: str) -> bool:
    """Whether a row that stood so is not to begin again; an empty cell begins."""
    found = status.lower()
    return found in set(ItemStatus) and ItemStatus(found) not in _TO_SEND_AGAIN


def wrong_status(status: str) -> Text | None:
    """What is wrong with a status that no answer has: whether the row is done cannot be told."""
    if status == "" or status.lower() in set(ItemStatus):
        return None
    return text("fault", "csv-status", choices=tuple(map(str, ItemStatus)))
