"""Find out why a restore of a guarded person would be refused if the person were lost now.

Whoever is well today may be somebody that a guard can never bring back: an administrator, somebody
from Active Directory, somebody whose licence a group gives. That is told when the guard is added,
and not on the day of the loss. So the loss is imagined, and decided upon as a run would.
"""

from dataclasses import replace
from datetime import timedelta

from shared.domain.decide import decide
from shared.domain.findings.finding import Finding
from shared.domain.guards.guard import Guard, asker_of
from shared.domain.licensing.skus import Sku, carries_mailbox
from shared.domain.outcomes import Code
from shared.domain.person import Person
from shared.domain.requests.request import RestoreKind, RestoreRequest
from shared.errors import DirectoryError
from shared.guards.look import Seen, blocks_of
from shared.ports.deps import Deps
from shared.restore.reading.imagined_loss import imagined_loss
from shared.restore.reading.look import look_around

# Roles and synchronisation change seldom, and each look costs some reads.
CHECKED_FOR = timedelta(days=1)

# The window of a loss of this moment is open; when it really began, nobody asks here.
_OF_THE_WINDOW = frozenset({Code.WINDOW_CLOSED, Code.WINDOW_UNKNOWN})


async def refreshed(guard: Guard, seen: Seen, deps: Deps) -> Guard:
    """The guard with what a restore would be refused with: now, or, while well, once a day.

    A Graph that cannot be asked leaves the findings as they are.
    """
    now = seen.look.at
    if guard.loss is not None or not isinstance(seen.found, Person):
        return guard.checked(seen.findings, now)
    if guard.checked_at is not None and now - guard.checked_at < CHECKED_FOR:
        return guard
    try:
        return guard.checked(await findings_if_lost(guard, seen.found, deps), now)
    except DirectoryError:
        return guard


async def findings_if_lost(guard: Guard, person: Person, deps: Deps) -> tuple[Finding, ...]:
    """What would block a restore of this active person, each code once.

    Raises:
        DirectoryError: Graph could not be asked, or will not tell.
        StorageUnavailableError: what is remembered could not be read.
    """
    now, kind = deps.clock.now(), guard.order.kind
    imagined = await imagined_loss(person, now, deps)
    lost: list[Person] = []
    if kind is not RestoreKind.LICENSE:
        lost.append(replace(person, deleted_at=now))
    if kind is not RestoreKind.USER:
        lost.append(_without_mailbox(person, await imagined.tenant.skus()))
    found: dict[str, Finding] = {}
    for one in lost:
        request = RestoreRequest(kind, person.id)
        snapshot = await look_around(one, request, imagined, None)
        decision = decide(snapshot, request, deps.policy, now=now, by=asker_of(guard))
        for finding in blocks_of(decision):
            found.setdefault(finding.code, finding)
    return tuple(finding for code, finding in found.items() if code not in _OF_THE_WINDOW)


def _without_mailbox(person: Person, skus: tuple[Sku, ...]) -> Person:
    """The person as if every licence with a mailbox had gone; what else is there stays."""
    kept = tuple(one for one in person.licenses if not carries_mailbox(one, skus))
    ids = {one.sku_id for one in kept}
    states = tuple(one for one in person.license_states if one.sku_id in ids)
    return replace(person, licenses=kept, license_states=states, plans=())
