"""Read the person and everything the decision depends on, in as few requests as possible.

A search runs on an index that lags, so every hit is read again by id. What the decision will not
need is not asked for: the audit log only for a licence that is gone, roles and name conflicts only
for a user who is deleted.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

from shared.domain.admin_roles import AdminRoles
from shared.domain.comeback_name import old_address
from shared.domain.evidence.timeline_of import MailboxState
from shared.domain.licensing.chosen import NoLicense
from shared.domain.licensing.held import MailboxPlan, mailbox_plan
from shared.domain.licensing.skus import carries_archive, has_mailbox_plan, sells_archives
from shared.domain.lost_domains import primary_address
from shared.domain.marks.do_not_restore import NOT_MARKED, MarkLook
from shared.domain.person import UNLICENSED_PURPOSES, ConflictLook, HolderKind, Person
from shared.domain.requests.request import ANYBODY, RequestedBy, RestoreKind, RestoreRequest
from shared.domain.situation import Situation
from shared.domain.snapshot import Found, Nobody, Several, Snapshot
from shared.domain.values.ids import is_guid, prefixed_id
from shared.ports.deps import Deps
from shared.ports.directory import SearchHits
from shared.restore.mailbox_looks import asks_mailbox, with_mailbox
from shared.restore.reading.known_licenses import known_licenses
from shared.restore.reading.license_evidence import EvidenceQuestion
from shared.restore.reading.log_reads import Asked, with_log
from shared.restore.reading.namesakes import has_purged_namesake, who_lost, with_near_names
from shared.restore.reading.remembered import remembered_of

type Reader = Callable[[str], Awaitable[Person | None]]

_EARLIEST = datetime.min.replace(tzinfo=UTC)


async def search(name: str, deps: Deps) -> SearchHits:
    """The object ids a name, address or id stands for.

    A name as Entra ID lists it, with the object id in front, means that object. Whom the directory
    does not know by this name may have been called so when last observed.

    Raises:
        StorageUnavailableError: the earlier names could not be read.
    """
    if is_guid(name):
        return by_id(name)
    user_id = prefixed_id(name)
    if user_id is not None and await _is_there(user_id, deps):
        return by_id(user_id)
    hits = await deps.people.ids(name)
    if hits.active or hits.deleted:
        return hits
    called_so = await deps.watch.names.find(name)
    return SearchHits(called_so, called_so)


def by_id(user_id: str) -> SearchHits:
    """The hits of an object id: the user may be active or deleted."""
    return SearchHits((user_id.lower(),), (user_id.lower(),))


async def identify(
    hits: SearchHits, kind: RestoreKind, deps: Deps, question: EvidenceQuestion | None = None
) -> str | Nobody | Several:
    """The object id of the one person meant; read by id only where the hits leave a choice."""
    if hits.only_id is not None:
        return hits.only_id
    found = await find(hits, kind, deps, question)
    return found.id if isinstance(found, Person) else found


async def find(
    hits: SearchHits, kind: RestoreKind, deps: Deps, question: EvidenceQuestion | None = None
) -> Found:
    """The person the hits stand for, each read again by id.

    If an active user has the name of a deleted one, the deleted one is meant and the active one
    becomes a conflict among the findings, unless it has lost something too: then both are meant.
    Only for kind `license` the active user comes first. Without a question the audit log is not
    asked who lost something.
    """
    active = await _read(hits.active, deps.people.active)
    if active and kind is RestoreKind.LICENSE:
        return _one_or_several(active)
    active_ids = {person.id for person in active}
    still_deleted = tuple(user_id for user_id in hits.deleted if user_id not in active_ids)
    deleted = await _read(still_deleted, deps.people.deleted)
    if deleted and active:
        return await _with_losers(deleted, active, deps, question)
    if deleted or active:
        return _one_or_several(deleted or active)
    user_id = hits.only_id
    seen = await deps.observations.last(user_id) if user_id is not None else None
    return Nobody(was_seen=seen is not None)


async def is_blurred(found: Found, hits: SearchHits, request: RestoreRequest, deps: Deps) -> bool:
    """Whether reads contradict each other: a user in both lists, or found and then not readable.

    Whoever was seen to be purged is readable no more, which contradicts nothing.
    """
    if isinstance(found, Nobody):
        if is_guid(request.user) or not (hits.active or hits.deleted):
            return False
        user_id = hits.only_id
        seen = await deps.observations.last(user_id) if user_id is not None else None
        return seen is None or seen.purged_at is None
    if not isinstance(found, Person) or found.is_deleted or request.kind is RestoreKind.LICENSE:
        return False
    return await deps.people.deleted(found.id) is not None


async def look_around(
    found: Found,
    request: RestoreRequest,
    deps: Deps,
    question: EvidenceQuestion | None,
    by: RequestedBy = ANYBODY,
) -> Snapshot:
    """Read what else the decision needs; without a question the audit log is not asked."""
    if isinstance(found, Nobody):
        return Snapshot(await with_near_names(found, request.user, deps))
    if not isinstance(found, Person):
        return Snapshot(found)
    around = _around_deleted if found.is_deleted else _around_active
    snapshot, mark = await asyncio.gather(
        around(found, request, deps, question, by), _mark(found, deps)
    )
    return replace(snapshot, mark=mark)


async def _mark(person: Person, deps: Deps) -> MarkLook:
    rule = deps.policy.do_not_restore
    return await deps.people.mark(person, rule) if rule.is_any else NOT_MARKED


async def _around_active(
    person: Person,
    request: RestoreRequest,
    deps: Deps,
    question: EvidenceQuestion | None,
    by: RequestedBy,
) -> Snapshot:
    skus, remembered = await asyncio.gather(deps.tenant.skus(), remembered_of(person.id, deps))
    known = known_licenses(remembered.observation)
    snapshot = Snapshot(person, skus=skus, known=known, remembered=remembered)
    told = Asked(person, request, by, question, is_only_told=True)
    if not asks_mailbox(person, request, skus):
        is_without = mailbox_plan(person, skus) is MailboxPlan.NONE
        return await with_log(snapshot, told, deps) if is_without else snapshot
    snapshot = await with_mailbox(snapshot, person, deps)
    is_shared = snapshot.mailbox_purpose in UNLICENSED_PURPOSES and request.license is None
    if has_mailbox_plan(person, skus):
        snapshot = replace(snapshot, has_purged_namesake=await has_purged_namesake(person, deps))
        return await _with_lost_archive(snapshot, told, deps)
    if is_shared:
        return await with_log(snapshot, told, deps)
    return await _with_evidence(snapshot, person, request, deps, question, by)


async def _with_lost_archive(snapshot: Snapshot, asked: Asked, deps: Deps) -> Snapshot:
    """The snapshot with what the log says, where a licence for the archive alone may have gone."""
    skus, held = snapshot.skus, asked.person.licenses
    if not sells_archives(skus) or any(carries_archive(item, skus) for item in held):
        return snapshot
    return await with_log(snapshot, asked, deps)


async def _around_deleted(
    person: Person,
    request: RestoreRequest,
    deps: Deps,
    question: EvidenceQuestion | None,
    by: RequestedBy,
) -> Snapshot:
    if request.kind is RestoreKind.LICENSE:
        return Snapshot(person)
    skus, remembered, conflicts, roles, domains = await asyncio.gather(
        deps.tenant.skus(),
        remembered_of(person.id, deps),
        _conflicts(person, request, deps),
        _roles(person, deps),
        deps.tenant.verified_domains(),
    )
    known = None if HolderKind.USER in conflicts.not_looked else conflicts.found
    snapshot = Snapshot(
        person,
        skus=skus,
        remembered=remembered,
        conflicts=known,
        holders_not_seen=conflicts.not_looked,
        roles=roles,
        verified_domains=domains,
    )
    if has_mailbox_plan(person, skus):
        return replace(snapshot, known=known_licenses(remembered.observation))
    return await _with_evidence(snapshot, person, request, deps, question, by)


async def _conflicts(person: Person, request: RestoreRequest, deps: Deps) -> ConflictLook:
    """Who holds the names and addresses; also the old name of a mailbox deleted in Exchange."""
    also = request.new_user_principal_name
    if also is None and person.is_removed_in_exchange:
        also = old_address(person)
    return await deps.people.conflicts(person, also_upn=also)


async def _roles(person: Person, deps: Deps) -> AdminRoles:
    if not deps.policy.protect_privileged:
        return AdminRoles()
    return await deps.tenant.roles_held(person.id, is_deleted=person.is_deleted)


async def _with_evidence(
    snapshot: Snapshot,
    person: Person,
    request: RestoreRequest,
    deps: Deps,
    question: EvidenceQuestion | None,
    by: RequestedBy,
) -> Snapshot:
    asked = Asked(person, request, by, question)
    snapshot = await _with_domains(await with_log(snapshot, asked, deps), asked, deps)
    return await _with_group(snapshot, person, request, deps)


async def _with_domains(snapshot: Snapshot, asked: Asked, deps: Deps) -> Snapshot:
    """The snapshot with the tenant's domains, which tell a mail user from others.

    Not for whom any source saw with a mailbox, and not where a licence is named.
    """
    person, request = asked.person, asked.request
    if person.is_deleted or request.license is not None or primary_address(person) is None:
        return snapshot
    matter = Situation(person, snapshot, request, deps.policy, deps.clock.now(), asked.by)
    if matter.had_mailbox or snapshot.mailbox.state is MailboxState.ANSWERS:
        return snapshot
    return replace(snapshot, verified_domains=await deps.tenant.verified_domains())


async def _with_group(
    snapshot: Snapshot, person: Person, request: RestoreRequest, deps: Deps
) -> Snapshot:
    """Read the group that the licence comes from, if it comes from one: it is to be named."""
    asked = None if person.is_deleted else person.id
    chosen = Situation(person, snapshot, request, deps.policy, deps.clock.now()).choose()
    if not isinstance(chosen, NoLicense) or not chosen.group_ids:
        return snapshot
    return replace(snapshot, groups=(await deps.tenant.group(chosen.group_ids[0], asked),))


async def _read(ids: tuple[str, ...], read: Reader) -> tuple[Person, ...]:
    people = await asyncio.gather(*(read(user_id) for user_id in ids))
    return tuple(person for person in people if person is not None)


async def _is_there(user_id: str, deps: Deps) -> bool:
    people = deps.people
    return await people.active(user_id) is not None or await people.deleted(user_id) is not None


async def _with_losers(
    deleted: tuple[Person, ...],
    active: tuple[Person, ...],
    deps: Deps,
    question: EvidenceQuestion | None,
) -> Found:
    lost = await who_lost(active, deps, question)
    found = _one_or_several((*deleted, *(person for person, _ in lost)))
    if not isinstance(found, Several):
        return found
    return replace(found, known=tuple((person.id, sources) for person, sources in lost))


def _one_or_several(people: tuple[Person, ...]) -> Found:
    if len(people) == 1:
        return people[0]
    newest_first = sorted(people, key=lambda person: person.deleted_at or _EARLIEST, reverse=True)
    return Several(tuple(newest_first))
