"""Read once what is the same for every loss of a list: SKUs, observed rounds, the audit log."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shared.domain.evidence.audit_records import AuditEvidence, evidence_of
from shared.domain.evidence.timeline_of import Remembered
from shared.domain.licensing.skus import Sku
from shared.domain.observations.observation import Observation
from shared.domain.undos.taken import TakenAway
from shared.domain.watch.audit_cursor import AuditCursor
from shared.domain.window.judge import WindowRules
from shared.domain.window.timeline import LogCoverage
from shared.errors import DirectoryError
from shared.lists.license_kinds import LicenseKinds
from shared.lists.named_in_log import NamedInLog
from shared.ports.deps import Deps
from shared.ports.watch import DeltaRound, StoredObservation
from shared.restore.reading.license_evidence import license_updates
from shared.watch.taken_away import taken_away

# The tenant has five requests to its log in ten seconds, and restores wait for theirs.
MOST_ASKED_OF_THE_LOG = 2


@dataclass(slots=True)
class LogQuestions:
    """How many people one call may still ask the audit log for, and one at a time.

    The quota is counted in one row: of two at once, one would be turned away.
    """

    left: int = MOST_ASKED_OF_THE_LOG
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def take(self) -> bool:
        """Whether one more may be asked for; it counts as asked."""
        if self.left == 0:
            return False
        self.left -= 1
        return True


@dataclass(frozen=True, slots=True)
class LossReads:
    """Everything besides the person that is needed to judge a loss."""

    deps: Deps
    skus: tuple[Sku, ...]
    round: DeltaRound
    log: AuditCursor
    domains: frozenset[str] | None
    taken: TakenAway
    named: NamedInLog
    kinds: LicenseKinds
    questions: LogQuestions = field(default_factory=LogQuestions)

    @classmethod
    async def of(cls, deps: Deps) -> "LossReads":
        """Read it all.

        Raises:
            DirectoryError: Graph could not be asked, or will not tell.
            StorageUnavailableError: what is remembered could not be read.
        """
        skus = await deps.tenant.skus()
        log = (await deps.audit_cursors.load()).cursor
        return cls(
            deps,
            skus,
            (await deps.watch.rounds.read()).round,
            log,
            await deps.tenant.verified_domains(),
            await taken_away(deps),
            NamedInLog(deps.audit_cursors, log.generation),
            LicenseKinds(skus),
        )

    @property
    def rules(self) -> WindowRules:
        """How long a mailbox is kept in this tenant."""
        return self.deps.policy.rules

    @property
    def coverage(self) -> LogCoverage | None:
        """The time that the log covers, as far as it was read."""
        return self.log.coverage

    async def observed(self, user_ids: Iterable[str]) -> Mapping[str, StoredObservation]:
        """The observations of these people."""
        return await self.deps.watch.observations.many(user_ids)

    async def expect(self, people: int) -> None:
        """Read whom the log names, if so many are worth it.

        Raises:
            StorageUnavailableError: the names could not be read.
        """
        if self.log.covers_from is not None:
            await self.named.expect(people)

    def is_unnamed(self, user_id: str) -> bool:
        """Whether the log, as far as it was read, surely says nothing of this person."""
        return self.log.covers_from is None or self.named.is_unnamed(user_id.lower())

    def remembered(self, observation: Observation | None, now: datetime) -> Remembered:
        """The service's own observations of a person, and of the tenant."""
        return Remembered(
            observation,
            self.round.log,
            self.round.remembers_since(now - self.deps.keep_seen),
            self.round.shows_deleted_licenses,
        )

    async def audited(
        self, user_id: str, now: datetime, *, is_license_known: bool
    ) -> AuditEvidence:
        """What the log says of this person, as far as it was read.

        The log itself is asked only where it shows a change and nobody knows which licence went,
        and for few people in a call; the others are asked for when the list is read again.
        """
        since = now - self.deps.policy.retention - timedelta(days=1)
        name = user_id.lower()
        if self.log.covers_from is None or not await self.named.may_name(name):
            return AuditEvidence()
        cursors, generation = self.deps.audit_cursors, self.log.generation
        records = await cursors.of_user(generation, name, since)
        seen = evidence_of(records, self.skus)
        if is_license_known or not seen.hints or seen.lost or not self.questions.take():
            return seen
        try:
            async with self.questions.turn:
                updates = (await license_updates(user_id, self.deps)).records
        except DirectoryError:
            return seen
        return evidence_of((*records, *updates), self.skus)
