"""Define the messages between host and worker."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


class NotRunError(Exception):
    """The host ends, and no worker has taken this invocation: nobody will run it here."""


type Inputs = list[tuple[str, Any]]
type Metadata = dict[str, Any]


@dataclass(frozen=True, slots=True)
class IndexedFunction:
    """A function that the worker found, with its bindings as JSON texts."""

    name: str
    function_id: str
    raw_bindings: Sequence[str]


@dataclass(frozen=True, slots=True)
class Indexed:
    """The worker's first word: the functions of the app; none, and a fault, if it has none."""

    functions: Sequence[IndexedFunction]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Invocation:
    """The host's order to run a function once."""

    invocation_id: str
    function_id: str
    inputs: Inputs
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: what it returned and put out, or its error."""

    ok: bool
    returned: Any = None
    outputs: list[tuple[str, Any]] = field(default_factory=list)
    error: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """The worker's answer to an order."""

    invocation_id: str
    outcome: Outcome
