"""Ask again, before a restore of a later time begins, whether its caller still has the rights."""

from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.requests.request import Door
from shared.domain.requests.roles import Role
from shared.restore.run import Run

# Behind the other doors stands nobody with roles of their own.
_BY_PEOPLE = frozenset({Door.HTTP, Door.BATCH})


async def rights_gone(run: Run) -> Outcome | None:
    """The end of a scheduled restore whose caller may not ask for it any more; None: it goes on.

    Roles that were given since do not count. Where Graph does not let the service read who has
    which role, those at the time of asking hold. One request to Graph.

    Raises:
        DirectoryError: nothing was learnt.
    """
    by, request = run.record.requested_by, run.request
    if by.id is None or by.door not in _BY_PEOPLE or not _was_scheduled(run):
        return None
    held = await run.deps.caller_roles.roles_of(by.id)
    if held is None:
        return None
    needed = [Role.REQUEST, *([Role.OVERRIDE] if request.overrides_used else [])]
    gone = tuple(role.value for role in needed if role in by.roles and role not in held)
    if gone:
        return outcome(Code.CANCELLED, "rights-gone", roles=gone)
    run.note_roles(tuple(role for role in by.roles if role in held))
    return None


def _was_scheduled(run: Run) -> bool:
    begins, asked_at = run.request.not_before, run.record.created_at
    return begins is not None and asked_at < begins <= run.now()
