"""Name the states in which the walks begin, and what is done about them in the tenant."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from shared.domain.evidence.audit_records import AuditRecord, LicenseContent
from shared.domain.licensing.groups import Group, GroupMembership, GroupStanding
from shared.domain.licensing.held import Origin
from shared.domain.marks.do_not_restore import MarkRule
from shared.domain.observations.observation import Observation, PlanRun
from shared.domain.observations.rounds import RoundLog, RoundStretch
from shared.domain.person import AssignedLicense, LicenseState, Person, UserPlan
from shared.domain.requests.request import LicenseChoice
from shared.errors import AnsweredError, NotSentError
from shared.ports.watch import DeltaRound, StoredDeltaRound
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    USER_ID,
    a_deleted_person,
    a_person,
    a_sku,
    an_observation,
    because,
)
from tests.table.fixes.engine import Change
from tests.unit.world.people import DAY, UNLICENSED
from tests.unit.world.watched import unlicensed
from tests.unit.world.world import World

E3 = AssignedLicense(ENTERPRISEPACK_ID)
UNLISTED = AssignedLicense("c7df2760-2c81-4ef7-b578-5b5392b571df")
NAMED = LicenseChoice(sku_part_numbers=("ENTERPRISEPACK",))
ALIAS = "megan@contoso.com"
OTHER_ID = "11111111-2222-4333-8444-555555555555"
GROUP_ID = "22222222-2222-4333-8444-555555555555"
P1_ID = "4b9405b0-7788-4568-add1-99614e613b69"
P1_PLAN = "9aaf7827-d63c-4b61-89c3-182f06f82e5c"
FLOW_ID = "f30db892-07e9-47e9-837c-80727f46fd3d"
FLOW_PLAN = "50e68c76-46c6-4674-81f9-75456511b170"
P1 = a_sku(sku_id=P1_ID, part_number="EXCHANGESTANDARD", plan_ids=(P1_PLAN,))
FLOW = a_sku(sku_id=FLOW_ID, part_number="FLOW_FREE", plan_ids=(FLOW_PLAN,))
OTHER = a_person(
    id=OTHER_ID,
    user_principal_name="other@contoso.com",
    display_name="Somebody else",
    mail="other@contoso.com",
    proxy_addresses=("SMTP:other@contoso.com",),
)
LONG = 400


def both(*changes: Change) -> Change:
    """All of these, in this order."""

    def change(world: World) -> None:
        for one in changes:
            one(world)

    return change


def put(*people: Person) -> Change:
    """These people are there, in place of those with the same ids."""
    return lambda world: world.put(*people)


def deleted(**fields: Any) -> Change:
    """Megan is deleted, with the licence she had."""
    return put(a_deleted_person(**fields))


def active(**fields: Any) -> Change:
    """Megan is active and licensed."""
    return put(a_person(**fields))


def lost(**fields: Any) -> Change:
    """Megan lost her licence two days ago, as the service has seen."""
    return both(put(replace(UNLICENSED, **fields)), seen_with(lost_at=NOW - 2 * DAY))


def unknown_loss(**fields: Any) -> Change:
    """Megan has no licence, and nobody knows since when."""
    return put(replace(UNLICENSED, **fields))


def seen_with(*licenses: AssignedLicense, **fields: Any) -> Change:
    """What the service remembers of Megan."""

    def change(world: World) -> None:
        seen = an_observation(USER_ID, *(licenses or (E3,)), **fields)
        world.storage.observations.kept[USER_ID] = seen

    return change


def policy(**fields: Any) -> Change:
    """An administrator of the function app sets these."""

    def change(world: World) -> None:
        world.policy = replace(world.policy, **fields)

    return change


def fails(method: str, error: Exception, times: int = 1) -> Change:
    """Graph answers this, so many times."""

    def change(world: World) -> None:
        for _ in range(times):
            world.directory.fail_next(method, error)

    return change


def down(*methods: str) -> Change:
    """Graph does not answer these calls at all."""
    return both(*(fails(one, NotSentError(because("500")), LONG) for one in methods))


def says(status: int, message: str, *targets: str) -> AnsweredError:
    """A definitive "no" of Graph."""
    return AnsweredError(
        status=status,
        code="Request_BadRequest",
        message=message,
        details=tuple(("ObjectConflict", target) for target in targets),
        request_id="r-1",
    )


def other(**fields: Any) -> Change:
    """Somebody else is active, and is or has this."""
    return put(replace(OTHER, **fields))


def skus(*listed: Any) -> Change:
    """The tenant has these subscriptions and no others."""

    def change(world: World) -> None:
        world.directory._skus.clear()
        for sku in listed:
            world.directory.put_sku(sku)

    return change


def on(name: str, value: object) -> Change:
    """The directory has this attribute."""
    return lambda world: setattr(world.directory, name, value)


def of_group(**fields: Any) -> Change:
    """Megan has lost the licence that a group gave her; the group is like this now."""
    group = replace(
        Group(GROUP_ID, "Sales", GroupStanding.ACTIVE, licenses=(E3,), members=7), **fields
    )
    return both(
        put(UNLICENSED),
        seen_with(lost_at=NOW - 2 * DAY, groups={ENTERPRISEPACK_ID: GROUP_ID}),
        lambda world: world.directory.put_group(group),
    )


def in_group(how: GroupMembership) -> Change:
    """Megan is in the group like this."""

    def change(world: World) -> None:
        world.directory.memberships[GROUP_ID, USER_ID] = how

    return change


def group_error(error: str) -> Change:
    """The group cannot give Megan its licence, for this reason."""
    state = LicenseState(ENTERPRISEPACK_ID, GROUP_ID, "Error", error)
    return put(replace(UNLICENSED, license_states=(state,)))


def group_gives(world: World) -> None:
    """The group gives the licence, as it does by itself once nothing is in its way."""
    state = LicenseState(ENTERPRISEPACK_ID, GROUP_ID, "Active")
    world.put(a_person(license_states=(state,)))


def taken_by_a_group(world: World) -> None:
    """The log says that group-based licensing has taken Megan's licence away."""
    before, after = LicenseContent((E3,)), LicenseContent(())
    took = AuditRecord(USER_ID, NOW - 2 * DAY, before=before, after=after, by_group=True)
    world.directory.audit_records.append(took)


