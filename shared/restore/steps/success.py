"""The outcome of a restore that came through: it says what was seen, and no more."""

from shared.domain.decision import Case, StepName
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.person import UNLICENSED_PURPOSES
from shared.domain.records.progress import StepStatus
from shared.domain.records.record import Record
from shared.domain.requests.request import RestoreKind
from shared.domain.window import Evidence


def success(record: Record) -> Outcome:
    """The outcome.

    The mailbox is called restored only where the person was known to have one, the window was
    proven open before the change, and the mailbox was seen to answer afterwards.
    """
    return _undone(record) if record.undoes else _restored(record)


def _restored(record: Record) -> Outcome:
    if record.case is Case.ACTIVE:
        return outcome(Code.LICENSE_RESTORED, "added")
    if record.window is not None and record.window.evidence is Evidence.MAILBOX:
        return outcome(Code.LICENSE_RESTORED, "still-there")
    if _is_of_mailbox(record) and record.may_promise and _is_seen(record):
        return _mailbox_restored(record)
    if StepName.RESTORE_USER in record.plan and record.kind is not RestoreKind.LICENSE:
        return _user_restored(record)
    if record.may_promise:
        return outcome(Code.LICENSE_RESTORED)
    return outcome(Code.LICENSE_RESTORED, "unproven")


def _mailbox_restored(record: Record) -> Outcome:
    if StepName.RESTORE_USER in record.plan:
        if record.purpose in UNLICENSED_PURPOSES:
            return outcome(Code.MAILBOX_RESTORED, "shared")
        return outcome(Code.MAILBOX_RESTORED, "with-user")
    return outcome(Code.MAILBOX_RESTORED)


def _undone(record: Record) -> Outcome:
    if record.by_hand:
        return outcome(Code.UNDONE, "by-hand", restore_id=record.undoes, changes=record.by_hand)
    return outcome(Code.UNDONE, restore_id=record.undoes)


def _user_restored(record: Record) -> Outcome:
    if record.is_outsider:
        return outcome(Code.USER_RESTORED, "without-mailbox")
    if record.purpose in UNLICENSED_PURPOSES:
        return outcome(Code.USER_RESTORED, "shared")
    if _is_of_mailbox(record) and not record.may_promise:
        return outcome(Code.USER_RESTORED, "unproven")
    return outcome(Code.USER_RESTORED)


def _is_of_mailbox(record: Record) -> bool:
    return record.kind is not None and record.kind.way_back is RestoreKind.MAILBOX


def _is_seen(record: Record) -> bool:
    step = record.step(StepName.VERIFY_MAILBOX)
    return step is not None and step.status is StepStatus.DONE
