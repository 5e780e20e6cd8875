"""Warn of what a person should know once somebody is back: sign-in, and addresses that are not."""

from shared.domain.admin_roles import RoleSource
from shared.domain.comeback_name import is_same_name
from shared.domain.decision import StepName
from shared.domain.findings.codes import FindingCode
from shared.domain.outcomes import Code
from shared.domain.person import UNLICENSED_PURPOSES, Person, is_made_up, smtp_addresses
from shared.restore.run import Run

_SIGN_IN = {"sign-in-open": True, "sign-in-off": False}


def note_new_name(run: Run, person: Person) -> None:
    """Warn that the user was seen under the new name, in place of a name of its own."""
    old, new = run.person, person.user_principal_name
    if is_same_name(new, run.record.new_name) and not is_made_up(old.user_principal_name):
        run.warn(FindingCode.USER_RENAMED, "done", old=old.user_principal_name, name=new)


async def compare_addresses(run: Run, person: Person) -> None:
    """Warn of mail addresses that the user had before, and has not now."""
    dropped, missing = await _gone(run, person)
    if dropped:
        run.warn(FindingCode.ADDRESSES_DROPPED, "missing", addresses=dropped)
    if missing:
        run.warn(FindingCode.ALIASES_MISSING, addresses=missing)


async def are_addresses_back(run: Run, person: Person) -> bool:
    """Whether nothing would have to be warned of, so that nobody need look again."""
    return await _gone(run, person) == ((), ())


async def _gone(run: Run, person: Person) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those that Graph dropped in restoring the user, and those that went with the licence.

    Some tenants take all but one away with it, so the addresses count that the user had when last
    seen well. Source: microsoft-graph-docs issue 460.
    """
    there = {address.lower() for address in smtp_addresses(person.proxy_addresses)}
    held = smtp_addresses(run.person.proxy_addresses)
    dropped = tuple(address for address in held if address.lower() not in there)
    known = there | {address.lower() for address in held}
    remembered = await run.deps.observations.last(person.id)
    before = remembered.names.addresses if remembered is not None else ()
    return dropped, tuple(address for address in before if address.lower() not in known)


async def look_at_roles(run: Run) -> None:
    """Warn of admin roles that show only now, and of what could still not be looked at.

    Before a restore the groups of a deleted user are not to be seen; those that roles are assigned
    to come back with the user.
    """
    if run.record.step(StepName.RESTORE_USER) is None or not run.deps.policy.protect_privileged:
        return
    person = run.person
    roles = await run.deps.tenant.roles_held(person.id, is_deleted=False)
    if roles.names:
        user, count = person.user_principal_name, len(roles.names)
        run.warn(FindingCode.ROLES_NOT_CHECKED, "groups")
        run.warn(Code.PRIVILEGED_USER, "after", user=user, count=count, other_roles=roles.names)
    elif RoleSource.GROUPS in roles.not_looked:
        run.warn(FindingCode.ROLES_NOT_CHECKED, "groups-hidden", permission="GroupMember.Read.All")


def note_sign_in(run: Run, purpose: str | None) -> None:
    """Warn of a person who cannot sign in, or of a shared mailbox that can be signed in to.

    `purpose` is what the mailbox says that it is; None where nobody could ask it, and then it is
    taken for a person's if a licence was to come back with it.
    """
    verified = run.record.step(StepName.VERIFY_USER)
    detail = verified.detail if verified is not None else None
    may_sign_in = _SIGN_IN.get(detail.variant) if detail is not None else None
    is_shared = purpose in UNLICENSED_PURPOSES
    is_persons = not is_shared and (purpose is not None or _has_licences(run))
    if may_sign_in is True and is_shared:
        run.warn(FindingCode.SIGN_IN_OPEN)
    elif may_sign_in is False and is_persons:
        run.warn(FindingCode.SIGN_IN_BLOCKED)


def _has_licences(run: Run) -> bool:
    return bool(run.record.licenses or run.record.expected)
