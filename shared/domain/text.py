"""Describe a text by its code and parameters; the words are chosen when somebody reads it.

Records, journals and events keep texts in this form, so that one restore can be read in any
language, by readers with different roles, and the words may be improved without touching what
is stored. `shared/texts` has the words.
"""

from dataclasses import dataclass

type Param = str | int | float | Text | tuple[str | Text, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text to show: `variant` tells apart the cases of one code; empty if there is one only.

    `params` are sorted by name. Names that begin with `other_` hold what only readers with the
    right to read all restores may see: names, roles and addresses of other people.
    """

    code: str
    variant: str = ""
    params: tuple[tuple[str, Param], ...] = ()

    @property
    def key(self) -> str:
        """The entry of the catalogue."""
        return f"{self.code}/{self.variant}" if self.variant else self.code

    def param(self, name: str) -> Param | None:
        """The parameter of this name; None if there is none."""
        return dict(self.params).get(name)


def cause_of(told: Text) -> Text:
    """The text at the bottom of this one: why it is so, if it says why."""
    why = told.param("why")
    return cause_of(why) if isinstance(why, Text) else told


def text(code: str, variant: str = "", /, **params: Param) -> Text:
    """The text of this code and variant with these parameters."""
    return Text(str(code), variant, tuple(sorted(params.items())))
