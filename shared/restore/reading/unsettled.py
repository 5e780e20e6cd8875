"""Decide when what was found is looked at again before it is believed.

Reads by an application lag behind writes, and replicas disagree: in the minutes after a deletion a
user may show in both lists or in neither, or without any of its properties.
"""

import re

from shared.domain.decide import decide
from shared.domain.lost_domains import is_lost
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.person import Person
from shared.domain.records.progress import WaitingFor
from shared.domain.snapshot import Found, Nobody, Snapshot
from shared.domain.text import text
from shared.domain.values.ids import is_guid
from shared.domain.values.json_values import instant
from shared.ports.deps import Deps
from shared.ports.directory import SearchHits
from shared.restore.reading.look import is_blurred
from shared.restore.reading.namesakes import with_near_names
from shared.restore.run import Run
from shared.restore.run_results import Park, Settle, looked_for_until, wait_for_directory

# What has no domain behind its @ is no name or address of anybody.
_ADDRESS = re.compile(r"[^@]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")

# How often a contradiction is looked at again: three looks take a minute.
SETTLING_LOOKS = 3

# How often somebody who is in neither list is looked for again: four looks take two minutes, which
# is as long as reads are known to lag (`READS_LAG`).
MISSING_LOOKS = 4

# How often a user who shows without any property is read again: these looks take 19 minutes. No
# bound is documented.
BLANK_LOOKS = 8


async def unless_unsettled(found: Found, hits: SearchHits, run: Run) -> Found | Park | Settle:
    """What was found, or a wait where a later look may show something else.

    A user whose properties stay away ends the restore: nothing read is not nothing there.
    """
    if isinstance(found, Person) and found.is_blank:
        if run.waits_for(WaitingFor.DIRECTORY) < BLANK_LOOKS:
            return wait_for_directory(run, text("wait", "blank"))
        return Settle(blank_read(found))
    waited = run.waits_for(WaitingFor.DIRECTORY)
    if isinstance(found, Nobody) and waited < MISSING_LOOKS and await _may_show_yet(run):
        return await _looked_for_again(found, run)
    if waited >= SETTLING_LOOKS or not await is_blurred(found, hits, run.request, run.deps):
        return found
    return wait_for_directory(run, text("wait", "unsettled"))


def blank_read(person: Person) -> Outcome:
    """The outcome for a user of whom Graph shows none of what the decision turns on."""
    return outcome(Code.DIRECTORY_ERROR, "blank", user=person.user_principal_name)


async def _looked_for_again(nobody: Nobody, run: Run) -> Park:
    """The wait of a name that nobody has; the near names, read once, show meanwhile."""
    until = instant(looked_for_until(run, MISSING_LOOKS))
    if run.waits_for(WaitingFor.DIRECTORY) == 0:
        near = await with_near_names(nobody, run.request.user, run.deps)
        seen = decide(Snapshot(near), run.request, run.deps.policy, now=run.now())
        run.note_near_names(seen.candidates)
    if is_guid(run.request.user):
        return wait_for_directory(run, text("wait", "nobody-by-id", until=until))
    count = len(run.record.candidates)
    if not count:
        return wait_for_directory(run, text("wait", "nobody", until=until))
    return wait_for_directory(run, text("wait", "nobody-similar", count=count, until=until))


async def _may_show_yet(run: Run) -> bool:
    """Whether a user deleted a moment ago may be called what is asked for.

    A request for later is answered at once: there is time to send another one.
    """
    not_before = run.request.not_before
    is_for_later = not_before is not None and run.now() < not_before
    return not is_for_later and await _may_be_of_tenant(run.request.user, run.deps)


async def _may_be_of_tenant(name: str, deps: Deps) -> bool:
    if is_guid(name):
        return True
    if _ADDRESS.fullmatch(name) is None:
        return False
    return not is_lost(name, await deps.tenant.verified_domains())
