"""The rows about licences: when one was lost, which one, and both losses together."""

from dataclasses import dataclass, replace
from typing import Any

from shared.domain.evidence.audit_records import AuditEvidence
from shared.domain.evidence.timeline_of import MailboxSight, MailboxState, Remembered
from shared.domain.licensing.held import HeldLicense, Origin
from shared.domain.licensing.known import KnownLicenses, LicenseSource
from shared.domain.observations.rounds import RoundLog, RoundStretch
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense, LicenseState, Person
from shared.domain.requests.request import LicenseChoice
from shared.domain.snapshot import Policy
from shared.domain.window import Evidence
from shared.domain.window.timeline import changed
from tests.builders import ENTERPRISEPACK_ID, EXCHANGE_PLAN_ID, NOW, a_person, an_observation
from tests.unit.domain.table import (
    CLOSED,
    DAY,
    DELETED,
    FLOW_FREE_ID,
    FROM_GROUP,
    GROUP_ID,
    LOST_2_DAYS_AGO,
    NAMED_E3,
    OBSERVED_E3,
    OFF_BY_HAND,
    SHARED,
    SWITCHED_OFF,
    UNKNOWN,
    UNLICENSED,
    ask,
    deleted,
    deleted_unlicensed,
    seen,
    unlicensed,
)

KNOWN: dict[str, Any] = {"known": (OBSERVED_E3,)}
NOT_PROVEN = ("window-not-proven",)
DEFAULT_E3 = Policy(default_sku_ids=(ENTERPRISEPACK_ID,))
FLOW_ONLY = LicenseChoice(sku_ids=(FLOW_FREE_ID,))


def lost(
    source: Evidence, days: int, known: tuple[KnownLicenses, ...] = (OBSERVED_E3,)
) -> dict[str, Any]:
    """A loss this many days ago by this source, and the licence known."""
    at = NOW - days * DAY
    if source is Evidence.AUDIT:
        return {"audit": AuditEvidence(changed(at, before=True, after=False)), "known": known}
    looks = RoundLog((RoundStretch(NOW - 60 * DAY, NOW),))
    return {"remembered": Remembered(an_observation(lost_at=at), looks), "known": known}


_AN_HOUR_AGO = NOW - DAY / 24
SEEN_AN_HOUR_AGO: dict[str, Any] = {
    **KNOWN,
    "remembered": Remembered(
        an_observation(seen_at=_AN_HOUR_AGO), RoundLog((RoundStretch(NOW - DAY, _AN_HOUR_AGO),))
    ),
}
UNLISTED = replace(UNLICENSED, licenses=(AssignedLicense("gone"),))

