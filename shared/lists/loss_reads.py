"""Read once what is the same for every loss of a list: SKUs, observed rounds, the audit log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.evidence.audit_records import AuditEvidence, evidence_of
from shared.domain.evidence.timeline_of import Remembered
from shared.domain.licensing.skus import Sku
from shared.domain.observations.observation import Observation
from shared.domain.watch.audit_cursor import AuditCursor
from shared.domain.window.judge import WindowRules
from shared.domain.window.timeline import LogCoverage
from shared.ports.deps import Deps
from shared.ports.watch import DeltaRound, StoredObservation


@dataclass(frozen=True, slots=True)
class LossReads:
    """Everything besides the person that is needed to judge a loss."""

    deps: Deps
    skus: tuple[Sku, ...]
    round: DeltaRound
    log: AuditCursor
    domains: frozenset[str] | None

    @classmethod
    async def of(cls, deps: Deps) -> "LossReads":
        """Read it all.

        Raises:
            DirectoryError: Graph could not be asked, or will not tell.
            StorageUnavailableError: what is remembered could not be read.
        """
        return cls(
            deps,
            await deps.tenant.skus(),
            (await deps.watch.rounds.read()).round,
            (await deps.audit_cursors.load()).cursor,
            await deps.tenant.verified_domains(),
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

    def remembered(self, observation: Observation | None, now: datetime) -> Remembered:
        """The service's own observations of a person, and of the tenant."""
        return Remembered(
            observation,
            self.round.log,
            now - self.deps.keep,
            self.round.shows_deleted_licenses,
        )

    async def audited(self, user_id: str, now: datetime) -> AuditEvidence:
        """What was read of the log about this person; the log itself is not asked."""
        since = now - self.deps.policy.retention - timedelta(days=1)
        if self.log.covers_from is None:
            return AuditEvidence()
        cursors, generation = self.deps.audit_cursors, self.log.generation
        return evidence_of(await cursors.of_user(generation, user_id.lower(), since), self.skus)
