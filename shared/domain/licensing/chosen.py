"""Name what a choice of licences starts from, and what may come of it."""

from dataclasses import dataclass, field
from enum import StrEnum

from shared.domain.licensing.known import KnownLicenses, LicenseSource
from shared.domain.licensing.rights import NamingRights
from shared.domain.licensing.skus import Sku
from shared.domain.person import AssignedLicense, Person
from shared.domain.requests.request import LicenseChoice


class LeftOutReason(StrEnum):
    """The reasons why a licence of the loss is not given back."""

    NO_EXCHANGE = "no-exchange"
    FROM_GROUP = "from-group"
    ORIGIN_UNKNOWN = "origin-unknown"
    NOT_IN_TENANT = "not-in-tenant"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A licence of the loss that is not given back."""

    sku_id: str
    reason: LeftOutReason


@dataclass(frozen=True, slots=True)
class ChosenLicenses:
    """The licences to assign, why these, and what went with them and is not given back."""

    licenses: tuple[AssignedLicense, ...]
    source: LicenseSource
    left_out: tuple[LeftOut, ...] = ()


class NoLicenseReason(StrEnum):
    """The reasons why there is nothing to assign; each is an outcome code."""

    UNKNOWN = "license-unknown"
    NOT_ALLOWED = "license-not-allowed"
    NOT_IN_TENANT = "license-not-in-tenant"
    WITHOUT_MAILBOX = "license-without-mailbox"
    FROM_GROUP = "license-from-group"


class Doubt(StrEnum):
    """The reasons why no licence, or no default, is inferred for this person."""

    MOVED = "moved"
    """The mailbox has moved to another tenant, so the licence may have gone on purpose."""
    ON_PREMISES = "on-premises"
    """The mailbox may be on-premises, and nobody is there to be asked."""
    PURPOSE = "purpose"
    """An access policy hides what the mailbox is."""
    PURPOSE_UNSAID = "purpose-unsaid"
    """The mailbox answers without saying what it is."""
    NEW = "new"
    """The account is new and was never seen with a licence."""

    @property
    def hides_all(self) -> bool:
        """Whether not even a licence that is known to have gone is inferred."""
        return self is not Doubt.NEW


@dataclass(frozen=True, slots=True)
class NoLicense:
    """There is no licence to assign.

    `what` is the name, plan or SKU at fault; `sku_ids` the SKUs it is about, `group_ids` the groups
    that give the first of them, `doubt` what kept from inferring one.
    """

    reason: NoLicenseReason
    what: str = ""
    sku_ids: tuple[str, ...] = ()
    group_ids: tuple[str, ...] = ()
    doubt: Doubt | None = None
    origin_unknown: bool = False
    fits_several: bool = False


@dataclass(frozen=True, slots=True)
class LicenseQuestion:
    """All that bears on which licence it is to be; `known` with the most trusted source first."""

    person: Person
    skus: tuple[Sku, ...]
    named: LicenseChoice | None = None
    known: tuple[KnownLicenses, ...] = ()
    rights: NamingRights = field(default_factory=NamingRights)
    doubt: Doubt | None = None


type Choice = ChosenLicenses | NoLicense
