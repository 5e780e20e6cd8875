"""Leave a mailbox to the licence that somebody else has given meanwhile: one is enough."""

from shared.domain.findings.codes import FindingCode
from shared.domain.licensing.held import MailboxPlan, mailbox_plan
from shared.domain.person import Person
from shared.domain.records.progress import Step, StepStatus
from shared.domain.requests.request import RestoreKind
from shared.domain.text import text
from shared.restore.deadlines import too_late
from shared.restore.run import Run
from shared.restore.run_results import CONTINUE, Continue


async def has_another(run: Run, step: Step, person: Person) -> bool:
    """Whether a licence that is not of the plan keeps the mailbox by now.

    Kind `license` wants its own all the same. An effect in doubt is left to its own looks, and a
    mailbox whose time is over to its end: a licence given too late makes a new one. The tenant's
    subscriptions are read only where the person's own plans show a mailbox.

    Raises:
        DirectoryError: the subscriptions could not be read.
    """
    wanted = {item.sku_id for item in run.record.licenses}
    is_free_to_choose = (
        run.request.kind is not RestoreKind.LICENSE
        and step.status is not StepStatus.ATTEMPTING
        and wanted.isdisjoint(item.sku_id for item in person.licenses)
    )
    if not is_free_to_choose or too_late(run) is not None:
        return False
    if mailbox_plan(person, ()) is not MailboxPlan.ENABLED:
        return False
    return mailbox_plan(person, await run.deps.tenant.skus()) is MailboxPlan.ENABLED


async def leave_to_another(run: Run, step: Step) -> Continue:
    """Give nothing, and say what is not given."""
    run.warn(FindingCode.LICENSE_LEFT_OUT, "another", licenses=run.record.license_names)
    run.note_ended(step, StepStatus.SKIPPED, text("step", "another-license"))
    await run.save_notes()
    return CONTINUE
