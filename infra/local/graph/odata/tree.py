"""Define the nodes of a parsed `$filter`."""

from dataclasses import dataclass

type Literal = str | bool | int | float | None
type Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A literal and the kind it was written as: string, number, bool, null, date or guid."""

    kind: str
    value: Literal


@dataclass(frozen=True, slots=True)
class Compare:
    """`path op value`, op one of eq, ne, ge, le, gt, lt."""

    path: Path
    operator: str
    value: Value


@dataclass(frozen=True, slots=True)
class In:
    """`path in (a, b)`."""

    path: Path
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """`startsWith(path, 'text')`, `endsWith` or `contains`; the name in lower case."""

    name: str
    path: Path
    value: Value


@dataclass(frozen=True, slots=True)
class Lambda:
    """`path/any(x:condition)` or `all`; an empty any() asks for one element."""

    quantifier: str
    path: Path
    variable: str
    condition: "Node | None"


@dataclass(frozen=True, slots=True)
class Both:
    """`left and right` or `left or right`."""

    operator: str
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """`not (condition)`."""

    condition: "Node"


type Node = Compare | In | Function | Lambda | Both | Not
