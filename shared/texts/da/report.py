"""Texts of the weekly report."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

_ALL: Final = "For at få {people:den ene person|alle # personer} tilbage"
_UNKNOWN: Final = (
    "For {people:én person|# personer} vides det endnu ikke, hvilken licens der forsvandt"
)
_NOT_COUNTED: Final = "der er ingen licens regnet med til {people:den person|dem}"

ENTRIES: Final[Catalogue] = {
    "report/nobody": Entry("Ingen har mistet en postkasse, som stadig kan komme tilbage."),
    "report/more": Entry("{count} flere {license}"),
    "report/short": Entry(f"{_ALL} mangler du {{more}}."),
    "report/short-until": Entry(
        f"{_ALL} mangler du {{more}}; den første postkasse kan komme tilbage indtil {{first:time}}."
    ),
    "report/not-counted": Entry(f"{_UNKNOWN}: {_NOT_COUNTED}."),
    "report/not-counted-until": Entry(
        f"{_UNKNOWN}: {_NOT_COUNTED}. Den første postkasse kan komme tilbage indtil {{first:time}}."
    ),
    "report/not-counted-more": Entry(
        "For {people:yderligere én person|yderligere # personer} vides det endnu ikke, hvilken"
        f" licens der forsvandt: {_NOT_COUNTED}."
    ),
    "report/enough": Entry(f"{_ALL} har du licenser nok."),
    "report/enough-until": Entry(
        f"{_ALL} har du licenser nok; den første postkasse kan komme tilbage indtil {{first:time}}."
    ),
}
