"""Ask the mailbox of a restored user what it is, before a licence that nobody named is assigned.

While the user was deleted nobody could tell, but for what was seen before.
"""

from datetime import timedelta
from enum import Enum, auto

from shared.domain.decision import StepName
from shared.domain.findings.license_refusals import Refusing, doubted
from shared.domain.licensing.chosen import Doubt
from shared.domain.licensing.offer import offer_for
from shared.domain.outcomes import Outcome
from shared.domain.person import UNLICENSED_PURPOSES, says_what_it_is
from shared.domain.records.progress import Step, WaitingFor
from shared.domain.requests.roles import Role
from shared.domain.text import text
from shared.errors import AnsweredError
from shared.restore.deadlines import before_the_end
from shared.restore.mailbox_looks import is_kept_from_us
from shared.restore.run import Run
from shared.restore.run_results import Park, Settle

# How long a restored mailbox has to say what it is before an inferred licence is assigned. A shared
# mailbox answers within minutes, as a rule (no number is documented). Waiting longer delays people;
# not waiting would give a licence to a shared mailbox that needs none.
SHARED_PATIENCE = timedelta(minutes=30)
SHARED_WAIT = timedelta(minutes=2)


class MailboxKind(Enum):
    """Whether a mailbox is a person's, as far as the assignment of a licence turns on it."""

    PERSONS = auto()
    SHARED = auto()


async def kind_of_mailbox(run: Run) -> MailboxKind | Doubt | Park:
    """What the mailbox is; a doubt where nobody may know it, or the wait for an answer.

    A licence that the caller named is the caller's word, and one that was on the deleted user is
    its own. A mailbox that was never asked is given time to answer; a person's does not answer
    before it has its licence.
    """
    restored = run.record.step(StepName.RESTORE_USER)
    if restored is None or run.request.license is not None:
        return MailboxKind.PERSONS
    seen = await run.deps.observations.last(run.person.id)
    purpose = seen.purpose if seen is not None else None
    try:
        mailbox = await run.deps.tenant.mailbox(run.person.id)
    except AnsweredError as error:
        is_doubtful = not run.record.is_extra and await is_kept_from_us(error, run.deps)
        return Doubt.PURPOSE if is_doubtful else MailboxKind.PERSONS
    if mailbox.is_there:
        return _said(mailbox.purpose or purpose, run)
    if purpose is not None:
        return _said(purpose, run)
    waited = run.now() - (restored.ended_at or run.now())
    if waited < SHARED_PATIENCE:
        return Park(WaitingFor.MAILBOX, run.now() + SHARED_WAIT, text("wait", "purpose"))
    return MailboxKind.PERSONS


def _said(purpose: str | None, run: Run) -> MailboxKind | Doubt:
    if purpose in UNLICENSED_PURPOSES:
        return MailboxKind.SHARED
    is_doubtful = not run.record.is_extra and not says_what_it_is(purpose)
    return Doubt.PURPOSE_UNSAID if is_doubtful else MailboxKind.PERSONS


async def end_unlicensed(run: Run, step: Step, doubt: Doubt) -> Settle:
    """End the restore without a licence: it is for the caller to say whether one is needed."""
    seen = await run.deps.observations.last(run.person.id)
    rights = run.deps.policy.naming(may_override=Role.OVERRIDE in run.record.requested_by.roles)
    skus = await run.deps.tenant.skus()
    known = () if seen is None else (seen.known,)
    offer = offer_for(run.person, known, skus, rights)
    why = Outcome(doubted(doubt, Refusing(run.person, offer)).text, before_the_end(run.record))
    await run.fail_step(step, why, None)
    return Settle(why)
