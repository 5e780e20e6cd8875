"""The administrator's two commands, run for real against a fake Azure CLI."""

import json
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.unit.infra.fake_az import MSI, ROOT, FakeAz, role_id

GRANT = (sys.executable, "infra/graph/grant.py", "--principal-id", MSI)
REGISTER = (sys.executable, "infra/graph/register_api.py")
DEFAULT = {
    *("User.Read.All", "User.DeleteRestore.All", "LicenseAssignment.Read.All"),
    *("LicenseAssignment.ReadWrite.All", "MailboxSettings.Read", "AuditLog.Read.All"),
    "RoleManagement.Read.Directory",
}


@pytest.fixture
def az(tmp_path: Path) -> FakeAz:
    """Give a tenant where nothing was granted yet."""
    return FakeAz(tmp_path)


def lines(done: CompletedProcess[str], sign: str) -> list[str]:
    """The names behind a sign, in what the command said."""
    return [
        line[2:].partition(":")[0] for line in done.stdout.splitlines() if line.startswith(sign)
    ]


def test_exactly_what_the_features_need_is_granted(az: FakeAz) -> None:
    """By default what the code as delivered uses, and nothing that is broader."""
    done = az.run(*GRANT)

    assert done.returncode == 0, done.stderr
    assert az.held() == DEFAULT
    assert set(lines(done, "+")) == DEFAULT


def test_what_if_changes_nothing(az: FakeAz) -> None:
    """It says what would be done, and sends no change."""
    done = az.run(*GRANT, "--what-if", "--prune")

    assert (done.returncode, az.changes()) == (0, [])
    assert set(lines(done, "+")) == DEFAULT


def test_running_it_again_changes_nothing(az: FakeAz) -> None:
    """What is held is found although the list has pages."""
    az.run(*GRANT)
    before = az.changes()

    again = az.run(*GRANT)

    assert (again.returncode, az.changes()) == (0, before)
    assert set(lines(again, "=")) == DEFAULT


def test_only_the_features_named_are_granted(az: FakeAz) -> None:
    """A tenant that restores users only need not allow licences."""
    done = az.run(*GRANT, "--features", "restore,groups")

    assert done.returncode == 0
    assert az.held() == {"User.Read.All", "User.DeleteRestore.All", "GroupMember.Read.All"}


def test_what_is_too_wide_is_named_and_stays_until_told(az: FakeAz) -> None:
    """Somebody may have given it for a reason; --prune takes it away."""
    az.give("User.ReadWrite.All", "User.Read.All")

    told = az.run(*GRANT, "--features", "restore")
    assert lines(told, "!") == ["User.ReadWrite.All"]
    assert "User.ReadWrite.All" in az.held()

    pruned = az.run(*GRANT, "--features", "restore", "--prune")
    assert lines(pruned, "-") == ["User.ReadWrite.All"]
    assert az.held() == {"User.Read.All", "User.DeleteRestore.All"}


def test_a_refusal_is_said_in_the_cli_s_own_words(az: FakeAz) -> None:
    """Exit code 1, and nothing is called granted."""
    az.write(az.tenant() | {"refuse": "post"})

    done = az.run(*GRANT)

    assert done.returncode == 1
    assert "Insufficient privileges" in done.stderr
    assert "granted" not in done.stdout


@pytest.mark.parametrize("features", ["", "restore,typo"])
def test_wrong_features_are_refused_before_any_call(az: FakeAz, features: str) -> None:
    """A typo must not grant half of what was meant."""
    done = az.run(*GRANT, "--features", features)

    assert (done.returncode, az.changes()) == (2, [])


def test_the_hook_grants_only_when_told(az: FakeAz) -> None:
    """A deployment alone gives nobody rights in the tenant."""
    hook = str(ROOT / "infra/scripts/grant-graph.sh")

    assert az.run(hook, IDENTITY_PRINCIPAL_ID=MSI).returncode == 0
    assert az.held() == set()

    told = az.run(hook, IDENTITY_PRINCIPAL_ID=MSI, GRANT_GRAPH="true", GRAPH_FEATURES="restore")
    assert told.returncode == 0, told.stderr
    assert az.held() == {"User.Read.All", "User.DeleteRestore.All"}


def test_the_api_is_registered_once(az: FakeAz) -> None:
    """Five app roles, tokens of version 2, a role required; the second run finds it all there."""
    first = az.run(*REGISTER)
    made, calls = az.tenant(), az.changes()
    second = az.run(*REGISTER)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert az.changes() == calls
    app, principal = made["applications"][0], made["principals"][0]
    assert [role["value"] for role in app["appRoles"]] == [
        f"Restore.{name}" for name in ("Read", "Request", "Override", "Approve", "Admin")
    ]
    assert app["api"]["requestedAccessTokenVersion"] == 2
    assert app["identifierUris"] == [f"api://{app['appId']}"]
    assert principal["appRoleAssignmentRequired"] is True
    assert f"API_CLIENT_ID={app['appId']}" in second.stdout


def test_a_caller_gets_a_role_once(az: FakeAz) -> None:
    """Named by its object id; an unknown role is refused before any call."""
    az.run(*REGISTER, "--assign", f"Restore.Request={MSI}")
    given = az.tenant()["assignments"]
    az.run(*REGISTER, "--assign", f"Restore.Request={MSI}")

    assert len(given) == 1
    assert az.tenant()["assignments"] == given
    assert az.run(*REGISTER, "--assign", "Restore.Nothing=x").returncode == 2


def test_roles_of_somebody_s_own_stay(az: FakeAz) -> None:
    """A registration that was there already is completed, not replaced."""
    own = {"id": "own", "value": "Own.Role"}
    app = {"id": "a", "appId": "b", "uniqueName": "reprieve-api", "appRoles": [own]}
    az.write(az.tenant() | {"applications": [app]})

    done = az.run(*REGISTER)

    assert done.returncode == 0, done.stderr
    roles = az.tenant()["applications"][0]["appRoles"]
    assert roles[0] == own
    assert len(roles) == 6


def test_no_permission_belongs_to_two_features() -> None:
    """The Bicep joins the lists of the features, and an assignment may not be made twice."""
    catalog = json.loads((ROOT / "infra/graph/permissions.json").read_text())
    names = [name for feature in catalog.values() for name in feature["permissions"]]

    assert sorted(names) == sorted(set(names))
    assert {role_id(name) for name in names}, "each is known to the fake tenant"
