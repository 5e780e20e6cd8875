"""The tenant behind FakeDirectory: users, seats and mailboxes, and what effects do to them."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.licensing.choice import MAILBOX_PLANS, Sku
from shared.domain.licensing.groups import Group
from shared.domain.person import (
    AssignedLicense,
    Conflict,
    ConflictProperty,
    LicenseState,
    Person,
    UserPlan,
)
from shared.domain.watch.audit_cursor import LicenseChange
from shared.ports.audit_log import AuditLogPage
from shared.ports.clock import Clock
from shared.ports.directory import Done
from tests.fakes import refusals

_RETENTION = timedelta(days=30)
_UNLICENSED_PURPOSES = frozenset({"shared", "room", "equipment"})


@dataclass(frozen=True, slots=True)
class FakeMailbox:
    """What the fake answers for a mailbox."""

    is_there: bool
    purpose: str | None = None


class FakeTenant:
    """What a test sets up, and the effects counted by user.

    `put`, `put_sku`, `roles`, `license_changes`, `purposes` (userPurpose by user id),
    `mailbox_delay` and `replication_delay`; a value of None in `roles`, `shows_audit` False and
    `tells_conflicts` False stand for what Graph will not say. A page of the audit log has
    `audit_page_size` entries, newest first. The SKUs in `seat_refusals` have no seat whatever the
    count says. `groups` not put are unknown; `domains` of None are not told;
    a name outside `real_domains` is refused.
    """

    def __init__(self, clock: Clock) -> None:
        self.restored: Counter[str] = Counter()
        self.assigned: Counter[str] = Counter()
        self.roles: dict[str, tuple[str, ...] | None] = {}
        self.license_changes: dict[str, list[datetime]] = {}
        self.shows_audit = True
        self.groups: dict[str, Group] = {}
        self.domains: frozenset[str] | None = None
        self.real_domains: frozenset[str] | None = None
        self.audit_page_size = 1000
        self.purposes: dict[str, str] = {}
        self.tells_conflicts = True
        self.seat_refusals: set[str] = set()
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

    def find_active(self, name: str) -> tuple[str, ...]:
        """Active users by UPN, else by address (lower case)."""
        by_upn = [p.id for p in self._active() if p.user_principal_name.lower() == name]
        return tuple(by_upn or [p.id for p in self._active() if name in smtp_addresses(p)])

    def find_deleted(self, name: str) -> tuple[str, ...]:
        """Deleted users by UPN, mail or alias (lower case)."""
        return tuple(
            person.id
            for person in self._users.values()
            if person.is_deleted
            and name
            in {
                person.user_principal_name.lower(),
                (person.mail or "").lower(),
                *smtp_addresses(person),
            }
        )

    def clashes(self, person: Person, also_upn: str | None) -> tuple[Conflict, ...] | None:
        """What active users hold of this person."""
        if not self.tells_conflicts:
            return None
        found = []
        names = {name.lower(): name for name in (also_upn, person.user_principal_name) if name}
        wanted = smtp_addresses(person) | ({person.mail.lower()} if person.mail else set())
        for other in self._active():
            if other.id == person.id:
                continue
            who = (other.id, other.display_name or other.user_principal_name)
            if other.user_principal_name.lower() in names:
                name = names[other.user_principal_name.lower()]
                found.append(Conflict(ConflictProperty.UPN, name, *who))
            clashing = sorted(wanted & smtp_addresses(other))
            found += [Conflict(ConflictProperty.ADDRESS, item, *who) for item in clashing]
        return tuple(found)

    def audit_page(self, since: datetime, link: str | None) -> AuditLogPage | None:
        """One page of the audit log."""
        if not self.shows_audit:
            return None
        entries = [
            LicenseChange(user_id, at)
            for user_id, instants in self.license_changes.items()
            for at in instants
            if at >= since
        ]
        entries.sort(key=lambda entry: entry.at, reverse=True)
        start, size = int(link or 0), self.audit_page_size
        more = start + size < len(entries)
        return AuditLogPage(
            tuple(entries[start : start + size]), str(start + size) if more else None
        )

    def mailbox_of(self, user_id: str) -> FakeMailbox:
        """Whether the mailbox answers by now."""
        person = self.seen(user_id, deleted=False)
        purpose = self.purposes.get(user_id, "user")
        is_entitled = person is not None and (
            purpose in _UNLICENSED_PURPOSES or MAILBOX_PLANS.intersection(person.enabled_plans)
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
            for plan in self._skus[item.sku_id].plan_ids
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

    def _is_past(self, deleted_at: datetime) -> bool:
        return self._clock.now() >= deleted_at + _RETENTION

    def _is_upn_taken(self, upn: str) -> bool:
        return any(person.user_principal_name.lower() == upn.lower() for person in self._active())

    def _taken_addresses(self, person: Person) -> set[str]:
        held = set[str]().union(*(smtp_addresses(other) for other in self._active()))
        return smtp_addresses(person) & held


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
