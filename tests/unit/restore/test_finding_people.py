"""Find a person by whatever people call it: with the id in front, by an earlier name, nearly so."""

from dataclasses import replace
from datetime import datetime

import pytest

from shared.domain.decision import Case
from shared.domain.evidence.audit_records import AuditRecord, LicenseContent
from shared.domain.outcomes import Code
from shared.domain.requests.request import RestoreKind
from shared.domain.requests.roles import Role
from shared.domain.window import Evidence
from shared.restore.preflight import check
from shared.texts.reader import Reader
from tests.builders import NOW, UPN, USER_ID, a_deleted_person, a_person, a_request, an_observation
from tests.fakes.refusals import denied
from tests.reading import said
from tests.unit.world.people import DAY, UNLICENSED, world_with
from tests.unit.world.world import code_of

_PREFIX = USER_ID.replace("-", "")
_OTHER = "11111111-2222-4333-8444-555555555555"
_NAMESAKE = replace(UNLICENSED, id=_OTHER)


@pytest.mark.parametrize("name", [f"{_PREFIX}{UPN}", f"{_PREFIX.upper()}any@contoso.com"])
async def test_the_id_in_front_of_a_name_is_the_person(name: str) -> None:
    """As Entra ID lists deleted users; what stands behind it does not matter."""
    record = await world_with(a_deleted_person()).restore(
        a_request(kind=RestoreKind.USER, user=name)
    )

    assert code_of(record) is Code.USER_RESTORED


async def test_a_name_that_merely_begins_with_digits_is_a_name() -> None:
    """Nobody has this id, so the whole of it is a name."""
    name = f"{'a' * 32}@contoso.com"
    person = a_deleted_person(user_principal_name=name)

    record = await world_with(person).restore(a_request(kind=RestoreKind.USER, user=name))

    assert code_of(record) is Code.USER_RESTORED


async def test_an_earlier_name_leads_to_its_owner() -> None:
    """The directory has forgotten the name that the person had before a marriage."""
    world = world_with(a_deleted_person())
    await world.deps.watch.names.note(USER_ID, ["Maiden@contoso.com"])

    record = await world.restore(a_request(kind=RestoreKind.USER, user="maiden@contoso.com"))

    assert code_of(record) is Code.USER_RESTORED
    assert world.directory.restored[USER_ID] == 1


async def test_an_earlier_name_of_two_is_ambiguous() -> None:
    """Neither of them is taken for the other."""
    world = world_with(a_deleted_person(), a_deleted_person(id=_OTHER))
    for user_id in (USER_ID, _OTHER):
        await world.deps.watch.names.note(user_id, ["maiden@contoso.com"])

    record = await world.restore(a_request(kind=RestoreKind.USER, user="maiden@contoso.com"))

    assert code_of(record) is Code.AMBIGUOUS_USER
    assert world.effects() == []


async def test_a_namesake_who_lost_something_is_meant_as_well() -> None:
    """Both are listed, each with how it was lost and until when; the newest loss does not win."""
    world = world_with(a_deleted_person(), _NAMESAKE)
    world.storage.observations.kept[_OTHER] = an_observation(_OTHER, lost_at=NOW - DAY)

    record = await world.restore(a_request(user=UPN))

    assert code_of(record) is Code.AMBIGUOUS_USER
    cases = {one.id: one.case for one in record.candidates}
    assert cases == {USER_ID: Case.DELETED_USER, _OTHER: Case.LICENSE_REMOVED}
    assert all(one.window is not None and one.window.ends_at for one in record.candidates)


@pytest.mark.parametrize("told", ["hint", "content"])
async def test_a_namesake_who_lost_something_by_the_log_is_meant_as_well(told: str) -> None:
    """What was observed is not all that is known."""
    world = world_with(a_deleted_person(), _NAMESAKE)
    by = world.directory.license_hints if told == "hint" else world.directory.license_changes
    by[_OTHER] = [NOW - DAY]

    record = await world.restore(a_request(user=UPN))

    assert code_of(record) is Code.AMBIGUOUS_USER
    window = next(one.window for one in record.candidates if one.id == _OTHER)
    assert window is not None
    assert (window.evidence, window.started_at) == (Evidence.AUDIT, NOW - DAY)


async def test_another_licence_of_a_namesake_is_no_loss() -> None:
    """The log says what went, and there was no mailbox in it."""
    world = world_with(a_deleted_person(), _NAMESAKE)
    bare = LicenseContent(())
    record = AuditRecord(_OTHER, NOW - DAY, before=bare, after=bare)
    world.directory.audit_records.append(record)

    told = await check(a_request(user=UPN), world.deps)

    assert told.block is not None
    assert told.block.code == "upn-conflict"


@pytest.mark.parametrize("is_read", [True, False], ids=["read", "a read that failed"])
async def test_a_namesake_who_had_a_licence_an_hour_ago_has_lost_it(*, is_read: bool) -> None:
    """No round has seen the loss yet; a read in which nothing shows is none."""
    namesake = _NAMESAKE if is_read else replace(_NAMESAKE, account_enabled=None)
    world = world_with(a_deleted_person(), namesake)
    an_hour_ago = NOW - DAY / 24
    world.storage.observations.kept[_OTHER] = an_observation(_OTHER, seen_at=an_hour_ago)

    record = await world.restore(a_request(user=UPN))

    assert code_of(record) is (Code.AMBIGUOUS_USER if is_read else Code.UPN_CONFLICT)
    ends = [one.window and one.window.ends_at for one in record.candidates if one.id == _OTHER]
    assert ends == ([an_hour_ago + 30 * DAY] if is_read else [])


