"""What is told once somebody is back, and what Graph's refusals of one person come to."""

from dataclasses import replace

import pytest

from shared.domain.admin_roles import RoleSource
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense
from shared.domain.requests.request import RestoreKind
from shared.domain.snapshot import Policy
from tests.builders import (
    ENTERPRISEPACK_ID,
    NOW,
    UPN,
    USER_ID,
    a_deleted_person,
    a_person,
    an_observation,
)
from tests.reading import said
from tests.unit.restore.test_refusals import FORBIDDEN
from tests.unit.world.people import ASSIGN, DAY, MAILBOX, RESTORE, UNLICENSED, ask, world_with
from tests.unit.world.world import World, code_of

ALIAS = "m.bowen@contoso.com"


def codes(record: object) -> list[str]:
    """The codes of a record's warnings."""
    return [item.code for item in record.warnings]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("is_enabled", "purpose", "expected"),
    [
        (True, "user", []),
        (False, "user", ["sign-in-blocked"]),
        (True, "shared", ["sign-in-open"]),
        (False, "shared", []),
        (True, "room", ["sign-in-open"]),
        (None, "user", []),
        (None, "shared", []),
    ],
)
async def test_a_person_who_is_back_can_sign_in_and_a_shared_mailbox_cannot(
    purpose: str, expected: list[str], *, is_enabled: bool | None
) -> None:
    """Both are only told: nothing of it is changed."""
    world = world_with(a_deleted_person(account_enabled=is_enabled))
    world.directory.purposes[USER_ID] = purpose

    record = await world.restore(RESTORE)

    assert codes(record) == expected


async def test_who_came_back_under_a_new_name_is_told_with_both_names() -> None:
    """The record keeps the person as it was, so nothing else would say the new one."""
    world = world_with(a_deleted_person())
    renamed = replace(
        RESTORE, on_upn_conflict="always", new_user_principal_name="megan2@contoso.com"
    )

    record = await world.restore(renamed)

    told = [said(item) for item in record.warnings if item.code == "user-renamed"]
    assert [f"came back as megan2@contoso.com, in place of {UPN}" in it.message for it in told] == [
        True
    ]


async def test_who_came_back_under_its_own_name_is_not_told_of_a_new_one() -> None:
    """`rename` uses the new name only where the own one cannot be had."""
    world = world_with(a_deleted_person())
    asked = replace(RESTORE, on_upn_conflict="rename", new_user_principal_name="megan2@contoso.com")

    record = await world.restore(asked)

    assert "user-renamed" not in codes(record)


@pytest.mark.parametrize(
    ("request_", "method", "permission"),
    [
        (RESTORE, "restore_user", "User.DeleteRestore.All"),
        (ASSIGN, "assign_licenses", "LicenseAssignment.ReadWrite.All"),
    ],
)
@pytest.mark.parametrize("is_granted", [True, False])
async def test_a_403_is_about_the_permission_or_about_the_person(
    request_: object, method: str, permission: str, *, is_granted: bool
) -> None:
    """The token tells: what it holds need not be granted again."""
    is_restore = request_ is RESTORE
    world = world_with(a_deleted_person() if is_restore else UNLICENSED)
    world.grants.permissions = frozenset({permission} if is_granted else ())
    world.directory.fail_next(method, FORBIDDEN)

    record = await world.restore(RESTORE if is_restore else ASSIGN)

    assert code_of(record) is (Code.OUT_OF_REACH if is_granted else Code.PERMISSION_MISSING)


@pytest.mark.parametrize("is_back", [True, False])
async def test_addresses_that_went_with_the_licence_are_missed(*, is_back: bool) -> None:
    """By those that the user had when last seen well."""
    there = ("SMTP:" + UPN, *(("smtp:" + ALIAS,) if is_back else ()))
    world = world_with(replace(UNLICENSED, proxy_addresses=there))
    remember(world, UPN, ALIAS)

    # The person was seen with the licence, so nobody's word is needed for when it went.
    record = await world.restore(replace(ASSIGN, license_removed_at=None))

    assert codes(record) == ([] if is_back else ["aliases-missing"])
    told = [said(item).message for item in record.warnings]
    assert all(ALIAS in message for message in told)


def remember(world: World, *addresses: str) -> None:
    """Let the person have been seen with these addresses."""
    seen = an_observation(USER_ID, AssignedLicense(ENTERPRISEPACK_ID))
    names = replace(seen.names, addresses=addresses)
    world.storage.observations.kept[USER_ID] = replace(seen, names=names)


