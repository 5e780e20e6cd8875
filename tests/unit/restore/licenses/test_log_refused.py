"""An audit log that is refused: which permission is missing, by what the token holds."""

import pytest

from shared.errors import NotSentError
from shared.restore.preflight import check
from tests.builders import because
from tests.fakes.health import FakePermissions
from tests.reading import said
from tests.unit.world.people import MAILBOX, UNLICENSED, world_with

AUDIT, DIRECTORY = "AuditLog.Read.All", "Directory.Read.All"


@pytest.mark.parametrize(
    ("held", "missing"),
    [((), AUDIT), ((DIRECTORY,), AUDIT), ((AUDIT,), DIRECTORY), ((AUDIT, DIRECTORY), None)],
)
async def test_nobody_is_told_to_grant_what_is_granted(
    held: tuple[str, ...], missing: str | None
) -> None:
    """Some tenants want both permissions, and a tenant that has both may refuse all the same."""
    world = world_with(UNLICENSED)
    world.directory.shows_audit = False
    world.grants = FakePermissions(*held)

    told = await check(MAILBOX, world.deps)

    [unknown] = [one for one in told.findings if one.code == "window-unknown"]
    [refused] = [one for one in told.findings if one.code == "audit-not-checked"]
    for item in (unknown, refused):
        assert dict(item.text.params).get("permission") == missing
        assert [one for one in (AUDIT, DIRECTORY) if one in said(item).fix] == [
            one for one in (missing,) if one
        ]


async def test_where_the_token_cannot_be_read_the_permission_for_the_log_is_named() -> None:
    """It is the likeliest."""
    world = world_with(UNLICENSED)
    world.directory.shows_audit = False
    world.grants.fail_next("held", NotSentError(because("throttled")))

    told = await check(MAILBOX, world.deps)

    [refused] = [one for one in told.findings if one.code == "audit-not-checked"]
    assert AUDIT in said(refused).fix
