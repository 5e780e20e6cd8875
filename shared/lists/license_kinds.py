"""Work out once what the licences of many deleted people are worth: most have the same few."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from shared.domain.licensing.exchange_plans import MAILBOX_PLANS
from shared.domain.licensing.held import (
    HeldLicense,
    MailboxPlan,
    held_licenses,
    mailbox_plan,
)
from shared.domain.licensing.skus import Sku, carries_exchange, carries_mailbox, is_unlisted
from shared.domain.lists.losses import ListedLicense
from shared.domain.person import AssignedLicense, LicenseState, Person, UserPlan

# More than any tenant has; whoever is beyond is worked out alone.
_MOST_KINDS = 1_000


@dataclass(frozen=True, slots=True)
class LicenseKind:
    """Whether the licences of somebody deleted carry a mailbox, and which of them are listed."""

    plan: MailboxPlan
    listed: tuple[ListedLicense, ...]


type _Key = tuple[tuple[AssignedLicense, ...], tuple[LicenseState, ...], tuple[UserPlan, ...]]


@dataclass(frozen=True, slots=True)
class LicenseKinds:
    """The kinds that were seen, for the SKUs of one tenant at one moment."""

    skus: tuple[Sku, ...]
    _known: dict[_Key, LicenseKind] = field(default_factory=dict)

    def of(self, person: Person) -> LicenseKind:
        """The kind of this deleted person."""
        # Of a hundred plans these few alone tell of a mailbox.
        plans = tuple(plan for plan in person.plans if plan.plan_id in MAILBOX_PLANS)
        key = (person.licenses, person.license_states, plans)
        known = self._known.get(key)
        if known is not None:
            return known
        kind = self._worked_out(person)
        if len(self._known) < _MOST_KINDS:
            self._known[key] = kind
        return kind

    def _worked_out(self, person: Person) -> LicenseKind:
        plan = mailbox_plan(person, self.skus)
        if plan is MailboxPlan.NONE:
            return LicenseKind(plan, ())
        held = held_licenses(person.licenses, person.license_states)
        return LicenseKind(plan, listed_licenses(held, self.skus, {}))


def listed_licenses(
    held: Iterable[HeldLicense],
    skus: tuple[Sku, ...],
    groups: Mapping[str, str | None],
    still_there: Collection[str] = (),
) -> tuple[ListedLicense, ...]:
    """Those of the licences that carry a mailbox or an archive.

    Where none carries a mailbox, those that the tenant lists no more are among them: the mailbox
    came by one of these, and nobody can look up by which. `groups`: by which group each came, where
    the licence itself does not tell. `still_there`: the SKUs that the person has at this moment.
    """
    found: dict[str, ListedLicense] = {}
    for one in _of_exchange(tuple(held), skus):
        group = next(iter(one.group_ids), groups.get(one.sku_id))
        found[one.sku_id] = ListedLicense(one.sku_id, group, one.sku_id in still_there)
    return tuple(found.values())


def _of_exchange(held: tuple[HeldLicense, ...], skus: tuple[Sku, ...]) -> Iterator[HeldLicense]:
    yield from (one for one in held if carries_exchange(one.license, skus))
    if not any(carries_mailbox(one.license, skus) for one in held):
        yield from (one for one in held if is_unlisted(one.license, skus))
