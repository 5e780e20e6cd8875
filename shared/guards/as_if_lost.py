"""Find out why a restore of a guarded person would be refused if the person were lost now.

Whoever is well today may be somebody that a guard can never bring back: an administrator, somebody
from Active Directory, somebody whose licence a group gives. That is told when the guard is added,
and not on the day of the loss. So the loss is imagined, and decided upon as a run would.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.admin_roles import AdminRoles
from shared.domain.decision import decide
from shared.domain.findings.finding import Finding
from shared.domain.guards.guard import Guard, asker_of
from shared.domain.licensing.groups import Group
from shared.domain.licensing.held import mailbox_plan
from shared.domain.licensing.skus import Sku, carries_mailbox
from shared.domain.marks.do_not_restore import MarkLook, MarkRule
from shared.domain.observations import extend
from shared.domain.observations.observation import Observation
from shared.domain.observations.rounds import NO_ROUNDS
from shared.domain.outcomes import Code
from shared.domain.person import UNLICENSED_PURPOSES, ConflictLook, Person
from shared.domain.requests.request import RestoreKind, RestoreRequest
from shared.domain.undos.sign_ins import SignInLook
from shared.errors import DirectoryError
from shared.guards.look import Seen, blocks_of
from shared.ports.deps import Deps
from shared.ports.directory import MailboxAnswer, NearName, People, SearchHits, Tenant
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
    imagined = await _imagined(person, now, deps)
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


async def _imagined(person: Person, now: datetime, deps: Deps) -> Deps:
    """The ports as they would answer about this person after the loss."""
    observation = await _observed(person, now, deps)
    return replace(
        deps,
        people=_PeopleThen(deps.people, person.id),
        tenant=_TenantThen(deps.tenant),
        observations=_ObservedThen(observation),
    )


async def _observed(person: Person, now: datetime, deps: Deps) -> Observation:
    """What would be remembered: seen as now, then without a plan."""
    before = await deps.observations.last(person.id) or Observation(person.id)
    plan = mailbox_plan(person, await deps.tenant.skus())
    look = extend.look_at(person, now, has_plan=plan.is_there)
    gone = replace(look, has_plan=False, licenses=())
    seen = extend.with_look(before, look, NO_ROUNDS)
    return extend.with_look(seen, gone, NO_ROUNDS) if plan.is_there else seen


@dataclass(frozen=True, slots=True)
class _PeopleThen:
    """The port People: the person is no conflict to herself."""

    people: People
    user_id: str

    async def active(self, user_id: str) -> Person | None:
        """As it is."""
        return await self.people.active(user_id)

    async def deleted(self, user_id: str) -> Person | None:
        """As it is."""
        return await self.people.deleted(user_id)

    async def ids(self, name: str) -> SearchHits:
        """As it is."""
        return await self.people.ids(name)

    async def near(self, name: str) -> tuple[NearName, ...]:
        """As it is."""
        return await self.people.near(name)

    async def conflicts(self, person: Person, *, also_upn: str | None) -> ConflictLook:
        """Who else holds the names."""
        look = await self.people.conflicts(person, also_upn=also_upn)
        return replace(look, found=tuple(c for c in look.found if c.holder_id != self.user_id))

    async def last_sign_in(self, user_id: str) -> SignInLook:
        """As it is."""
        return await self.people.last_sign_in(user_id)

    async def mark(self, person: Person, rule: MarkRule) -> MarkLook:
        """The mark, looked for on the active person who is imagined lost."""
        return await self.people.mark(replace(person, deleted_at=None), rule)


@dataclass(frozen=True, slots=True)
class _NoMailbox:
    """The answer of a mailbox that is lost."""

    is_there: bool = False
    purpose: str | None = None
    has_user: bool = True


@dataclass(frozen=True, slots=True)
class _TenantThen:
    """The port Tenant: the mailbox is silent, unless it needs no licence."""

    tenant: Tenant

    async def skus(self) -> tuple[Sku, ...]:
        """As it is."""
        return await self.tenant.skus()

    async def roles_held(self, user_id: str, *, is_deleted: bool) -> AdminRoles:  # noqa: ARG002 - the person is active
        """The roles, asked for as of an active user, which the person is."""
        return await self.tenant.roles_held(user_id, is_deleted=False)

    async def group(self, group_id: str, user_id: str | None) -> Group:
        """As it is."""
        return await self.tenant.group(group_id, user_id)

    async def verified_domains(self) -> frozenset[str] | None:
        """As it is."""
        return await self.tenant.verified_domains()

    async def mailbox(self, user_id: str) -> MailboxAnswer:
        """Silent; a shared one answers as before."""
        answer = await self.tenant.mailbox(user_id)
        return answer if answer.purpose in UNLICENSED_PURPOSES else _NoMailbox()


@dataclass(frozen=True, slots=True)
class _ObservedThen:
    """The port Observations: what would be remembered of the one person."""

    observation: Observation

    async def last(self, user_id: str) -> Observation | None:
        """What would be remembered."""
        return self.observation if user_id == self.observation.user_id else None

    async def note(self, observation: Observation) -> None:
        """Nothing is kept of what is imagined."""
        del observation
