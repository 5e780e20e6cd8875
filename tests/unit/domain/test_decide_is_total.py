"""Whatever is seen and asked for, there is a decision, and every text of it can be said."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

import pytest

from shared.domain.decide import decide
from shared.domain.evidence.audit_records import Activity, AuditRecord, LicenseContent, evidence_of
from shared.domain.evidence.timeline_of import MailboxSight, MailboxState, Remembered
from shared.domain.licensing.groups import Group, GroupMembership, GroupStanding
from shared.domain.licensing.held import HeldLicense, LostLicense, Origin
from shared.domain.observations.observation import Observation, PlanRun
from shared.domain.person import AssignedLicense, LicenseState, Person, UserPlan
from shared.domain.preflight import preflight_of
from shared.domain.requests.request import LicenseChoice, RestoreKind, RestoreRequest
from shared.domain.snapshot import Policy, Snapshot
from shared.domain.window import WindowVerdict
from shared.restore.reading.known_licenses import known_licenses
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    UPN,
    USER_ID,
    a_person,
    a_request,
    a_sku,
)
from tests.reading import said, unsaid
from tests.unit.domain.table import BY

_P1_PLAN, _ARCHIVE_PLAN = (
    "9aaf7827-d63c-4b61-89c3-182f06f82e5c",
    "176a09a6-7ec5-4039-ac02-b2791c6ba793",
)
_SKUS = (
    a_sku(),
    a_sku(sku_id="p1", part_number="P1", plan_ids=(_P1_PLAN,)),
    a_sku(sku_id="archive", part_number="ARCHIVE", plan_ids=(_ARCHIVE_PLAN,)),
    a_sku(sku_id="flow", part_number="FLOW", plan_ids=("flow-plan",)),
)
_IDS = (ENTERPRISEPACK_ID, "p1", "archive", "flow", "gone", "946ce899-873d-44bb-9d8b-671870cbfdbf")
_PLANS = (EXCHANGE_PLAN_ID, _P1_PLAN, _ARCHIVE_PLAN)
_EITHER = (True, False)
_STATUSES = ("Enabled", "Warning", "Suspended", "LockedOut", "Deleted")
_ERRORS = (None, None, "CountViolation", "MutuallyExclusiveViolation", "Other")


@dataclass(frozen=True, slots=True)
class _Draw:
    """Draws states that nobody has thought of; the same ones in every run."""

    random: Random

    def one[T](self, *of: T) -> T:
        return self.random.choice(of)

    def ago(self, least: float, most: float) -> datetime:
        return NOW - timedelta(days=self.random.uniform(least, most))

    def license(self) -> AssignedLicense:
        off = tuple(plan for plan in _PLANS if self.random.random() < 0.2)
        return AssignedLicense(self.one(*_IDS), off)

    def licenses(self) -> tuple[AssignedLicense, ...]:
        drawn = [self.license() for _ in range(self.one(0, 0, 1, 2))]
        return tuple({item.sku_id: item for item in drawn}.values())

    def held(self) -> HeldLicense:
        drawn, origin = self.license(), self.one(*Origin)
        groups = self.one((), ("group",)) if origin is Origin.GROUP else ()
        return HeldLicense(drawn.sku_id, drawn.disabled_plans, origin, groups)

    def person(self) -> Person:
        group, address = self.one(None, "group"), self.one(UPN, None, "m@fabrikam.com")
        error = self.one(*_ERRORS)
        states = tuple(LicenseState(one, group, "Active", error) for one in self.one((), _IDS[:2]))
        return a_person(
            user_principal_name=self.one(UPN, "m#EXT#@contoso.com", "ExRemoved-1@contoso.com"),
            mail=address,
            proxy_addresses=() if address is None else (f"SMTP:{address}",),
            licenses=self.licenses(),
            license_states=states,
            plans=tuple(UserPlan(one, self.one(*_STATUSES)) for one in self.one((), _PLANS)),
            deleted_at=self.one(None, self.ago(0, 35)),
            created_at=self.one(None, self.ago(0, 100)),
            usage_location=self.one("DE", None),
            synced=self.one(*_EITHER),
        )

    def observation(self) -> Observation | None:
        with_first, at = self.one(*_EITHER), sorted(self.ago(0, 60) for _ in range(4))
        runs = (PlanRun(with_first, at[0], at[1]), PlanRun(not with_first, at[2], at[3]))
        lost = tuple(LostLicense(self.held(), at[1], at[2]) for _ in range(self.one(0, 1, 2)))
        purpose = self.one(None, "user", "shared")
        held = self.one((), (self.held(),))
        seen = Observation(USER_ID, self.one(runs, runs[:1], ()), held, lost, purpose=purpose)
        return self.one(None, seen)

    def content(self) -> LicenseContent:
        e3 = (AssignedLicense(ENTERPRISEPACK_ID),)
        return LicenseContent(self.one(None, (), e3, self.licenses()))

    def snapshot(self) -> Snapshot:
        statuses = (*_STATUSES, "Enabled")
        skus = tuple(
            replace(one, capability_status=self.one(*statuses), free_seats=self.one(0, 3))
            for one in self.one(_SKUS, _SKUS, _SKUS[1:], ())
        )
        records = [
            AuditRecord(
                USER_ID,
                self.ago(0, 31),
                self.one(*Activity),
                before=self.content(),
                after=self.content(),
                by_group=self.one(None, *_EITHER),
            )
            for _ in range(self.one(0, 1, 2))
        ]
        seen, evidence = self.observation(), evidence_of(records, skus)
        state, purpose = self.one(*MailboxState), self.one(None, "user", "shared", "others")
        answers = state is MailboxState.ANSWERS
        given = self.one(None, (), (AssignedLicense(ENTERPRISEPACK_ID),))
        standing, membership = self.one(*GroupStanding), self.one(*GroupMembership)
        group = Group("group", "Sales", standing, licenses=given, membership=membership)
        return Snapshot(
            self.person(),
            skus=skus,
            remembered=Remembered(seen, shows_deleted_licenses=self.one(*_EITHER)),
            audit=evidence,
            mailbox=MailboxSight(purpose, answers and purpose != "shared", state),
            known=known_licenses(seen, evidence.lost),
            groups=self.one((), (group,)),
            verified_domains=self.one(None, frozenset({"contoso.com"})),
        )

    def request(self) -> RestoreRequest:
        named = LicenseChoice(sku_ids=(self.one(*_IDS),))
        return a_request(
            kind=self.one(RestoreKind.MAILBOX, RestoreKind.USER, RestoreKind.LICENSE),
            license=self.one(None, None, named, LicenseChoice(all_lost=True)),
            license_removed_at=self.one(None, self.ago(-3, 40)),
            accept_unknown_window=self.one(*_EITHER),
            allow_synced=self.one(*_EITHER),
        )


@pytest.mark.parametrize("seed", range(4))
def test_there_is_a_decision_in_every_state(seed: int) -> None:
    """A plan or a reason, with all that its texts name; nothing is promised of what is unknown."""
    draw = _Draw(Random(seed))  # noqa: S311 - made-up states
    for _ in range(400):
        snapshot, request = draw.snapshot(), draw.request()
        policy = Policy(default_sku_ids=draw.one((), (ENTERPRISEPACK_ID,), ("gone",)))

        decision = decide(snapshot, request, policy, now=NOW, by=BY)

        told = preflight_of(decision, snapshot).findings
        assert [(item, unsaid(item)) for item in told if unsaid(item)] == []
        assert all(said(item).message for item in told)
        assert decision.ending is not None or decision.plan
        is_unknown = decision.window.verdict is WindowVerdict.UNKNOWN
        assert not (decision.may_promise and is_unknown)
