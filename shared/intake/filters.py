"""Read the values that narrow a list; what no restore can ever match is a fault, and never silence.

Ids are taken as people copy them: in braces, in capitals, or as a cell of a list in CSV has them.
"""

import re
from collections.abc import Iterator, Mapping

from shared.domain.batches.batch import is_batch_id
from shared.domain.guards.guard import is_guard_id
from shared.domain.text import text
from shared.domain.values.ids import GUID, is_guid
from shared.errors import Fault
from shared.intake.wire.fields import instant_in_address, wrong_person
from shared.intake.wire.person_written import not_one_person

_IN_BRACES = re.compile(rf"\{{({GUID.pattern})\}}")
_BEHIND_A_NAME = re.compile(r".*\(([^()]+)\)", re.DOTALL)


def person_in(written: str) -> str:
    """The person as a restore has it: a GUID without the braces that some programs write."""
    inner = _IN_BRACES.fullmatch(written.strip())
    return inner[1] if inner else written.strip()


def caller_id_in(written: str) -> str | None:
    """The id of whoever asked, also behind a name as in a list in CSV; None if it can be none.

    People and apps have a GUID; a guard has an id of its own.
    """
    person = person_in(written)
    behind = _BEHIND_A_NAME.fullmatch(person)
    found = (behind[1] if behind else person).strip().lower()
    return found if is_guid(found) or is_guard_id(found) else None


def batch_id_in(written: str) -> str | None:
    """The id of a batch; None if it can be none."""
    found = written.strip().lower()
    return found if is_batch_id(found) else None


def person_faults(values: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with `user`: a form that no request may have, so that none is found by it."""
    if "user" not in values:
        return
    person = person_in(values["user"])
    if wrong := wrong_person(person):
        # Of what is too long nothing else is told: to take it apart costs the square of its length.
        yield Fault("/user", wrong[0])
        return
    form = not_one_person(person)
    if form is not None and form.variant == "several-people":
        form = text("fault", "one-person-at-a-time")
    if form is not None:
        yield Fault("/user", form)


def span_faults(values: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with `from` and `to`, each by itself and together."""
    read = {name: instant_in_address(values[name]) for name in ("from", "to") if name in values}
    for name, at in read.items():
        if at is None:
            yield Fault(f"/{name}", text("fault", "no-time"))
    since, until = read.get("from"), read.get("to")
    if since is not None and until is not None and until <= since:
        yield Fault("/to", text("fault", "ends-before"))
