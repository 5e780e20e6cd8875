"""Texts of the weekly report."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

_ALL: Final = "To bring {people:the one person|all # people} back"
_UNKNOWN: Final = "Of {people:one person|# people} it is not known yet which licence went"
_NOT_COUNTED: Final = "no licence is counted for {people:this person|them}"

ENTRIES: Final[Catalogue] = {
    "report/nobody": Entry("Nobody has lost a mailbox that could still come back."),
    "report/more": Entry("{count} more {license}"),
    "report/short": Entry(f"{_ALL} you need {{more}}."),
    "report/short-until": Entry(
        f"{_ALL} you need {{more}}; the first mailbox can come back until {{first:time}}."
    ),
    "report/not-counted": Entry(f"{_UNKNOWN}: {_NOT_COUNTED}."),
    "report/not-counted-until": Entry(
        f"{_UNKNOWN}: {_NOT_COUNTED}. The first mailbox can come back until {{first:time}}."
    ),
    "report/not-counted-more": Entry(
        "Of {people:one more person|# more people} it is not known yet which licence went:"
        f" {_NOT_COUNTED}."
    ),
    "report/enough": Entry(f"{_ALL} you have enough licences."),
    "report/enough-until": Entry(
        f"{_ALL} you have enough licences; the first mailbox can come back until {{first:time}}."
    ),
}
