"""Make each finding that speaks against a restore or should be known: one function for each."""

from dataclasses import dataclass
from typing import Literal

from shared.domain.finding_codes import FindingCode
from shared.domain.outcomes import Code
from shared.domain.person import Conflict, Person
from shared.domain.text import Param, Text, text
from shared.domain.values.ids import is_guid

type Severity = Literal["block", "warn", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, and how much it matters; its code is that of its text."""

    severity: Severity
    text: Text

    @property
    def code(self) -> str:
        """What callers branch on: the Code of what blocks, the FindingCode of all else."""
        return self.text.code


def block(code: Code, variant: str = "", /, **params: Param) -> Finding:
    """A finding that ends the restore before anything is changed."""
    return Finding("block", text(code, variant, **params))


def warn(code: FindingCode, variant: str = "", /, **params: Param) -> Finding:
    """A finding that the caller should know of before, and after."""
    return Finding("warn", text(code, variant, **params))


def info(code: FindingCode, variant: str = "", /, **params: Param) -> Finding:
    """A finding that says what comes of a restore."""
    return Finding("info", text(code, variant, **params))


def nobody(asked: str, was_seen: bool) -> Finding:  # noqa: FBT001 - the value of one field, matched by position
    """The user does not exist any more, or never did."""
    if was_seen:
        return block(Code.USER_PURGED, asked=asked)
    if is_guid(asked):
        return block(Code.USER_NOT_FOUND, "by-id", asked=asked)
    return block(Code.USER_NOT_FOUND, asked=asked)


def similar(near: tuple[Person, ...]) -> Finding | None:
    """Others are nearly called so."""
    if not near:
        return None
    names = tuple(f"{one.display_name or one.id} ({one.user_principal_name})" for one in near)
    return info(FindingCode.SIMILAR_NAMES, count=len(near), other_names=names)


def several(asked: str, candidates: tuple[Person, ...]) -> Finding:
    """More than one user answers to the name; the candidates are listed beside it."""
    return block(Code.AMBIGUOUS_USER, asked=asked, count=len(candidates))


def deleted_not_licensed(person: Person) -> Finding:
    """A licence was asked for, but the user itself is deleted."""
    return block(Code.USER_IS_DELETED, user=person.user_principal_name)


def values_of(conflicts_: list[Conflict]) -> tuple[str, ...]:
    """The names or addresses that are held by others, each once."""
    return tuple(dict.fromkeys(item.value for item in conflicts_))


def holders_of(conflicts_: list[Conflict]) -> tuple[str, ...]:
    """Each of them with its holder, who is somebody else."""
    return tuple(f"{item.value}: {item.holder_name} ({item.holder_id})" for item in conflicts_)
