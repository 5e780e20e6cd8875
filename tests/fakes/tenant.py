"""Hold the tenant of FakeDirectory: users, seats, mailboxes, and what changes do to them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from shared.domain.admin_roles import AdminRoles, RoleSource
from shared.domain.evidence.audit_records import (
    Activity,
    AuditRecord,
    LicenseContent,
    LogRefusal,
)
from shared.domain.licensing.exchange_plans import MAILBOX_PLANS
from shared.domain.licensing.groups import Group, GroupMembership, GroupStanding
from shared.domain.licensing.skus import Sku
from shared.domain.marks.do_not_restore import MarkLook, MarkRule
from shared.domain.person import (
    AssignedLicense,
    Conflict,
    ConflictLook,
    ConflictProperty,
    HolderKind,
    LicenseState,
    Person,
    UserPlan,
)
from shared.ports.audit_log import AuditLogPage
from shared.ports.clock import Clock
from shared.ports.directory import Done, NearName, SearchHits
from tests.fakes import refusals

_RETENTION = timedelta(days=30)
_UNLICENSED_PURPOSES = frozenset({"shared", "room", "equipment"})


@dataclass(frozen=True, slots=True)
class FakeMailbox:
    """What the fake answers for a mailbox."""

    is_there: bool
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class FakeHolder:
    """Somebody or something that holds addresses, and perhaps a name or an anchor."""

    id: str
    name: str
    kind: HolderKind
    addresses: frozenset[str]
    upn: str = ""
    anchor: str | None = None
    employee_id: str | None = None

    def clashes(
        self, names: dict[str, str], addresses: set[str], anchor: str | None
    ) -> Iterator[Conflict]:
        """What of this it holds."""
        who = (self.id, self.name, self.kind)
        for name in sorted(names):
            if name == self.upn or (name in self.addresses and name not in addresses):
                yield Conflict(
                    ConflictProperty.UPN, names[name], *who, holder_employee_id=self.employee_id
                )
        for address in sorted(addresses & {self.upn, *self.addresses}):
            is_name = address not in self.addresses
            yield Conflict(
                ConflictProperty.ADDRESS,
                address,
                *who,
                is_name=is_name,
                holder_employee_id=self.employee_id,
            )
        if anchor and anchor == self.anchor:
            yield Conflict(
                ConflictProperty.IMMUTABLE_ID, anchor, *who, holder_employee_id=self.employee_id
            )


@dataclass(slots=True)
class FakeMarks:
    """What people carry in the property of the mark, by user id, and what of it is told."""

    values: dict[str, str] = field(default_factory=dict)
    are_told: bool = True
    tells_groups: bool = True
    of_deleted: bool = True
    """Whether the groups of deleted users are told, too."""


_WITH_E3 = LicenseContent((AssignedLicense("6fd2c87f-b296-42f0-b197-1e91e994b900"),))


class FakeTenant:
    """What a test sets up, and the effects counted by user.

    `put`, `put_sku`, `roles`, `license_changes` (the log tells that E3 went) and `license_hints`
    (it tells that some licence was changed) by user id, `purposes` (userPurpose by user id),
    `mailbox_delay` and `replication_delay`; a value of None in `roles`, `shows_audit` False,
    the mailboxes of those in `lingering` answer without a licence;
    `tells_conflicts` False and the kinds in `blind` stand for what Graph will not say. A page of
    the audit log has `audit_page_size` entries, newest first. The SKUs in `seat_refusals` have no
    seat whatever the count says. `groups` not put are unknown; `domains` of None are not told; a
    name outside `real_domains` is refused.
    """

    def __init__(self, clock: Clock) -> None:
        self.restored, self.assigned = Counter[str](), Counter[str]()
        self.taken_off, self.deleted_again = Counter[str](), Counter[str]()
        self.roles: dict[str, tuple[str, ...] | None] = {}
        self.license_changes: dict[str, list[datetime]] = {}
        self.license_hints: dict[str, list[datetime]] = {}
        self.audit_records: list[AuditRecord] = []
        self.eligible_roles: dict[str, tuple[str, ...]] = {}
        self.group_roles: dict[str, tuple[str, ...]] = {}
        self.marks = FakeMarks()
        self.hidden_roles: frozenset[RoleSource] = frozenset()
        self.memberships: dict[tuple[str, str], GroupMembership] = {}
        self.holders: list[FakeHolder] = []
        self.blind: set[HolderKind] = set()
        self.shows_audit = True
        self.groups: dict[str, Group] = {}
        self.domains: frozenset[str] | None = None
        self.real_domains: frozenset[str] | None = None
        self.audit_page_size = 1000
        self.purposes: dict[str, str | None] = {}
        self.lives_until: dict[str, datetime] = {}
        """Until when a mailbox answers whatever its user's licences are."""
        self.tells_conflicts = True
        self.lingering, self.seat_refusals = set[str](), set[str]()
        self.mailbox_delay = timedelta(0)
        self.replication_delay = timedelta(0)
        self._clock = clock
        self._users: dict[str, Person] = {}
        self._skus: dict[str, Sku] = {}
        self._before: dict[str, tuple[Person, datetime]] = {}
        self._mailbox_at: dict[str, datetime] = {}

    def put(self, person: Person) -> None:
        """Add a user, or put it in place of the one with its id; deleted if `deleted_at` is set."""
        self._users[person.id] = person

    def purge(self, user_id: str) -> None:
        """Take a user away for good."""
        del self._users[user_id]

    def put_group(self, group: Group) -> None:
        """Let Graph show this group."""
        self.groups[group.id] = group

    def put_sku(self, sku: Sku) -> None:
        """Add a subscription; its `free_seats` are the seats free now."""
        self._skus[sku.sku_id] = sku

    def drop_sku(self, sku_id: str) -> None:
        """List a subscription no more."""
        del self._skus[sku_id]

    @property
    def people(self) -> list[Person]:
        """Every user, active and deleted, in the order in which they were put."""
        return list(self._users.values())

    def person(self, user_id: str) -> Person:
        """The user as it truly is."""
        return self._users[user_id]

    def everyone(self) -> tuple[Person, ...]:
        """All users, active and deleted, as they truly are."""
        return tuple(self._users.values())

    def seen(self, user_id: str, *, deleted: bool) -> Person | None:
        """The user as a read by id shows it, on one side or the other."""
        person = self._users.get(user_id.lower())
        old, until = self._before.get(user_id.lower(), (None, None))
        if until is not None and self._clock.now() < until:
            person = old
        return person if person is not None and person.is_deleted == deleted else None

    def _active(self) -> list[Person]:
        return [person for person in self._users.values() if not person.is_deleted]

    def hits(self, name: str) -> SearchHits:
        """Active users by UPN, else by address; deleted ones by either (lower case)."""
        active = self._active()
        by_upn = [p.id for p in active if p.user_principal_name.lower() == name]
        called = by_upn or [p.id for p in active if name in addresses_of(p)]
        deleted = [
            person.id
            for person in self._users.values()
            if person.is_deleted
            and name in {person.user_principal_name.lower(), *addresses_of(person)}
        ]
        return SearchHits(tuple(called), tuple(deleted))

    def near_to(self, name: str) -> tuple[NearName, ...]:
        """Whose name begins or ends with nearly the same word, and is much alike."""
        if "," in name and "@" not in name:
            name = " ".join(reversed([part.strip() for part in name.split(",", 1)]))
        local, _, domain = name.lower().partition("@")
        word, *rest = re.split(r"\W+", local)
        prefix = word[: max(3, len(word) - 2)]
        ending = f"{rest[-1] if rest else word[2:]}@{domain}"
        likeness = {
            NearName(p.id, p.user_principal_name, p.display_name, p.deleted_at): max(
                SequenceMatcher(None, plain(name), plain(one)).ratio()
                for one in (p.user_principal_name, p.display_name or "")
            )
            for p in self._users.values()
            for upn in (p.user_principal_name.lower(),)
            if len(word) > 2 and (upn.startswith(prefix) or upn.endswith(ending))
        }
        near = sorted(likeness, key=lambda one: (-likeness[one], one.id))
        return tuple(one for one in near if likeness[one] >= 0.75)[:5]

    def clashes(self, person: Person, also_upn: str | None) -> ConflictLook:
        """What active users, groups and contacts hold of this person."""
        blind = set(self.blind) | (set() if self.tells_conflicts else {HolderKind.USER})
        found: list[Conflict] = []
        names = {name.lower(): name for name in (also_upn, person.user_principal_name) if name}
        for holder in self._holders(person):
            if holder.kind not in blind:
                found += holder.clashes(names, addresses_of(person), person.immutable_id)
        return ConflictLook(tuple(found), frozenset(blind))

    def _holders(self, person: Person) -> list["FakeHolder"]:
        users = [
            FakeHolder(
                other.id,
                other.display_name or other.user_principal_name,
                HolderKind.USER,
                frozenset(smtp_addresses(other)),
                other.user_principal_name.lower(),
                other.immutable_id,
                other.employee_id,
            )
            for other in self._active()
            if other.id != person.id
        ]
        return [*users, *self.holders]

    def audit_page(self, since: datetime, link: str | None) -> AuditLogPage | LogRefusal:
        """One page of the licence changes of everybody."""
        bare = [
            AuditRecord(user_id, at)
            for user_id, instants in self.license_hints.items()
            for at in instants
        ]
        bare += [
            AuditRecord(user_id, at, before=_WITH_E3, after=LicenseContent(()))
            for user_id, instants in self.license_changes.items()
            for at in instants
        ]
        told = [one for one in self.audit_records if one.activity is Activity.CHANGE_LICENSE]
        return self._page([*bare, *told], since, link)

    def updates_page(
        self, user_id: str, since: datetime, link: str | None
    ) -> AuditLogPage | LogRefusal:
        """One page of the other records of one user."""
        told = [
            one
            for one in self.audit_records
            if one.activity is Activity.UPDATE_USER and one.user_id == user_id
        ]
        return self._page(told, since, link)

    def _page(
        self, records: list[AuditRecord], since: datetime, link: str | None
    ) -> AuditLogPage | LogRefusal:
        if not self.shows_audit:
            return LogRefusal.PERMISSION
        entries = sorted((one for one in records if one.at >= since), key=lambda one: one.at)
        entries.reverse()
        start, size = int(link or 0), self.audit_page_size
        more = start + size < len(entries)
        return AuditLogPage(
            tuple(entries[start : start + size]), str(start + size) if more else None
        )

    def roles_of(self, user_id: str, *, is_deleted: bool) -> AdminRoles:
        """The roles of a user; of a deleted one no memberships show."""
        held = {
            RoleSource.ACTIVE: self.roles.get(user_id) or (),
            RoleSource.ELIGIBLE: self.eligible_roles.get(user_id, ()),
            RoleSource.GROUPS: self.group_roles.get(user_id, ()),
        }
        blind = set(self.hidden_roles)
        blind |= {RoleSource.ACTIVE} if self.roles.get(user_id, ()) is None else set()
        blind |= {RoleSource.GROUPS} if is_deleted else set()
        seen = [role for source, roles in held.items() if source not in blind for role in roles]
        return AdminRoles(tuple(seen), frozenset(blind))

    def group_of(self, group_id: str, user_id: str | None) -> Group:
        """The group, and how the user is in it."""
        group = self.groups.get(group_id, Group(group_id))
        if user_id is None or group.standing is not GroupStanding.ACTIVE:
            return group
        membership = self.memberships.get((group_id, user_id), GroupMembership.NONE)
        return replace(group, membership=membership)

    def mark_of(self, person: Person, rule: MarkRule) -> MarkLook:
        """Whether the person carries the mark; groups tell nothing about a deleted one by a no."""
        if person.id not in self._users:
            return MarkLook(None, None)
        has_value = self.marks.are_told and rule.is_carried_by(self.marks.values.get(person.id))
        if rule.group_id is None:
            return MarkLook(has_value if self.marks.are_told else None)
        membership = self.memberships.get((rule.group_id, person.id), GroupMembership.NONE)
        is_member = membership in {GroupMembership.DIRECT, GroupMembership.NESTED}
        is_told = self.marks.tells_groups and (not person.is_deleted or self.marks.of_deleted)
        if not is_told or (person.is_deleted and not is_member):
            return MarkLook(has_value if self.marks.are_told else None, None)
        return MarkLook(has_value, is_member)

    def mailbox_of(self, user_id: str) -> FakeMailbox:
        """Whether the mailbox answers by now."""
        person = self.seen(user_id, deleted=False)
        purpose = self.purposes.get(user_id, "user")
        lives_until = self.lives_until.get(user_id)
        if lives_until is not None and self._clock.now() < lives_until:
            return FakeMailbox(is_there=True, purpose=purpose)
        is_entitled = person is not None and (
            purpose in _UNLICENSED_PURPOSES
            or user_id in self.lingering
            or MAILBOX_PLANS.intersection(person.enabled_plans)
        )
        ready_at = self._mailbox_at.get(user_id)
        if not is_entitled or (ready_at is not None and self._clock.now() < ready_at):
            return FakeMailbox(is_there=False)
        return FakeMailbox(is_there=True, purpose=purpose)

    def restore(self, user_id: str, new_upn: str | None, *, drop: bool) -> Done:
        """Bring a deleted user back, or raise what Graph would answer."""
        person = self._users.get(user_id)
        if person is None or person.deleted_at is None or self._is_past(person.deleted_at):
            raise refusals.not_found(user_id)
        if self.roles.get(user_id):
            raise refusals.denied()
        upn = new_upn or person.user_principal_name
        self._check_domain(upn)
        taken = self._taken_addresses(person)
        targets = [
            *(["userPrincipalName"] if self._is_upn_taken(upn) else []),
            *(["proxyAddresses"] if taken and not drop else []),
        ]
        if targets:
            raise refusals.conflict(targets)
        restored = replace(_without(person, taken), user_principal_name=upn, deleted_at=None)
        self._change(restored)
        for license_ in restored.licenses:
            self._take_seat(license_.sku_id)
        self.restored[user_id] += 1
        return Done(f"restore-{self.restored.total()}")

    def assign(self, user_id: str, licenses: tuple[AssignedLicense, ...]) -> Done:
        """Set licences, or raise what Graph would answer."""
        person = self._users.get(user_id)
        if person is None or person.is_deleted:
            raise refusals.not_found(user_id)
        held = {item.sku_id: item for item in person.licenses}
        self._check_skus(licenses)
        if not person.usage_location:
            raise refusals.bad_request(refusals.NO_LOCATION)
        new = [item.sku_id for item in licenses if item.sku_id not in held]
        for sku_id in new:
            if self._skus[sku_id].free_seats <= 0 or sku_id in self.seat_refusals:
                text = f"Subscription with SKU {sku_id} does not have any available licenses."
                raise refusals.bad_request(text)
        for sku_id in new:
            self._take_seat(sku_id)
        licensed = self._with_licenses(person, held | {item.sku_id: item for item in licenses})
        self._change(licensed)
        self.assigned[user_id] += 1
        return Done(f"assign-{self.assigned.total()}")

    def take_off(
        self, user_id: str, sku_ids: tuple[str, ...], before: tuple[AssignedLicense, ...]
    ) -> Done:
        """Take licences off, or raise what Graph would answer."""
        person = self._users.get(user_id)
        if person is None or person.is_deleted:
            raise refusals.not_found(user_id)
        held = {item.sku_id: item for item in person.licenses if item.sku_id not in sku_ids}
        held |= {item.sku_id: item for item in before}
        for sku_id in set(sku_ids) - held.keys():
            self._give_seat_back(sku_id)
        self._change(self._with_licenses(person, held))
        self.taken_off[user_id] += 1
        return Done(f"remove-{self.taken_off.total()}")

    def delete(self, user_id: str) -> Done:
        """Delete an active user, or raise what Graph would answer."""
        person = self._users.get(user_id)
        if person is None or person.is_deleted:
            raise refusals.not_found(user_id)
        if self.roles.get(user_id):
            raise refusals.denied()
        self._change(replace(person, deleted_at=self._clock.now()))
        self.deleted_again[user_id] += 1
        return Done(f"delete-{self.deleted_again.total()}")

    def _check_domain(self, upn: str) -> None:
        if self.real_domains is not None and upn.rpartition("@")[2] not in self.real_domains:
            raise refusals.bad_request(refusals.LOST_DOMAIN)

    def _check_skus(self, licenses: tuple[AssignedLicense, ...]) -> None:
        for item in licenses:
            sku = self._skus.get(item.sku_id)
            if sku is None:
                text = f"License {item.sku_id} does not correspond to a valid company License."
                raise refusals.bad_request(text)
            if not sku.for_users:
                raise refusals.bad_request(f"License {item.sku_id} cannot be assigned to a user.")
            for plan in set(item.disabled_plans) - set(sku.plan_ids):
                text = f"Service plan {plan} does not belong to the subscription {item.sku_id}."
                raise refusals.bad_request(text)

    def _with_licenses(self, person: Person, held: dict[str, AssignedLicense]) -> Person:
        plans = {
            plan: None
            for item in held.values()
            # A licence that the tenant does not list shows none of its plans.
            for plan in (self._skus[item.sku_id].plan_ids if item.sku_id in self._skus else ())
            if plan not in item.disabled_plans
        }
        groups = {state.sku_id: state for state in person.license_states}
        states = (groups.get(sku_id, LicenseState(sku_id, None, "Active")) for sku_id in held)
        return replace(
            person,
            licenses=tuple(held.values()),
            license_states=tuple(states),
            plans=tuple(map(UserPlan, plans)),
        )

    def _change(self, person: Person) -> None:
        now = self._clock.now()
        self._before[person.id] = (self._users[person.id], now + self.replication_delay)
        self._mailbox_at[person.id] = now + self.mailbox_delay
        self._users[person.id] = person

    def _take_seat(self, sku_id: str) -> None:
        sku = self._skus.get(sku_id)
        if sku is not None:
            self._skus[sku_id] = replace(
                sku, free_seats=sku.free_seats - 1, consumed_units=sku.consumed_units + 1
            )

    def _give_seat_back(self, sku_id: str) -> None:
        sku = self._skus.get(sku_id)
        if sku is not None:
            self._skus[sku_id] = replace(
                sku, free_seats=sku.free_seats + 1, consumed_units=sku.consumed_units - 1
            )

    def _is_past(self, deleted_at: datetime) -> bool:
        return self._clock.now() >= deleted_at + _RETENTION

    def _is_upn_taken(self, upn: str) -> bool:
        return any(person.user_principal_name.lower() == upn.lower() for person in self._active())

    def _taken_addresses(self, person: Person) -> set[str]:
        held = set[str]().union(*(smtp_addresses(other) for other in self._active()))
        return smtp_addresses(person) & held


def plain(name: str) -> str:
    """What a name is compared by: the words before the @."""
    return " ".join(re.findall(r"[^\W_]+", name.lower().partition("@")[0]))


def addresses_of(person: Person) -> set[str]:
    """The person's mail addresses in lower case."""
    return smtp_addresses(person) | ({person.mail.lower()} if person.mail else set())


def smtp_addresses(person: Person) -> set[str]:
    """The person's SMTP addresses in lower case, without the prefix."""
    return {
        address[len("smtp:") :].lower()
        for address in person.proxy_addresses
        if address.lower().startswith("smtp:")
    }


def _without(person: Person, addresses: set[str]) -> Person:
    kept = tuple(
        address
        for address in person.proxy_addresses
        if address.partition(":")[2].lower() not in addresses
    )
    mail = None if (person.mail or "").lower() in addresses else person.mail
    return replace(person, proxy_addresses=kept, mail=mail)
