"""All that bears on one decision: what was seen, what was asked and when."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.licensing import choice
from shared.domain.licensing.choice import ChosenLicenses, NoLicense
from shared.domain.licensing.skus import has_mailbox_plan
from shared.domain.lost_domains import is_lost
from shared.domain.person import UNLICENSED_PURPOSES, ConflictProperty, Person
from shared.domain.request import ANYBODY, RequestedBy, RestoreRequest
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

    def choose(self) -> ChosenLicenses | NoLicense:
        """The licences to assign."""
        return choice.choose_licenses(
            named=self.request.license,
            person=self.person,
            known=self.snapshot.known,
            default_sku_ids=self.policy.default_sku_ids,
            skus=self.snapshot.skus,
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
