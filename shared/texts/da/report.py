"""Texts of the weekly report."""

from typing import Final

from shared.texts.entry import Catalogue, Entry

_ALL: Final = "For at få {people:den ene person|alle # personer} tilbage"

ENTRIES: Final[Catalogue] = {
    "report/nobody": Entry("Ingen har mistet en postkasse, som stadig kan komme tilbage."),
    "report/more": Entry("{count} flere {license}"),
    "report/short": Entry(f"{_ALL} mangler du {{more}}."),
    "report/short-until": Entry(
        f"{_ALL} mangler du {{more}}; den første postkasse kan komme tilbage indtil {{first:time}}."
    ),
    "report/enough": Entry(f"{_ALL} har du licenser nok."),
    "report/enough-until": Entry(
        f"{_ALL} har du licenser nok; den første postkasse kan komme tilbage indtil {{first:time}}."
    ),
}
