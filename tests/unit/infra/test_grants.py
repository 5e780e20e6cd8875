"""The command that grants the app its permissions, run for real against a fake Azure CLI."""

import json
import sys
from subprocess import CompletedProcess

import pytest

from tests.unit.infra.az import MSI, role_id
from tests.unit.infra.fake_az import ROOT, FakeAz

GRANT = (sys.executable, "infra/graph/grant.py", "--principal-id", MSI)
DEFAULT = {
    *("User.Read.All", "User.DeleteRestore.All", "LicenseAssignment.Read.All"),
    *("LicenseAssignment.ReadWrite.All", "MailboxSettings.Read", "AuditLog.Read.All"),
    "RoleManagement.Read.Directory",
}


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


def test_all_can_be_taken_away(az: FakeAz) -> None:
    """Of an app that may be somebody else's by now, the right to delete users first of all."""
    az.run(*GRANT)

    named = az.run(*GRANT, "--features", "none")
    assert (named.returncode, az.held()) == (0, DEFAULT)
    assert set(lines(named, "!")) == DEFAULT

    done = az.run(*GRANT, "--features", "none", "--prune")
    assert (done.returncode, az.held()) == (0, set())


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
    hook = (sys.executable, "-m", "infra.deploy", "grant")

    silent = az.run(*hook, IDENTITY_PRINCIPAL_ID=MSI)
    assert (silent.returncode, az.held()) == (0, set())
    assert set(lines(silent, "+")) == DEFAULT

    told = az.run(*hook, IDENTITY_PRINCIPAL_ID=MSI, GRANT_GRAPH="true", GRAPH_FEATURES="restore")
    assert told.returncode == 0, told.stderr
    assert az.held() == {"User.Read.All", "User.DeleteRestore.All"}


def test_a_deployment_goes_on_where_permissions_cannot_be_read(az: FakeAz) -> None:
    """Whoever deploys need not be an administrator; who that is, is said."""
    az.write(az.tenant() | {"refuse": "get"})

    done = az.run(sys.executable, "-m", "infra.deploy", "grant", IDENTITY_PRINCIPAL_ID=MSI)

    assert done.returncode == 0
    assert "An administrator runs infra/graph/grant.py once" in done.stdout


@pytest.mark.parametrize("kind", ["Application", "Legacy", ""])
def test_only_a_managed_identity_is_given_permissions(az: FakeAz, kind: str) -> None:
    """An application may have a secret somewhere; whose permissions they are is said first."""
    az.write(az.tenant() | {"principalType": kind})

    refused = az.run(*GRANT)
    assert (refused.returncode, az.changes()) == (1, [])
    assert f"# id-reprieve ({kind or 'of no known type'}, application app-of-it)" in refused.stdout

    forced = az.run(*GRANT, "--force")
    assert forced.returncode == 0, forced.stderr
    assert az.held() == DEFAULT


@pytest.mark.parametrize("principal", ["x/../y?$top=1&", "me", f"{MSI}/owners"])
def test_what_is_no_object_id_is_refused_before_any_call(az: FakeAz, principal: str) -> None:
    """It would go into the address as it is."""
    command = (*GRANT[:2], "--principal-id", principal)

    done = az.run(*command)

    assert (done.returncode, az.changes()) == (2, [])


def test_no_permission_belongs_to_two_features() -> None:
    """The Bicep joins the lists of the features, and an assignment may not be made twice."""
    catalog = json.loads((ROOT / "infra/graph/permissions.json").read_text())
    names = [name for feature in catalog.values() for name in feature["permissions"]]

    assert sorted(names) == sorted(set(names))
    assert {role_id(name) for name in names}, "each is known to the fake tenant"
