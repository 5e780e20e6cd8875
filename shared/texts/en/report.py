"""Texts of the weekly report."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

_ALL: Final = "To bring {people:the one person|all # people} back"

ENTRIES: Final[Catalogue] = {
    "report/nobody": Entry("Nobody has lost a mailbox that could still come back."),
    "report/more": Entry("{count} more {license}"),
    "report/short": Entry(f"{_ALL} you need {{more}}."),
    "report/short-until": Entry(
        f"{_ALL} you need {{more}}; the first mailbox can come back until {{first:time}}."
    ),
    "report/enough": Entry(f"{_ALL} you have enough licences."),
    "report/enough-until": Entry(
        f"{_ALL} you have enough licences; the first mailbox can come back until {{first:time}}."
    ),
}