BOTH = [
    deleted_unlicensed(
        "licence first by the audit log, the default SKU set: for active people only",
        seen(SHARED, **lost(Evidence.AUDIT, 5, known=())),
        ask(),
        Code.LICENSE_UNKNOWN,
        policy=DEFAULT_E3,
    ),
    deleted_unlicensed(
        "licence first by the audit log, and nobody knows which: not taken for a shared mailbox",
        seen(SHARED, **lost(Evidence.AUDIT, 5, known=())),
        ask(),
        Code.LICENSE_UNKNOWN,
    ),
    deleted(
        "a licence changed by the audit log, of what was last seen to be a shared mailbox",
        seen(SHARED, **lost(Evidence.AUDIT, 5), mailbox_purpose="shared"),
        ask(),
    ),
    deleted(
        "licence first by the audit log, and only the user is asked for",
        seen(SHARED, **lost(Evidence.AUDIT, 5)),
        ask("user"),
        warnings=("license-missing",),
    ),
    deleted(
        "licence first and long ago, and only the user is asked for",
        seen(SHARED, **lost(Evidence.OBSERVED, 31)),
        ask("user"),
        warnings=("mailbox-may-be-gone",),
    ),
    deleted_unlicensed(
        "the caller says that a licence went, and nobody knows which",
        seen(SHARED),
        ask(license_removed_at=NOW - 5 * DAY),
        Code.LICENSE_UNKNOWN,
        warnings=("window-declared",),
    ),
    deleted(
        "a licence named for a user whose own comes back",
        seen(DELETED),
        ask(license=NAMED_E3),
        warnings=("license-not-used",),
    ),
    deleted_unlicensed(
        "licence first by observation, within the earlier window",
        seen(SHARED, **lost(Evidence.OBSERVED, 9)),
        ask(),
    ),
    deleted_unlicensed(
        "licence first, the earlier window is over",
        seen(SHARED, **lost(Evidence.OBSERVED, 31)),
        ask(),
        Code.WINDOW_CLOSED,
        verdict=CLOSED,
    ),
    deleted_unlicensed(
        "licence first by the caller's word",
        seen(SHARED),
        ask(license=NAMED_E3, license_removed_at=NOW - 5 * DAY),
        warnings=("window-declared",),
    ),
    deleted_unlicensed(
        "licence named, and no source says that any went: nothing is promised",
        seen(SHARED),
        ask(license=NAMED_E3),
        warnings=NOT_PROVEN,
    ),
    deleted_unlicensed(
        "licence named, unknown when it went, and the deletion is too old anyway",
        seen(replace(SHARED, deleted_at=NOW - 30 * DAY)),
        ask(license=NAMED_E3, accept_unknown_window=True),
        Code.WINDOW_CLOSED,
        verdict=CLOSED,
    ),
]

WHEN = [
    *(
        unlicensed(f"gone by {source}", seen(UNLICENSED, **lost(source, 2)), ask("license"))
        for source in (Evidence.OBSERVED, Evidence.AUDIT)
    ),
    unlicensed(
        "gone, declared",
        seen(UNLICENSED, **KNOWN),
        ask("license", license_removed_at=NOW - 2 * DAY),
        warnings=("window-declared",),
    ),
    unlicensed(
        "gone too long ago",
        seen(UNLICENSED, **lost(Evidence.OBSERVED, 30)),
        ask("license"),
        Code.WINDOW_CLOSED,
        verdict=CLOSED,
    ),
    unlicensed(
        "the log knows better than the caller",
        seen(UNLICENSED, **lost(Evidence.AUDIT, 2)),
        ask("license", license_removed_at=NOW - 31 * DAY),
        warnings=("declared-not-used",),
    ),
    unlicensed(
        "a read that failed, nothing read of licences or sign-in, is no loss",
        seen(replace(UNLICENSED, account_enabled=None), **SEEN_AN_HOUR_AGO),
        ask("license"),
        Code.WINDOW_UNKNOWN,
        verdict=UNKNOWN,
    ),
    unlicensed(
        "seen with a licence an hour ago, and the read shows none",
        seen(UNLICENSED, **SEEN_AN_HOUR_AGO),
        ask("license"),
    ),
    unlicensed(
        "a licence that the tenant does not list in its place, and the mailbox not looked at",
        seen(UNLISTED, **SEEN_AN_HOUR_AGO),
        ask("license"),
        Code.WINDOW_UNKNOWN,
        verdict=UNKNOWN,
    ),
    unlicensed(
        "a licence that the tenant does not list in its place, and the mailbox is silent",
        seen(UNLISTED, **SEEN_AN_HOUR_AGO, mailbox=MailboxSight(state=MailboxState.SILENT)),
        ask("license"),
    ),
    unlicensed(
        "nobody knows when",
        seen(UNLICENSED, **KNOWN),
        ask("license"),
        Code.WINDOW_UNKNOWN,
        verdict=UNKNOWN,
    ),
    unlicensed(
        "nobody knows when, the caller goes on",
        seen(UNLICENSED, **KNOWN),
        ask("license", accept_unknown_window=True),
        verdict=UNKNOWN,
        warnings=NOT_PROVEN,
    ),
    unlicensed(
        "nobody knows when, the setting goes on",
        seen(UNLICENSED, **KNOWN),
        ask("license"),
        verdict=UNKNOWN,
        warnings=NOT_PROVEN,
        policy=Policy(unknown_window="attempt"),
    ),
    unlicensed(
        "declared in the future proves nothing",
        seen(UNLICENSED, **KNOWN),
        ask("license", license_removed_at=NOW + DAY),
        Code.WINDOW_UNKNOWN,
        verdict=UNKNOWN,
        warnings=("declared-in-future",),
    ),
]


