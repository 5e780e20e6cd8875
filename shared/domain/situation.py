"""Gather everything one decision depends on: what was seen, what was asked, and when."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.evidence.timeline_of import MailboxState, Sources, timeline_of
from shared.domain.licensing.choice import choose_licenses
from shared.domain.licensing.chosen import Choice, Doubt, LicenseQuestion
from shared.domain.licensing.held import MailboxPlan, mailbox_plan
from shared.domain.licensing.meant_removals import may_be_on_premises, was_moved
from shared.domain.licensing.offer import Offer, offer_for
from shared.domain.licensing.products import PRODUCTS
from shared.domain.licensing.rights import NamingRights
from shared.domain.licensing.skus import has_mailbox_plan, unlisted_of
from shared.domain.lost_domains import is_elsewhere
from shared.domain.person import UNLICENSED_PURPOSES, AssignedLicense, Person
from shared.domain.requests.request import ANYBODY, Door, RequestedBy, RestoreKind, RestoreRequest
from shared.domain.requests.roles import Role
from shared.domain.snapshot import Policy, Snapshot
from shared.domain.window import Window
from shared.domain.window.judge import Judgement, judge
from shared.domain.window.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that bears on the decision about one person."""

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
    def declared(self) -> datetime | None:
        """When the licence went by the word of the request, if whoever asked may say so.

        An instant to come is no evidence.
        """
        declared = self.request.license_removed_at
        if declared is None or declared > self.now or not self.may_override:
            return None
        return declared

    @property
    def plan(self) -> MailboxPlan:
        """Whether the person has a plan that carries a mailbox, and whether it works."""
        return mailbox_plan(self.person, self.snapshot.skus)

    def timeline(self) -> Timeline:
        """All that is known of when the person had a mailbox plan."""
        seen = self.snapshot
        has_plan = None if self.person.is_blank else self.plan.is_there
        if self.is_perhaps_licensed and seen.mailbox.state is MailboxState.SILENT:
            # Whatever the licence is, it does not keep a mailbox.
            has_plan = False
        sources = Sources(
            has_plan,
            seen.remembered,
            seen.audit,
            seen.log,
            seen.mailbox,
            self.declared,
            read_at=seen.read_at,
        )
        return timeline_of(self.person, sources, self.now)

    def judge(self) -> Judgement:
        """The window by all that is known, and how sure it is."""
        return judge(self.timeline(), self.policy.rules, self.now)

    @property
    def accepts_unknown(self) -> bool:
        """Whether the restore goes on although nobody can tell when the licence went."""
        return self.request.accept_unknown_window or self.policy.unknown_window == "attempt"

    @property
    def is_licensed(self) -> bool:
        """Whether a licence of the person carries a mailbox."""
        return has_mailbox_plan(self.person, self.snapshot.skus)

    @property
    def is_perhaps_licensed(self) -> bool:
        """Whether only a licence that the tenant does not list could carry the mailbox."""
        return self.plan is MailboxPlan.PERHAPS

    @property
    def unlisted_licenses(self) -> tuple[str, ...]:
        """The licences of the person that the tenant does not list, by name where it is known."""
        unlisted = unlisted_of(self.person, self.snapshot.skus)
        return tuple(PRODUCTS.get(one, one) for one in unlisted)

    @property
    def is_perhaps_well(self) -> bool:
        """Whether such a person's mailbox answers: then nothing is known to be lost."""
        return self.is_perhaps_licensed and self.snapshot.mailbox.still_answers

    @property
    def is_shared(self) -> bool:
        """Whether the mailbox, by the last purpose that was read, must be given no licence."""
        return self.purpose in UNLICENSED_PURPOSES

    @property
    def purpose(self) -> str | None:
        """What the mailbox is, as it answers or as it was last seen to answer."""
        return self.snapshot.purpose

    @property
    def is_outsider(self) -> bool:
        """Whether a guest or mail user, whose mailbox is not of this tenant.

        A mailbox plan on the object, or seen by any source, says otherwise, and so does a mailbox
        that answered once, or that Exchange has deleted.
        """
        if self.is_licensed or self.had_mailbox or self.person.is_removed_in_exchange:
            return False
        return self.person.is_guest or is_elsewhere(self.person, self.snapshot.verified_domains)

    @property
    def is_outsider_without_mailbox(self) -> bool:
        """Whether an active guest or mail user is asked for a mailbox that no source ever saw.

        Where the mailbox itself answers, it is one.
        """
        is_asked = self.request.kind is not RestoreKind.USER and not self.person.is_deleted
        answers = self.snapshot.mailbox.state is MailboxState.ANSWERS
        return is_asked and self.is_outsider and not answers

    @property
    def had_mailbox(self) -> bool:
        """Whether any source has ever seen the person with a mailbox, or with a plan for one."""
        observation = self.snapshot.remembered.observation
        facts = self.snapshot.audit.facts
        was_seen = observation is not None and observation.had_mailbox
        return was_seen or any(fact.has_plan for fact in facts)

    @property
    def seen_until_deletion(self) -> tuple[AssignedLicense, ...]:
        """The licences that the user had when last seen, where deleted users do not show any."""
        remembered = self.snapshot.remembered
        observation = remembered.observation
        if observation is None or remembered.shows_deleted_licenses or self.is_shared:
            return ()
        return tuple(one.license for one in observation.held) if observation.has_plan else ()

    @property
    def naming(self) -> NamingRights:
        """The licences that the caller may name."""
        return self.policy.naming(may_override=self.may_override)

    @property
    def offer(self) -> Offer:
        """The licences that the caller may name for this person."""
        return offer_for(self.person, self.snapshot.known, self.snapshot.skus, self.naming)

    @property
    def is_perhaps_on_premises(self) -> bool:
        """Whether the mailbox may be on-premises, where a licence would make a second one."""
        seen = self.snapshot.was_mailbox_seen
        return may_be_on_premises(self.person, was_seen_in_cloud=seen)

    @property
    def doubt(self) -> Doubt | None:
        """The reason why no licence is to be inferred, if there is one."""
        if was_moved(self.person):
            return Doubt.MOVED
        if self.by.door is Door.TIMER and self.is_perhaps_on_premises:
            return Doubt.ON_PREMISES
        if self.snapshot.is_purpose_hidden:
            return Doubt.PURPOSE
        if self.snapshot.is_purpose_unsaid:
            return Doubt.PURPOSE_UNSAID
        return Doubt.NEW if self._is_newcomer else None

    @property
    def _is_newcomer(self) -> bool:
        """Whether the account is new, and nothing says that it ever had a licence."""
        judged = self.judge()
        return not self.person.is_deleted and judged.rests_on_creation and not judged.hints

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

    def deadline(self, window: Window) -> datetime | None:
        """The end of the window; where nobody knows it, the end of what is known. None: nothing."""
        deleted_at, retention = self.person.deleted_at, self.policy.retention
        known = [window.ends_at, None if deleted_at is None else deleted_at + retention]
        return min((at for at in known if at is not None), default=None)
