"""Say of somebody who is back what a person has to see to: the sign-in, and missing addresses."""

from shared.domain.decision import StepName
from shared.domain.finding_codes import FindingCode
from shared.domain.person import UNLICENSED_PURPOSES, Person, smtp_addresses
from shared.restore.run import Run


async def warn_of_names(run: Run, person: Person) -> None:
    """Warn of addresses that the user had, by the deleted object or as remembered, and has not."""
    there = {address.lower() for address in person.proxy_addresses}
    gone = [address for address in run.person.proxy_addresses if address.lower() not in there]
    if gone:
        run.warn(FindingCode.ADDRESSES_DROPPED, "missing", addresses=tuple(gone))
    observation = await run.deps.observations.last(run.person.id)
    if observation is None:
        return
    told = {one.lower() for one in smtp_addresses((*gone, *person.proxy_addresses))}
    told |= {(person.mail or "").lower(), person.user_principal_name.lower()}
    missing = tuple(one for one in observation.names.addresses if one.lower() not in told)
    if missing:
        run.warn(FindingCode.ALIASES_MISSING, addresses=missing)


async def warn_of_sign_in(run: Run) -> None:
    """Warn of a person who is back and cannot sign in, and of a shared mailbox that can.

    Of a user without a licence whose mailbox nobody could look at nothing is said: it may be a
    shared mailbox, whose sign-in is to be off.
    """
    record, verified = run.record, run.record.step(StepName.VERIFY_USER)
    if StepName.RESTORE_USER not in record.plan or verified is None or verified.detail is None:
        return
    observation = await run.deps.observations.last(run.person.id)
    purpose = record.purpose or (observation.purpose if observation is not None else None)
    is_open = verified.detail.variant == "sign-in-open"
    is_closed = verified.detail.variant == "sign-in-off"
    if purpose in UNLICENSED_PURPOSES:
        if is_open:
            run.warn(FindingCode.SIGN_IN_OPEN)
        return
    is_perhaps_shared = purpose is None and not (record.licenses or record.expected)
    if is_closed and not (is_perhaps_shared and run.person.mail is not None):
        run.warn(FindingCode.SIGN_IN_BLOCKED)
