"""All that bears on one decision: what was seen, what was asked and when."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.licensing.choice import Choice, Doubt, LicenseQuestion, choose_licenses
from shared.domain.licensing.meant_removals import may_be_on_premises, was_moved
from shared.domain.licensing.offer import Offer, offer_for
from shared.domain.licensing.rights import NamingRights
from shared.domain.licensing.skus import has_mailbox_plan
from shared.domain.lost_domains import is_lost
from shared.domain.person import UNLICENSED_PURPOSES, ConflictProperty, Person
from shared.domain.request import ANYBODY, Door, RequestedBy, RestoreRequest
from shared.domain.roles import Role
from shared.domain.snapshot import Policy, Snapshot
from shared.domain.window import Evidence, Loss, Window, judge_window


@dataclass(frozen=True, slots=True)
class Situation:
    """One person's matter: everything that bears on it."""

    person: Person
    snapshot: Snapshot
    request: RestoreRequest
    policy: Policy
    now: datetime
    by: RequestedBy = ANYBODY

    @property
    def may_override(self) -> bool:
        """Whether whoever asked may set protections aside, and name any licence."""
        return Role.OVERRIDE in self.by.roles

    @property
    def license_losses(self) -> tuple[Loss, ...]:
        """When the licence went, by every source; a declared instant to come proves nothing."""
        declared = self.request.license_removed_at
        if declared is None or declared > self.now:
            return self.snapshot.losses
        return (*self.snapshot.losses, Loss(Evidence.DECLARED, declared))

    @property
    def accepts_unknown(self) -> bool:
        """Whether the restore goes on although nobody can tell when the licence went."""
        return self.request.accept_unknown_window or self.policy.unknown_window == "attempt"

    @property
    def is_licensed(self) -> bool:
        """Whether a licence of the person carries a mailbox."""
        return has_mailbox_plan(self.person, self.snapshot.skus)

    @property
    def is_shared(self) -> bool:
        """Whether the mailbox answers as one that needs no licence, and must be given none."""
        return self.snapshot.mailbox_purpose in UNLICENSED_PURPOSES

    def judge(self, losses: tuple[Loss, ...]) -> Window:
        """The window by these losses."""
        policy = self.policy
        return judge_window(losses, self.now, retention=policy.retention, closing=policy.closing)

    @property
    def naming(self) -> NamingRights:
        """Which licences whoever asks may name."""
        return self.policy.naming(may_override=self.may_override)

    @property
    def offer(self) -> Offer:
        """What whoever asks may name for this person."""
        return offer_for(self.person, self.snapshot.known, self.snapshot.skus, self.naming)

    @property
    def is_perhaps_on_premises(self) -> bool:
        """Whether the mailbox may be on-premises, where a licence would make a second one."""
        seen = self.snapshot.was_mailbox_seen
        return may_be_on_premises(self.person, was_seen_in_cloud=seen)

    @property
    def doubt(self) -> Doubt | None:
        """Why no licence is to be inferred, if so."""
        if was_moved(self.person):
            return Doubt.MOVED
        if self.by.door is Door.TIMER and self.is_perhaps_on_premises:
            return Doubt.ON_PREMISES
        return Doubt.PURPOSE if self.snapshot.is_purpose_hidden else None

    def choose(self) -> Choice:
        """The licences to assign, or why there are none."""
        return choose_licenses(
            LicenseQuestion(
                self.person,
                self.snapshot.skus,
                self.request.license,
                self.snapshot.known,
                self.naming,
                self.doubt,
            )
        )

    @property
    def deletion(self) -> tuple[Loss, ...]:
        """The deletion as a loss, if the person is deleted."""
        deleted_at = self.person.deleted_at
        return () if deleted_at is None else (Loss(Evidence.DELETED, deleted_at),)

    @property
    def is_name_taken(self) -> bool:
        """Whether somebody else has the deleted user's own name now."""
        own = self.person.user_principal_name.lower()
        return any(
            item.property is ConflictProperty.UPN and item.value.lower() == own
            for item in self.snapshot.conflicts or ()
        )

    @property
    def renames(self) -> bool:
        """Whether the user is to come back under the new name: it cannot have its own."""
        if self.request.on_upn_conflict != "rename":
            return False
        own = self.person.user_principal_name
        return self.is_name_taken or is_lost(own, self.snapshot.verified_domains)

    def deadline(self, window: Window) -> datetime:
        """The end of the window; where nobody knows it, the end of what is known."""
        deleted_at, retention = self.person.deleted_at, self.policy.retention
        known = [window.ends_at, None if deleted_at is None else deleted_at + retention]
        return min((at for at in known if at is not None), default=self.now + retention)
