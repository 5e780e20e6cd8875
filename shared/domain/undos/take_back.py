"""Tell from the record of an ended restore what there is to take back, and what stays by hand.

Only what was written down as done counts. Where an answer was lost and no look has shown the
change, somebody else may have made it, and nothing of somebody else's is taken back.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.domain.comeback_name import is_same_name
from shared.domain.decision import StepName
from shared.domain.findings.codes import FindingCode
from shared.domain.person import AssignedLicense
from shared.domain.records.progress import StepStatus
from shared.domain.records.record import Record
from shared.domain.text import Text, text


@dataclass(frozen=True, slots=True)
class TakeBack:
    """What a restore has changed.

    `licenses` are those it gave, named by `names` in the same order; `before` are those of them
    that the person had already, as they were then. `by_hand` is what Graph cannot put back.
    """

    deletes_user: bool = False
    licenses: tuple[AssignedLicense, ...] = ()
    names: tuple[str, ...] = ()
    before: tuple[AssignedLicense, ...] = ()
    by_hand: tuple[Text, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether anything was changed."""
        return self.deletes_user or bool(self.licenses)

    @property
    def steps(self) -> tuple[StepName, ...]:
        """The last change is taken back first, and then it is looked at."""
        return (
            *((StepName.REMOVE_LICENSE,) if self.licenses else ()),
            *((StepName.DELETE_USER,) if self.deletes_user else ()),
            StepName.VERIFY_USER,
        )


def take_back_of(record: Record) -> TakeBack:
    """What this restore has changed."""
    person = record.person
    given = record.licenses if _is_done(record, StepName.ASSIGN_LICENSE) else ()
    had = {item.sku_id: item for item in person.licenses} if person is not None else {}
    deletes = _is_done(record, StepName.RESTORE_USER)
    return TakeBack(
        deletes_user=deletes,
        licenses=given,
        names=tuple(record.name_of(item.sku_id) for item in given),
        before=tuple(had[item.sku_id] for item in given if item.sku_id in had),
        by_hand=tuple(_by_hand(record)) if deletes else (),
    )


def _is_done(record: Record, name: StepName) -> bool:
    step = record.step(name)
    return step is not None and step.status is StepStatus.DONE


def _by_hand(record: Record) -> Iterator[Text]:
    person, new_name = record.person, record.new_name
    if person is not None and new_name and not is_same_name(new_name, person.user_principal_name):
        yield text("by-hand", "name", old=person.user_principal_name, new=new_name)
    for warning in record.warnings:
        addresses = warning.text.param("addresses")
        if warning.code == FindingCode.ADDRESSES_DROPPED and isinstance(addresses, tuple):
            yield text("by-hand", "addresses", addresses=addresses)
