"""Say what a finding is: what speaks against a restore, or should be known of it."""

from dataclasses import dataclass
from typing import Literal

from shared.domain.findings.codes import FindingCode
from shared.domain.outcomes import Code
from shared.domain.person import Conflict
from shared.domain.text import Param, Text, text

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


def values_of(conflicts_: list[Conflict]) -> tuple[str, ...]:
    """The names or addresses that are held by others, each once."""
    return tuple(dict.fromkeys(item.value for item in conflicts_))


def holders_of(conflicts_: list[Conflict]) -> tuple[str, ...]:
    """Each of them with its holder, who is somebody else; none twice, as name and as address."""
    told = (f"{item.value} ({item.holder_name}, {item.holder_id})" for item in conflicts_)
    return tuple(dict.fromkeys(told))