def granted(*permissions: str) -> Change:
    """These permissions are in the service's token."""

    def change(world: World) -> None:
        world.grants.permissions = frozenset(permissions)

    return change


def suspended(**fields: Any) -> Person:
    """Megan, whose subscription is not paid for."""
    return a_person(plans=(UserPlan(EXCHANGE_PLAN_ID, "Suspended"),), **fields)


def passes(time: Any) -> Change:
    """Time passes."""
    return lambda world: world.clock.advance(time)


def origin_unknown(world: World) -> None:
    """How the licence that was lost came to Megan nobody has seen."""
    kept = world.storage.observations.kept
    seen = kept[USER_ID]
    lost_ones = tuple(
        replace(one, license=replace(one.license, origin=Origin.UNKNOWN)) for one in seen.lost
    )
    kept[USER_ID] = replace(seen, lost=lost_ones)


def never_with(since: datetime) -> Change:
    """Megan was seen without a licence then and since, and never with one."""

    def change(world: World) -> None:
        run = PlanRun(False, since, since)  # noqa: FBT003 - without a plan
        world.storage.observations.kept[USER_ID] = Observation(USER_ID, (run,))

    return change


def forget_lag(world: World) -> None:
    """Everything that was changed shows now, and every mailbox is ready."""
    world.directory._before.clear()
    world.directory._mailbox_at.clear()


def silent(world: World) -> None:
    """Megan's mailbox does not answer."""
    world.directory._mailbox_at[USER_ID] = NOW + 99 * DAY


def answers_as(purpose: str | None) -> Change:
    """Megan's mailbox answers without a licence, too, and says that it is this."""

    def change(world: World) -> None:
        world.directory.purposes[USER_ID] = purpose
        world.directory.lingering.add(USER_ID)

    return change


def deleted_now(world: World) -> None:
    """Somebody deletes Megan."""
    world.put(replace(world.directory.person(USER_ID), deleted_at=world.clock.now()))


def unlicensed_now(world: World) -> None:
    """Somebody takes Megan's licence away."""
    world.put(unlicensed(world.directory.person(USER_ID)))


def marked(world: World) -> None:
    """Megan carries the value that says not to bring her back."""
    world.policy = replace(world.policy, do_not_restore=MarkRule(None, "jobTitle", "leaver"))
    world.directory.marks.values[USER_ID] = "leaver"


def marked_by_group(world: World) -> None:
    """Megan is a member of the group of those who are not to be brought back."""
    world.policy = replace(world.policy, do_not_restore=MarkRule(GROUP_ID))
    world.directory.memberships[GROUP_ID, USER_ID] = GroupMembership.DIRECT


def unmarked(world: World) -> None:
    """Whoever set the mark has taken it off."""
    world.directory.marks.values.clear()
    world.directory.memberships.clear()


def watched(world: World) -> None:
    """The service has looked every hour for sixty days."""
    looks = RoundStretch(NOW - 60 * DAY, NOW - timedelta(hours=1))
    seen = DeltaRound(log=RoundLog((looks,)))
    world.storage.rounds.stored = StoredDeltaRound(seen, None)


def lost_at(when: datetime) -> Change:
    """Megan lost her licence then, as the service has seen, which looked ever since."""
    return both(put(UNLICENSED), seen_with(lost_at=when), watched)