@pytest.mark.parametrize(
    ("hidden", "group_roles", "expected"),
    [
        (set(), (), []),
        (set(), ("User Administrator",), ["roles-not-checked", "privileged-user"]),
        ({RoleSource.GROUPS}, ("User Administrator",), ["roles-not-checked"]),
        ({RoleSource.ELIGIBLE}, (), ["roles-not-checked"]),
    ],
)
async def test_roles_by_groups_are_looked_at_once_the_groups_show(
    hidden: set[RoleSource], group_roles: tuple[str, ...], expected: list[str]
) -> None:
    """Found, they are told; not to be seen, that is told with the permission that is missing."""
    world = world_with(a_deleted_person())
    world.directory.hidden_roles = frozenset(hidden)
    world.directory.group_roles[USER_ID] = group_roles

    record = await world.restore(RESTORE)

    assert codes(record) == expected
    permissions = [item.text.param("permission") for item in record.warnings]
    assert ("GroupMember.Read.All" in permissions) == (RoleSource.GROUPS in hidden)


async def test_whoever_protects_nobody_is_told_of_no_roles() -> None:
    """PROTECT_PRIVILEGED=false: nobody wants to know."""
    world = world_with(a_deleted_person(), policy=Policy(protect_privileged=False))
    world.directory.group_roles[USER_ID] = ("User Administrator",)

    assert codes(await world.restore(RESTORE)) == []


@pytest.mark.parametrize(
    ("kind", "is_enabled", "expected"),
    [
        (RestoreKind.MAILBOX, False, ["sign-in-blocked"]),
        (RestoreKind.MAILBOX, True, []),
        (RestoreKind.MAILBOX, None, []),
        (RestoreKind.LICENSE, False, []),
    ],
)
async def test_who_is_active_and_cannot_sign_in_is_told_of(
    kind: RestoreKind, expected: list[str], *, is_enabled: bool | None
) -> None:
    """The mailbox is there, and nobody gets at it."""
    world = world_with(a_person(account_enabled=is_enabled))

    record = await world.restore(ask(kind))

    assert code_of(record) is Code.ALREADY_ACTIVE
    assert codes(record) == expected


GUEST = "partner_fabrikam.example#EXT#@contoso.com"


@pytest.mark.parametrize(
    ("is_seen", "code"), [(False, Code.ALREADY_ACTIVE), (True, Code.MAILBOX_RESTORED)]
)
async def test_an_active_guest_has_lost_no_mailbox(code: Code, *, is_seen: bool) -> None:
    """Not even by a default; unless it was seen to have one."""
    policy = Policy(default_sku_ids=(ENTERPRISEPACK_ID,))
    guest = replace(UNLICENSED, user_principal_name=GUEST, user_type="Guest")
    world = world_with(guest, policy=policy)
    if is_seen:
        seen = an_observation(USER_ID, AssignedLicense(ENTERPRISEPACK_ID), lost_at=NOW - 2 * DAY)
        world.storage.observations.kept[USER_ID] = seen

    record = await world.restore(MAILBOX)

    assert code_of(record) is code
    assert bool(world.effects()) == is_seen


async def test_kind_user_says_that_the_licence_went_before_the_deletion() -> None:
    """The account comes back, and its mailbox dies with the clock of the licence."""
    world = world_with(a_deleted_person(licenses=(), license_states=(), plans=()))
    seen = an_observation(USER_ID, AssignedLicense(ENTERPRISEPACK_ID), lost_at=NOW - 5 * DAY)
    world.storage.observations.kept[USER_ID] = seen

    record = await world.restore(RESTORE)

    assert "license-missing" in codes(record)


@pytest.mark.parametrize(("granted", "variant"), [((), ""), (("MailboxSettings.Read",), "policy")])
async def test_why_a_mailbox_could_not_be_looked_at_is_not_guessed(
    granted: tuple[str, ...], variant: str
) -> None:
    """Nobody is told to grant what is granted: a policy closes this mailbox."""
    world = world_with(a_deleted_person())
    world.grants.permissions = frozenset(granted)
    world.directory.fail_next("mailbox", FORBIDDEN)

    record = await world.restore(ask(RestoreKind.MAILBOX))

    [warning] = record.warnings
    assert (warning.code, warning.text.variant) == ("mailbox-not-verified", variant)
