"""Imagine that somebody well were lost now, to find out what would become of a restore.

The ports answer as they would after the loss: the mailbox is silent, and the person is no conflict
to herself. Nothing is changed, and nothing is kept.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.admin_roles import AdminRoles
from shared.domain.licensing.groups import Group
from shared.domain.licensing.held import mailbox_plan
from shared.domain.licensing.skus import Sku
from shared.domain.marks.do_not_restore import MarkLook, MarkRule
from shared.domain.observations import extend
from shared.domain.observations.observation import Observation
from shared.domain.observations.rounds import NO_ROUNDS
from shared.domain.person import UNLICENSED_PURPOSES, ConflictLook, Person
from shared.domain.undos.sign_ins import SignInLook
from shared.ports.deps import Deps
from shared.ports.directory import MailboxAnswer, NearName, People, SearchHits, Tenant


async def imagined_loss(person: Person, now: datetime, deps: Deps) -> Deps:
    """The ports as they would answer about this active person after a loss of this instant.

    Raises:
        DirectoryError: Graph could not be asked.
        StorageUnavailableError: what is remembered could not be read.
    """
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
