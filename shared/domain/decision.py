"""Say what a decision is: a plan or a refusal, and everything found on the way to it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding
from shared.domain.licensing.chosen import ChosenLicenses
from shared.domain.licensing.groups import GroupSeat
from shared.domain.outcomes import Code, Outcome
from shared.domain.person import AssignedLicense
from shared.domain.phrases import SOURCES
from shared.domain.text import Text, text
from shared.domain.window import NO_WINDOW, Window


class Case(StrEnum):
    """How the mailbox was lost."""

    DELETED_USER = "deleted-user"
    LICENSE_REMOVED = "license-removed"
    DELETED_AND_UNLICENSED = "deleted-and-unlicensed"
    ACTIVE = "active"
    NOT_FOUND = "not-found"


class StepName(StrEnum):
    """The steps of a restore; each is a recovery point."""

    RESTORE_USER = "restore-user"
    ASSIGN_LICENSE = "assign-license"
    VERIFY_USER = "verify-user"
    VERIFY_MAILBOX = "verify-mailbox"
    REMOVE_LICENSE = "remove-license"
    """Of an undo: takes the licences off again."""
    DELETE_USER = "delete-user"
    """Of an undo or a drill: deletes the user, to the deleted items."""

    @property
    def is_effect(self) -> bool:
        """Whether the step changes the tenant."""
        return self not in {StepName.VERIFY_USER, StepName.VERIFY_MAILBOX}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several people that a name could mean; `case` and `window` as far as they are known.

    `deleted_at` is None for somebody active.
    """

    id: str
    user_principal_name: str
    display_name: str | None = None
    deleted_at: datetime | None = None
    case: Case | None = None
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The plan of a restore and its reasons, or the findings that block it."""

    case: Case
    window: Window = NO_WINDOW
    plan: tuple[StepName, ...] = ()
    licenses: ChosenLicenses | None = None
    expected: tuple[AssignedLicense, ...] = ()
    """What a deleted user should have again by itself once it is restored."""
    new_name: str | None = None
    """The name a deleted user comes back under; None: its own."""
    deadline: datetime | None = None
    """When a change would come too late, by all that is known; None: nobody knows."""
    findings: tuple[Finding, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    license_names: tuple[str, ...] = ()
    """What to assign, as people call it."""
    group_seat: GroupSeat | None = None
    """The group that gives the licence by itself once a seat is free."""
    idle: Outcome | None = None
    """The outcome where nothing is to be done."""
    may_go_at: datetime | None = None
    """Where a user's mailbox still answers without a licence: the earliest instant it may go."""
    may_promise: bool = False
    """Whether what comes back is surely the mailbox that was lost."""
    is_outsider: bool = False
    """Whether a guest or mail user, who has no mailbox in this tenant."""

    @property
    def ending(self) -> Outcome | None:
        """The outcome when there is nothing to do: a refusal, or already as asked."""
        for finding in self.findings:
            if finding.severity == "block":
                return Outcome(finding.text)
        return self.idle

    def detail(self, name: StepName) -> Text | None:
        """The detail of a step before it begins: which licence, and from which source."""
        if name is not StepName.ASSIGN_LICENSE or self.licenses is None:
            return None
        source = SOURCES[self.licenses.source]
        return text("step", "licenses", licenses=self.license_names, source=source)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Everything else the caller should know: the warnings, and each block after the first.

        Once it is too late, nothing else stands in anybody's way: there is no next request.
        """
        blocks = [item for item in self.findings if item.severity == "block"]
        if blocks and blocks[0].code == Code.WINDOW_CLOSED:
            blocks = blocks[:1]
        odd = [item for item in self.findings if item.severity == "warn" and not _is_moot(item)]
        return (*blocks[1:], *odd)


_MOOT = frozenset(
    {(FindingCode.CONFLICTS_NOT_CHECKED, "groups"), (FindingCode.ROLES_NOT_CHECKED, "groups")}
)


def _is_moot(finding: Finding) -> bool:
    """Whether the restore itself settles it.

    Graph restores nobody whose address a group has, and the roles that come by groups are looked
    at once the groups show.
    """
    return (finding.code, finding.text.variant) in _MOOT
