"""Build the tenants of the rows in memory."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

from shared.domain.admin_roles import RoleSource
from shared.domain.evidence.audit_records import Activity, AuditRecord, LicenseContent
from shared.domain.licensing.groups import Group, GroupMembership, GroupStanding
from shared.domain.licensing.skus import Sku
from shared.domain.person import AssignedLicense, HolderKind, LicenseState, Person, UserPlan
from shared.ports.deps import Deps
from tests.fakes.clock import ManualClock
from tests.table.fake_directory import AUDIT_DAYS, TableDirectory
from tests.table.row import Effect, Json, Row, Then
from tests.table.stage import as_licenses
from tests.table.tenant import ALEX, E3, PLAN_1, Fault, Licensing, State, Subscription, User

# The roles of all may be read by whoever may read the whole directory, the eligible ones not.
_SEEN_WITHOUT = {
    False: frozenset({RoleSource.ACTIVE, RoleSource.ELIGIBLE}),
    True: frozenset({RoleSource.ELIGIBLE}),
}


class OnFakes:
    """The Directory of a row, in memory."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self.clock = ManualClock(row.now)
        self._fake = TableDirectory(row.state, self.clock)

    def port(self, name: str) -> Any:
        """The fake, which is every Graph port."""
        assert hasattr(Deps, name)
        return self._fake

    async def load(self) -> None:
        """Put the people and subscriptions in place."""
        state, fake = self._row.state, self._fake
        days = cast("float", state.switches.get("auditRetentionDays", AUDIT_DAYS))
        oldest = self._row.now - timedelta(days=days)
        for user in state.present:
            fake.put(_person(user, state))
            fake.purposes[user.id] = user.mailbox or "none"
            fake.roles[user.id] = user.roles
            fake.marks.values[user.id] = user.attribute or ""
            fake.eligible_roles[user.id] = user.eligible
            fake.group_roles[user.id] = user.group_roles
            if user.lost_at is not None and user.lost_at > self._row.now:
                fake.lives_until[user.id] = user.lost_at
            fake.license_changes[user.id] = [at for at in user.audited if at >= oldest]
            fake.license_hints[user.id] = [at for at in user.hinted if at >= oldest]
            fake.audit_records += [_update(user.id, at) for at in user.updated if at >= oldest]
        for sku in state.skus:
            fake.put_sku(
                Sku(
                    sku.id,
                    sku.part_number,
                    tuple(sku.plans),
                    sku.free,
                    sku.for_users,
                    capability_status=sku.status,
                )
            )
        for group in state.groups:
            self._put_group(group)
        seconds = {
            name: float(cast("float", value))
            for name, value in state.switches.items()
            if "Seconds" in name
        }
        fake.mailbox_delay = timedelta(seconds=seconds.get("mailboxDelaySeconds", 0))
        fake.replication_delay = timedelta(seconds=seconds.get("replicationDelaySeconds", 0))
        self._hide(state)
        if state.audit_busy:
            fake.faults.append(Fault("audit", 429, retry_after=10))

    def _hide(self, state: State) -> None:
        """What the service may not see."""
        fake = self._fake
        if "AuditLog.Read.All" in state.lacks or state.switches.get("auditForbidden"):
            fake.shows_audit = False
        if "RoleManagement.Read.Directory" in state.lacks:
            fake.hidden_roles = _SEEN_WITHOUT["Directory.Read.All" in state.has]
        fake.marks.tells_groups = "GroupMember.Read.All" not in state.lacks
        fake.marks.of_deleted = state.switches.get("deletedGroups", "told") == "told"
        if state.switches.get("organizationWithUserRead") is not False:
            fake.domains = frozenset({"contoso.com"})
        if "OrgContact.Read.All" in state.lacks:
            fake.blind.add(HolderKind.CONTACT)

    def _put_group(self, group: Licensing) -> None:
        """A group, and how the users are in it: directly, by a group in it, or not at all."""
        given = tuple(AssignedLicense(x.sku, x.disabled) for x in group.licenses)
        self._fake.put_group(
            Group(
                group.id,
                "Sales",
                GroupStanding.ACTIVE,
                group.rule,
                given,
                members=len(group.members),
            )
        )
        inner = {x.id: x.members for x in self._row.state.groups}
        for member in group.members:
            self._fake.memberships[group.id, member] = GroupMembership.DIRECT
            for nested in inner.get(member, ()):
                self._fake.memberships[group.id, nested] = GroupMembership.NESTED

    async def set_clock(self, now: datetime) -> None:
        """Let it be this time."""
        self.clock.advance(now - self.clock.now())

    async def happen(self, event: Then) -> None:
        """Let something happen behind everybody's back."""
        fake = self._fake
        match event.what:
            case "seat":
                self._give_back(fake.person(event.about))
            case "purge":
                for person in [x for x in fake._users.values() if x.is_deleted]:
                    fake.purge(person.id)
            case "delete" | "restore":
                deleted_at = self.clock.now() if event.what == "delete" else None
                fake.put(replace(fake.person(event.about), deleted_at=deleted_at))
            case "give":
                given = _person(PLAN_1, self._row.state)
                held = fake.person(event.about)
                fake.put(replace(held, licenses=given.licenses, plans=given.plans))
            case "name":
                fake.put(Person(ALEX, event.about, "Newcomer"))
            case "mend":
                fake.faults.clear()

    def _give_back(self, person: Person) -> None:
        for item in person.licenses:
            sku = self._fake._skus[item.sku_id]
            self._fake.put_sku(replace(sku, free_seats=sku.free_seats + 1))
        self._fake.put(replace(person, licenses=(), license_states=(), plans=()))
        self._give_waiting({item.sku_id for item in person.licenses})

    def _give_waiting(self, sku_ids: set[str]) -> None:
        """Let groups give what is free now to those who lack nothing else."""
        for person in self._fake.people:
            waiting = [x for x in person.license_states if x.wants_seat and x.sku_id in sku_ids]
            for state in waiting:
                sku = self._fake._skus[state.sku_id]
                self._fake.put_sku(replace(sku, free_seats=sku.free_seats - 1))
                self._fake.put(
                    replace(
                        person,
                        licenses=(*person.licenses, AssignedLicense(sku.sku_id)),
                        license_states=(replace(state, state="Active", error=None),),
                        plans=tuple(map(UserPlan, sku.plan_ids)),
                    )
                )

    async def sent(self) -> tuple[Effect, ...]:
        """Every effect sent."""
        return tuple(self._fake.sent)

    async def made(self) -> tuple[int, int]:
        """Every effect made."""
        given = self._fake.assigned.total() + self._fake.taken_off.total()
        return self._fake.restored.total(), given

    async def traces(self) -> object:
        """All that a change would change."""
        return dict(self._fake._users), dict(self._fake._skus), tuple(self._fake.sent)

    async def user(self, user_id: str) -> Json | None:
        """The user as it truly is."""
        person = self._fake._users.get(user_id)
        if person is None:
            return None
        return {
            "deleted": person.is_deleted,
            "upn": person.user_principal_name,
            "enabled": person.account_enabled,
            "addresses": person.proxy_addresses,
            "licenses": as_licenses({x.sku_id: x.disabled_plans for x in person.licenses}),
        }


def _person(user: User, state: State) -> Person:
    skus = {sku.id: sku for sku in state.skus}
    return Person(
        id=user.id,
        user_principal_name=user.upn,
        display_name=user.name,
        mail=user.mail,
        proxy_addresses=user.addresses,
        deleted_at=user.deleted_at,
        usage_location=user.usage_location,
        synced=user.synced,
        employee_id=user.employee_id,
        immutable_id=user.anchor,
        account_enabled=user.enabled,
        licenses=tuple(AssignedLicense(x.sku, x.disabled) for x in user.licenses if not x.error),
        license_states=tuple(
            LicenseState(x.sku, x.group, "Error" if x.error else "Active", x.error)
            for x in user.licenses
        ),
        plans=tuple(
            UserPlan(plan)
            for x in user.licenses
            if not x.error
            for plan in _plans(skus.get(x.sku))
            if plan not in x.disabled
        ),
    )


def _update(user_id: str, at: datetime) -> AuditRecord:
    before, after = LicenseContent((AssignedLicense(E3.id),)), LicenseContent(())
    return AuditRecord(user_id, at, Activity.UPDATE_USER, before=before, after=after)


def _plans(sku: Subscription | None) -> tuple[str, ...]:
    return tuple(sku.plans) if sku else ()
