"""Tell whom else a name may mean: an active namesake who lost something too, and near names."""

import asyncio
from dataclasses import replace

from shared.domain.evidence.audit_records import AuditRecord, evidence_of
from shared.domain.evidence.timeline_of import Sources
from shared.domain.licensing.exchange_plans import MAILBOX_PLANS
from shared.domain.lost_domains import is_lost
from shared.domain.person import Person
from shared.domain.snapshot import Nobody
from shared.domain.values.ids import is_guid
from shared.errors import DirectoryError, ThrottledError
from shared.ports.deps import Deps
from shared.restore.reading.license_evidence import (
    EvidenceQuestion,
    LogAnswer,
    license_records,
    license_updates,
)
from shared.restore.reading.remembered import remembered_of

# More people of one name than these are not looked for.
_MOST_NAMESAKES = 5

type Loser = tuple[Person, Sources]


async def who_lost(
    people: tuple[Person, ...], deps: Deps, question: EvidenceQuestion | None = None
) -> tuple[Loser, ...]:
    """Those of these active people who lost their mailbox, and what is known of it.

    Seen to lose it, or by the audit log: there a change of which nothing says what changed counts,
    since whoever asks is then shown both. Without a question the log is not asked.

    Raises:
        ThrottledError, DirectoryError: the log could not be read.
        StorageUnavailableError: what is remembered could not be read.
    """
    without = [one for one in people if not MAILBOX_PLANS.intersection(one.enabled_plans)]
    known = [(one, await _known_of(one, deps, question)) for one in without]
    return tuple((one, sources) for one, sources in known if _tells_of_a_loss(one, sources))


async def _known_of(person: Person, deps: Deps, question: EvidenceQuestion | None) -> Sources:
    known = Sources(has_plan=False, remembered=await remembered_of(person.id, deps))
    if question is None or _tells_of_a_loss(person, known):
        return known
    answer = await license_records(person.id, question, deps)
    records = (*answer.records, *await _updates(person, question, answer, deps))
    if not records:
        return replace(known, log=answer.coverage)
    audit = evidence_of(records, await deps.tenant.skus())
    return replace(known, audit=audit, log=answer.coverage)


async def _updates(
    person: Person, question: EvidenceQuestion, answer: LogAnswer, deps: Deps
) -> tuple[AuditRecord, ...]:
    """What else the log has on this person: what a change changed, or changes of another record."""
    if not question.is_thorough or answer.refusal is not None:
        return ()
    try:
        return (await license_updates(person.id, deps)).records
    except ThrottledError:
        if question.can_wait:
            raise
        return ()


def _tells_of_a_loss(person: Person, known: Sources) -> bool:
    """Whether somebody without a plan now lost one, by what was seen or by the log.

    A mailbox that needs no plan has lost none, and neither has anybody by a read that failed.
    """
    seen = known.remembered.observation
    if person.is_blank or (seen is not None and seen.is_shared):
        return False
    was_with = any(fact.has_plan for fact in known.audit.facts)
    was_seen = seen is not None and (seen.lost_at is not None or bool(seen.has_plan))
    return was_seen or was_with or bool(known.audit.hints)


async def has_purged_namesake(person: Person, deps: Deps) -> bool:
    """Whether somebody was called so whom the directory does not know any more.

    Raises:
        DirectoryError: it could not be asked.
        StorageUnavailableError: the earlier names could not be read.
    """
    called_so = await deps.watch.names.find(person.user_principal_name.lower())
    others = [user_id for user_id in called_so if user_id != person.id][:_MOST_NAMESAKES]
    there = await asyncio.gather(*(_is_there(user_id, deps) for user_id in others))
    return not all(there)


async def _is_there(user_id: str, deps: Deps) -> bool:
    people = deps.people
    return await people.active(user_id) is not None or await people.deleted(user_id) is not None


async def with_near_names(nobody: Nobody, asked: str, deps: Deps) -> Nobody:
    """Nobody, with those who are nearly called so; without them where Graph would not say."""
    if nobody.was_seen or is_guid(asked):
        return nobody
    try:
        near = await deps.people.near(asked)
        is_elsewhere = await _is_elsewhere(asked, deps)
    except DirectoryError:
        return nobody
    people = (
        Person(one.id, one.user_principal_name, one.display_name, deleted_at=one.deleted_at)
        for one in near
    )
    return Nobody(near=tuple(people), is_elsewhere=is_elsewhere)


async def _is_elsewhere(asked: str, deps: Deps) -> bool:
    return "@" in asked and is_lost(asked, await deps.tenant.verified_domains())
