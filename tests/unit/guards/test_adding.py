"""Adding a guard: the person is looked up at once, and what can never work is said."""

from dataclasses import replace

import pytest

from shared.domain.guards.guard import Guard, GuardAct, GuardState
from shared.domain.licensing.groups import GroupMembership
from shared.domain.marks.do_not_restore import MarkRule
from shared.domain.person import AssignedLicense, LicenseState, Person
from shared.domain.requests.request import RestoreKind
from shared.domain.requests.roles import Role
from shared.domain.snapshot import Policy
from shared.errors import UNREADABLE_ANSWER, AnsweredError, DirectoryUnavailableError, NotSentError
from shared.guards.orders import add_guard
from shared.guards.rounds import keep_guards
from shared.texts.reader import Reader
from tests.builders import ENTERPRISEPACK_ID, NOW, UPN, USER_ID, a_deleted_person, a_person, because
from tests.reading import said
from tests.unit.world.guarded import BY, HOUR, an_order, begun, finish_all, one_look, seen, tick
from tests.unit.world.people import world_with
from tests.unit.world.world import World

UNLICENSED = a_person(licenses=(), license_states=(), plans=())
MIGRATION = AssignedLicense("946ce899-873d-44bb-9d8b-671870cbfdbf")
MOVED = a_person(licenses=(*a_person().licenses, MIGRATION))
OTHER_ID = "99999999-0000-4000-8000-000000000009"
GROUP = (LicenseState(ENTERPRISEPACK_ID, "a-group", "Active"),)


async def added(world: World, **fields: object) -> Guard:
    """A guard that was just added."""
    return (await add_guard(an_order(**fields), BY, world.deps)).guard


def codes(guard: Guard) -> list[str]:
    """What a restore would be refused with."""
    return [finding.code for finding in guard.findings]


async def test_somebody_who_is_well() -> None:
    """Known by id, seen, and nothing speaks against a restore."""
    world = world_with(a_person())

    guard = await added(world)

    assert (guard.user_id, guard.state, guard.last_seen_at) == (
        USER_ID,
        GuardState.WATCHING,
        NOW,
    )
    assert guard.findings == ()
    assert world.storage.observations.kept[USER_ID].known.licenses == a_person().licenses


async def test_nobody_is_called_so() -> None:
    """Unresolved, and it says so at once; so does a name of two people."""
    world = world_with(a_person())
    nobody = await added(world, user="nobody@contoso.com")
    twin = a_person(id=f"{1:08d}{USER_ID[8:]}", user_principal_name="b@contoso.com", mail=UPN)
    both = await added(world_with(a_person(user_principal_name="a@contoso.com"), twin))

    assert (nobody.state, codes(nobody)) == (GuardState.UNRESOLVED, ["user-not-found"])
    assert (both.state, codes(both)) == (GuardState.UNRESOLVED, ["ambiguous-user"])


async def test_who_is_nearly_called_so_is_named_and_the_new_guard_finds_them() -> None:
    """To who may read it; the way on is a guard with that name, which this one never becomes."""
    world = world_with(a_person())
    guard = await added(world, user="megan.bown@contoso.com")
    (finding,) = guard.findings

    assert (guard.state, finding.text.variant) == (GuardState.UNRESOLVED, "guard-similar")
    assert f"({UPN})" in said(finding).message
    assert "remove this guard and add one with the user name in brackets" in said(finding).fix
    assert UPN not in said(finding, Reader(roles=frozenset({Role.ADMIN}))).message
    assert (await added(world, user=UPN)).state is GuardState.WATCHING


@pytest.mark.parametrize(
    ("user", "told"),
    [
        ("nobody@contoso.com", "looked up again about once an hour"),
        ("8d3f1c0e-5a54-4b0e-9a3c-2f6f0f8b7a11", "has the object ID"),
    ],
)
async def test_the_fix_of_a_guard_of_nobody_is_about_the_guard(user: str, told: str) -> None:
    """Not about a request that is to be sent again."""
    (finding,) = (await added(world_with(a_person()), user=user)).findings

    assert told in said(finding).message
    assert "remove this guard and add one" in said(finding).fix
    assert "request" not in said(finding).fix


@pytest.mark.parametrize(
    ("person", "kind", "expected"),
    [
        (a_person(synced=True), RestoreKind.MAILBOX, ["synced-from-on-premises"]),
        (a_person(synced=True), RestoreKind.LICENSE, []),
        (a_person(license_states=GROUP), RestoreKind.MAILBOX, ["license-from-group"]),
        (a_person(license_states=GROUP), RestoreKind.USER, []),
        (UNLICENSED, RestoreKind.USER, []),
        (MOVED, RestoreKind.MAILBOX, ["license-unknown", "moved-to-another-tenant"]),
    ],
    ids=["synced", "synced licence", "group", "group user", "user", "moved"],
)
async def test_what_a_loss_would_be_refused_with(
    person: Person, kind: RestoreKind, expected: list[str]
) -> None:
    """Told while the person is well, and not on the day of the loss."""
    world = world_with(person)

    guard = await added(world, kind=kind)

    assert codes(guard) == expected
    assert guard.state is GuardState.WATCHING


async def test_an_administrator_cannot_be_brought_back() -> None:
    """Unless the setting says so."""
    world = world_with(a_person())
    world.directory.roles[USER_ID] = ("Global Administrator",)

    assert codes(await added(world)) == ["privileged-user"]


