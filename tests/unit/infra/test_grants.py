"""The administrator's two commands, run for real against a fake Azure CLI."""

import json
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.unit.infra.fake_az import MSI, ROOT, FakeAz, role_id

GRANT = (sys.executable, "infra/graph/grant.py", "--principal-id", MSI)
REGISTER = (sys.executable, "infra/graph/register_api.py")
OURS: dict[str, object] = {
    "id": "a",
    "appId": "b",
    "uniqueName": "reprieve-api",
    "displayName": "Reprieve",
    "signInAudience": "AzureADMyOrg",
}
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


def test_the_api_is_registered_once(az: FakeAz) -> None:
    """Four app roles, tokens of version 2, a role required; the second run finds it all there."""
    first = az.run(*REGISTER)
    made, calls = az.tenant(), az.changes()
    second = az.run(*REGISTER)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert az.changes() == calls
    app, principal = made["applications"][0], made["principals"][0]
    assert [role["value"] for role in app["appRoles"]] == [
        f"Restore.{name}" for name in ("Read", "Request", "Override", "Admin")
    ]
    assert app["api"]["requestedAccessTokenVersion"] == 2
    assert app["identifierUris"] == [f"api://{app['appId']}"]
    assert [it["value"] for it in app["api"]["oauth2PermissionScopes"]] == ["user_impersonation"]
    assert principal["appRoleAssignmentRequired"] is True
    assert f"API_CLIENT_ID={app['appId']}" in second.stdout


def test_a_caller_gets_a_role_once(az: FakeAz) -> None:
    """Named by its object id; an unknown role is refused before any call."""
    az.run(*REGISTER, "--assign", f"Restore.Request={MSI}")
    given = az.tenant()["assignments"]
    az.run(*REGISTER, "--assign", f"Restore.Request={MSI}")

    assert len(given) == 1
    assert az.tenant()["assignments"] == given
    assert az.run(*REGISTER, "--assign", f"Restore.Nothing={MSI}").returncode == 2
    assert az.run(*REGISTER, "--assign", "Restore.Read=x/../y").returncode == 2


def test_whom_a_role_is_for_is_said(az: FakeAz) -> None:
    """An id alone is easily mistaken."""
    done = az.run(*REGISTER, "--assign", f"Restore.Request={MSI}")

    assert f"+ Restore.Request for Help desk (group {MSI})" in done.stdout


def test_a_registration_that_is_young_is_waited_for(az: FakeAz) -> None:
    """The application is made on one server, and its principal asked for at another."""
    az.write(az.tenant() | {"young": 3})

    done = az.run(*REGISTER, "--pause", "0")

    assert done.returncode == 0, done.stderr
    assert len(az.tenant()["principals"]) == 1


def test_one_that_stays_young_is_told(az: FakeAz) -> None:
    """In the CLI's own words; nothing is called done."""
    az.write(az.tenant() | {"young": 99})

    done = az.run(*REGISTER, "--pause", "0")

    assert done.returncode == 1
    assert "NoBackingApplicationObject" in done.stderr


def test_roles_of_somebody_s_own_stay(az: FakeAz) -> None:
    """A registration that was there already is completed, not replaced."""
    own = {"id": "own", "value": "Own.Role"}
    az.write(az.tenant() | {"applications": [OURS | {"appRoles": [own]}]})

    done = az.run(*REGISTER)

    assert done.returncode == 0, done.stderr
    roles = az.tenant()["applications"][0]["appRoles"]
    assert roles[0] == own
    assert len(roles) == 5


def swapped() -> list[dict[str, str]]:
    """The ids of our roles, with the values of the first and the last exchanged."""
    roles = json.loads((ROOT / "infra/graph/app-roles.json").read_text())
    first, *middle, last = roles
    return [first | {"value": last["value"]}, *middle, last | {"value": first["value"]}]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"appRoles": swapped()}, "role Restore.Admin has the id"),
        ({"appRoles": [{"id": "other", "value": "Restore.Read"}]}, "Restore.Read has the id other"),
        ({"signInAudience": "AzureADMultipleOrgs"}, "open to AzureADMultipleOrgs"),
        ({"signInAudience": None}, "open to None"),
        (
            {"api": {"oauth2PermissionScopes": [{"id": "s", "value": "user_impersonation"}]}},
            "scope user_impersonation has the id s",
        ),
    ],
)
def test_a_strangers_registration_is_left_alone(
    az: FakeAz, change: dict[str, object], why: str
) -> None:
    """Roles are given by their ids: there, they might be other rights. --adopt changes nothing."""
    az.write(az.tenant() | {"applications": [OURS | change], "owners": ["eve@contoso.example"]})

    for more in ((), ("--adopt",)):
        done = az.run(*REGISTER, "--assign", f"Restore.Request={MSI}", *more)

        assert (done.returncode, az.changes()) == (1, [])
        assert why in done.stderr
        assert "owners: eve@contoso.example" in done.stdout


def test_one_with_credentials_is_taken_over_only_when_told(az: FakeAz) -> None:
    """Whoever holds the secret gets tokens as the API itself."""
    app = OURS | {"passwordCredentials": [{"keyId": "k"}]}
    az.write(az.tenant() | {"applications": [app]})

    refused = az.run(*REGISTER)
    assert (refused.returncode, az.changes()) == (1, [])
    assert "--adopt goes on" in refused.stderr

    assert az.run(*REGISTER, "--adopt").returncode == 0


def test_no_permission_belongs_to_two_features() -> None:
    """The Bicep joins the lists of the features, and an assignment may not be made twice."""
    catalog = json.loads((ROOT / "infra/graph/permissions.json").read_text())
    names = [name for feature in catalog.values() for name in feature["permissions"]]

    assert sorted(names) == sorted(set(names))
    assert {role_id(name) for name in names}, "each is known to the fake tenant"