DEFAULT_POLICY = Policy()


@dataclass(frozen=True)
class Which:
    """One way to know, or not to know, which licence it was."""

    name: str
    code: Code | None = None
    named: LicenseChoice | None = None
    known: tuple[KnownLicenses, ...] = ()
    person: Person = UNLICENSED
    policy: Policy = DEFAULT_POLICY


GONE_SKU = KnownLicenses((HeldLicense("gone", (), Origin.DIRECT),), LicenseSource.OBSERVED)
MAILBOX_OFF = LicenseChoice(sku_ids=(ENTERPRISEPACK_ID,), disabled_plans=(EXCHANGE_PLAN_ID,))
OFF_IN_GROUP = replace(
    UNLICENSED,
    licenses=(SWITCHED_OFF,),
    license_states=(LicenseState(ENTERPRISEPACK_ID, GROUP_ID, "Active"),),
)
WAYS = [
    Which("nothing known", Code.LICENSE_UNKNOWN),
    Which("default SKU", policy=DEFAULT_E3),
    Which(
        "default SKU not in the tenant",
        Code.LICENSE_NOT_IN_TENANT,
        policy=Policy(default_sku_ids=("gone",)),
    ),
    Which("named by id", named=NAMED_E3),
    Which("named by part number", named=LicenseChoice(sku_part_numbers=("EnterprisePack",))),
    Which(
        "named, not in the tenant",
        Code.LICENSE_NOT_IN_TENANT,
        LicenseChoice(sku_part_numbers=("SPE_E5",)),
    ),
    Which("named, no mailbox in it", Code.LICENSE_WITHOUT_MAILBOX, FLOW_ONLY),
    Which("named, its mailbox plan disabled", Code.LICENSE_WITHOUT_MAILBOX, MAILBOX_OFF),
    Which("known, gone from the tenant", Code.LICENSE_NOT_IN_TENANT, known=(GONE_SKU,)),
    Which("from a group", Code.LICENSE_FROM_GROUP, known=(FROM_GROUP,)),
    Which("from a group, named", named=NAMED_E3, known=(FROM_GROUP,)),
    Which("Exchange off in a group licence", Code.LICENSE_FROM_GROUP, person=OFF_IN_GROUP),
    Which("Exchange off in a direct licence", person=OFF_BY_HAND),
    Which(
        "Exchange off, and nobody can tell how it came",
        Code.LICENSE_UNKNOWN,
        person=replace(OFF_BY_HAND, license_states=()),
    ),
    Which(
        "no usage location",
        Code.USAGE_LOCATION_MISSING,
        NAMED_E3,
        person=replace(UNLICENSED, usage_location=None),
    ),
]

LICENSE_ROWS = [
    *BOTH,
    *WHEN,
    *(
        unlicensed(
            f"licence: {way.name}",
            seen(way.person, audit=LOST_2_DAYS_AGO, known=way.known),
            ask("license", license=way.named),
            way.code,
            policy=way.policy,
        )
        for way in WAYS
    ),
    unlicensed(
        "another licence is there, without a mailbox",
        seen(a_person(licenses=(AssignedLicense(FLOW_FREE_ID),), plans=())),
        ask("license", license=NAMED_E3, license_removed_at=NOW - DAY),
        warnings=("window-declared",),
    ),
]