async def test_somebody_who_is_not_to_be_brought_back() -> None:
    """Neither by a deletion nor by a lost licence; the mark is looked for on the active person."""
    marked = Policy(do_not_restore=MarkRule("a-group", "extensionAttribute15", "leaver"))
    world = World(policy=marked)
    world.directory.put(a_person())
    assert codes(await added(world)) == []

    world.directory.marks.values[USER_ID] = "leaver"
    assert codes(await added(world, kind=RestoreKind.LICENSE)) == ["rehire-blocked"]

    world.directory.marks.values.clear()
    world.directory.memberships["a-group", USER_ID] = GroupMembership.NESTED
    assert codes(await added(world, kind=RestoreKind.USER)) == ["rehire-blocked"]


async def test_somebody_who_is_lost_already() -> None:
    """Lost, with what a restore would be refused with today; acted on after another look."""
    world = world_with(a_deleted_person(synced=True))

    guard = await added(world)
    await one_look(world)
    await finish_all(world)

    assert (guard.state, codes(guard)) == (GuardState.LOST, ["synced-from-on-premises"])
    assert guard.loss is not None
    assert guard.loss.deleted_at == a_deleted_person().deleted_at
    assert len(begun(world)) == 1


async def test_the_same_order_again_looks_again() -> None:
    """What was in the way may be gone; the guard is the same, and so is its loss."""
    world = world_with(a_person())
    world.directory.roles[USER_ID] = ("Global Administrator",)
    first = await added(world)
    world.directory.roles.clear()

    again = await add_guard(an_order(), BY, world.deps)

    assert not again.is_new
    assert (again.guard.id, codes(again.guard)) == (first.id, [])
    assert again.guard.confirmed_at is not None


async def test_the_same_order_again_looks_at_the_one_who_is_guarded() -> None:
    """The name is somebody else's by now, of whom nothing is said: that one is not guarded."""
    world = world_with(a_person(synced=True))
    await added(world)
    world.put(a_deleted_person(synced=True), a_person(id=OTHER_ID))

    again = await added(world)

    assert again.user_id == USER_ID
    assert "synced-from-on-premises" in codes(again)


async def test_a_guard_of_somebody_purged_says_what_to_do() -> None:
    """As of an account that is gone for good: the new one of that name wants a guard of its own."""
    world = world_with(a_person())
    await added(world)
    world.directory.purge(USER_ID)
    world.put(a_person(id=OTHER_ID))

    await tick(world)
    after_round, again = seen(world), await added(world)

    assert [codes(one) for one in (after_round, again)] == 2 * [["user-purged"]]
    assert said(again.findings[0]).fix == (
        "Remove this guard. If the person has a new account, add a guard with its user name."
    )


async def test_a_name_that_fits_somebody_by_now_is_told_at_once() -> None:
    """Where nobody had it when the order was first given."""
    world = world_with(a_person(user_principal_name="a@contoso.com", mail=None, proxy_addresses=()))
    first = await added(world)
    world.put(a_person())

    again = await added(world)

    assert (first.state, again.state) == (GuardState.UNRESOLVED, GuardState.WATCHING)
    assert (again.user_id, again.findings) == (USER_ID, ())


async def test_the_same_order_again_takes_over_its_remarks() -> None:
    """What is left out stays as it was; restores to come have the new ones."""
    world = world_with(a_person())
    await added(world, reason="board member", ticket="INC-7")

    again = await added(world, reason=None, ticket="INC-8")

    assert (again.order.reason, again.order.ticket) == ("board member", "INC-8")
    stored = await world.deps.guards.read(again.id)
    assert stored is not None
    assert stored.guard.order == again.order


@pytest.mark.parametrize(
    "error",
    [NotSentError(because("500")), AnsweredError(status=502, code=UNREADABLE_ANSWER, message="no")],
)
async def test_a_graph_that_cannot_be_asked_adds_nothing(error: Exception) -> None:
    """The caller is told to come back, and nothing claims to watch."""
    world = world_with(a_person())
    world.directory.fail_next("active", error)

    with pytest.raises(DirectoryUnavailableError):
        await added(world)

    assert world.storage.guards.rows == {}


async def test_a_permission_that_is_missing_is_a_finding() -> None:
    """The guard stands, and says what it lacks."""
    world = world_with(a_person())
    world.directory.fail_next("ids", AnsweredError(status=403, code="x", message="no"))

    guard = await added(world)

    assert (guard.state, codes(guard)) == (GuardState.UNRESOLVED, ["permission-missing"])


async def test_a_look_of_the_guard_is_an_observation() -> None:
    """No round has ever come to its end: the licence is known all the same when it is lost."""
    world = world_with(a_person())
    await added(world)
    world.put(UNLICENSED)

    await tick(world)
    await finish_all(world)

    assert world.directory.assigned[USER_ID] == 1
    [record] = begun(world)
    assert record.request is not None
    assert record.request.license_removed_at is None


async def test_what_is_in_the_way_is_looked_at_once_a_day() -> None:
    """A role that somebody was given since is told in the list of guards."""
    world = world_with(a_person())
    await added(world, act=GuardAct.WHEN_CLOSING)
    world.directory.roles[USER_ID] = ("Global Administrator",)
    order = an_order(act=GuardAct.WHEN_CLOSING)

    await keep_guards(world.deps)
    before = codes(seen(world, order))
    await one_look(world, 25 * HOUR)

    assert (before, codes(seen(world, order))) == ([], ["privileged-user"])
    assert replace(seen(world, order)).state is GuardState.WATCHING