@pytest.mark.parametrize("namesake", [_NAMESAKE, a_person(id=_OTHER)])
async def test_a_namesake_who_lost_nothing_is_a_conflict(namesake: object) -> None:
    """The deleted one is meant."""
    record = await world_with(a_deleted_person(), namesake).restore(a_request(user=UPN))

    assert code_of(record) is Code.UPN_CONFLICT


async def test_near_names_are_told_of_a_slip() -> None:
    """With the outcome that nobody was found; nothing is changed."""
    world = world_with(a_deleted_person())
    slip = UPN.replace("bowen", "bowan")
    assert slip != UPN

    told = await check(a_request(user=slip), world.deps)

    assert [item.code for item in told.findings] == ["user-not-found", "similar-names"]
    assert [one.id for one in told.candidates] == [USER_ID]


@pytest.mark.parametrize(
    ("asked", "variant", "to_readers", "to_others"),
    [
        (UPN.replace("bowen", "bowan"), "similar", "Similar names: Megan Bowen (", "One person"),
        ("megan  BOWEN", "display-name", "exactly so: Megan Bowen (", "One person"),
        ("zz.top@contosso.example", "elsewhere", "contosso.example is not one", "not one"),
        ("zz.top@contoso.com", "", "Deleted users are kept", "Deleted users are kept"),
        ("E-1007", "no-address", "E-1007 is none of these", "E-1007 is none of these"),
    ],
)
async def test_the_refusal_itself_names_whoever_is_nearly_called_so(
    asked: str, variant: str, to_readers: str, to_others: str
) -> None:
    """And sends on with that id; without Restore.Read no name is told."""
    world = world_with(a_deleted_person())
    world.directory.domains = frozenset({"contoso.com"})

    told = await check(a_request(user=asked), world.deps)

    (block,) = [item for item in told.findings if item.severity == "block"]
    assert (block.code, block.text.variant) == ("user-not-found", variant)
    assert to_readers in said(block).message
    others = said(block, Reader(roles=frozenset({Role.REQUEST})))
    assert to_others in others.message
    assert "Megan Bowen (" not in others.message
    assert ("candidates" in others.message) == bool(told.candidates)


async def test_near_names_that_cannot_be_read_are_left_out() -> None:
    """That nobody was found is the answer all the same."""
    world = world_with(a_deleted_person())
    world.directory.fail_next("near", denied())

    told = await check(a_request(user=UPN.replace("bowen", "bowan")), world.deps)

    assert [item.code for item in told.findings] == ["user-not-found"]


async def test_nobody_is_proposed_for_an_id() -> None:
    """Ids are not mistyped into another's."""
    world = world_with(a_deleted_person())

    told = await check(a_request(user=_OTHER), world.deps)

    assert [item.code for item in told.findings] == ["user-not-found"]


@pytest.mark.parametrize(
    ("created", "namesake", "expected"),
    [
        (NOW - 3 * DAY, None, ["account-is-new"]),
        (NOW - 400 * DAY, None, []),
        (None, None, []),
        (NOW - 400 * DAY, "purged", ["account-is-new"]),
        (NOW - 400 * DAY, "deleted", []),
        (NOW - 400 * DAY, "active", []),
    ],
)
async def test_who_has_an_earlier_account_is_told_that_its_mail_is_not_here(
    created: datetime | None, namesake: str | None, expected: list[str]
) -> None:
    """By the age of the account, or by a namesake who is remembered and gone for good."""
    world = world_with(a_person(created_at=created))
    if namesake is not None:
        await world.deps.watch.names.note(_OTHER, [UPN])
    if namesake in {"deleted", "active"}:
        elsewhere = replace(_NAMESAKE, user_principal_name="b@contoso.com", mail=None)
        gone = NOW - DAY if namesake == "deleted" else None
        world.put(replace(elsewhere, proxy_addresses=(), deleted_at=gone))

    record = await world.restore(a_request(user=USER_ID))

    assert code_of(record) is Code.ALREADY_ACTIVE
    assert [item.code for item in record.warnings] == expected


@pytest.mark.parametrize(
    ("purged_at", "expected"),
    [(None, ["user-purged", "directory-unsettled"]), (NOW - DAY, ["user-purged"])],
)
async def test_a_purge_that_was_seen_is_no_contradiction(
    purged_at: datetime | None, expected: list[str]
) -> None:
    """Whoever is only remembered may show yet, as after a deletion; whoever was purged does not."""
    world = world_with()
    world.storage.observations.kept[USER_ID] = an_observation(purged_at=purged_at)
    await world.deps.watch.names.note(USER_ID, [UPN])

    told = await check(a_request(user=UPN), world.deps)

    assert [item.code for item in told.findings] == expected
