"""Describe what was seen before a decision, as plain values."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from shared.domain.admin_roles import AdminRoles
from shared.domain.approval_rules import NO_APPROVALS, ApprovalRules
from shared.domain.evidence.audit_records import AuditEvidence, LogRefusal
from shared.domain.evidence.timeline_of import MailboxSight, Remembered, Sources
from shared.domain.licensing.groups import Group
from shared.domain.licensing.known import KnownLicenses
from shared.domain.licensing.rights import NamingRights
from shared.domain.licensing.skus import Sku
from shared.domain.marks.do_not_restore import NO_MARK, NOT_MARKED, MarkLook, MarkRule
from shared.domain.person import Conflict, HolderKind, Person
from shared.domain.window.judge import WindowRules
from shared.domain.window.timeline import LogCoverage


@dataclass(frozen=True, slots=True)
class Nobody:
    """No user, active or deleted, answers to the name; `was_seen` if one did earlier."""

    was_seen: bool = False
    near: tuple[Person, ...] = ()
    """Who is nearly called so, as far as a search shows them; the most alike first."""
    is_elsewhere: bool = False
    """Whether the domain of the name is surely none of the tenant's."""


@dataclass(frozen=True, slots=True)
class Several:
    """More than one user answers to the name, newest deletion first."""

    candidates: tuple[Person, ...]
    known: tuple[tuple[str, Sources], ...] = ()
    """What is known of the active ones among them, by their ids."""


type Found = Person | Nobody | Several


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The person and everything around it that the decision turns on.

    `remembered` is what the service itself has seen; `audit` what the audit log says, as far as
    `log` reaches, and `log_refusal` why it says nothing. `mailbox` is what the mailbox of an active
    person answered.
    `is_purpose_hidden`: an access policy keeps us from looking what the mailbox is;
    `is_purpose_unsaid`: the mailbox answers without saying it.
    `was_mailbox_seen`: whether it ever answered, in the cloud. `conflicts` is None where Graph
    would not say. `mailbox_purpose` is what the mailbox of an active user without a licence
    answers, or last said that it is. `groups` are those that the licence comes from.
    `verified_domains` are those of the tenant in lower case; None: not known.
    """

    found: Found
    skus: tuple[Sku, ...] = ()
    remembered: Remembered = field(default_factory=Remembered)
    audit: AuditEvidence = field(default_factory=AuditEvidence)
    log: LogCoverage | None = None
    log_refusal: LogRefusal | None = None
    mailbox: MailboxSight = field(default_factory=MailboxSight)
    known: tuple[KnownLicenses, ...] = ()
    conflicts: tuple[Conflict, ...] | None = ()
    holders_not_seen: frozenset[HolderKind] = frozenset()
    """Who could not be asked for what they hold."""
    roles: AdminRoles = field(default_factory=AdminRoles)
    mailbox_purpose: str | None = None
    is_purpose_hidden: bool = False
    is_purpose_unsaid: bool = False
    was_mailbox_seen: bool = False
    has_purged_namesake: bool = False
    """Whether somebody of the same name, now gone for good, is remembered."""
    groups: tuple[Group, ...] = ()
    verified_domains: frozenset[str] | None = None
    mark: MarkLook = NOT_MARKED
    """Whether the person is marked as not to be brought back."""
    read_at: datetime | None = None
    """When it was read, where it is judged as of a later instant; None: it is judged at once."""

    @property
    def purpose(self) -> str | None:
        """What the mailbox is, as it answers or as it was last seen to answer."""
        observation = self.remembered.observation
        remembered = observation.purpose if observation is not None else None
        return self.mailbox.purpose or self.mailbox_purpose or remembered


@dataclass(frozen=True, slots=True)
class Policy:
    """The tenant's own choices, from the settings."""

    retention: timedelta = timedelta(days=30)
    closing: timedelta = timedelta(days=3)
    unknown_window: Literal["refuse", "attempt"] = "refuse"
    default_sku_ids: tuple[str, ...] = ()
    allowed_sku_ids: tuple[str, ...] = ()
    """What anybody may name for anybody, beside the defaults."""
    protect_privileged: bool = True
    verify_mailbox: bool = True
    mailbox_deadline: timedelta = timedelta(hours=24)
    undo: bool = False
    """Whether what the service did may be taken back by it."""
    drill_user: str | None = None
    """The throw-away account that drills delete and bring back; None: there are no drills."""
    approvals: ApprovalRules = NO_APPROVALS
    """What needs somebody else's word."""
    do_not_restore: MarkRule = NO_MARK
    """How the tenant marks whom nobody may bring back."""
    delayed_delicensing: bool = False
    """Whether the tenant keeps a mailbox for 30 days more after its licence is gone."""

    @property
    def rules(self) -> WindowRules:
        """The rules by which every window is judged."""
        return WindowRules(self.retention, self.closing, self.delayed_delicensing)

    def naming(self, *, may_override: bool) -> NamingRights:
        """The licences that a caller may name, with or without Restore.Override."""
        return NamingRights(self.default_sku_ids, self.allowed_sku_ids, may_override)
