"""The command that registers the API, run for real against a fake Azure CLI."""

import json
import sys

import pytest

from tests.unit.infra.az import GRAPH_SP, MSI
from tests.unit.infra.fake_az import ROOT, FakeAz

REGISTER = (sys.executable, "infra/graph/register_api.py")
OURS: dict[str, object] = {
    "id": "a",
    "appId": "b",
    "uniqueName": "reprieve-api",
    "displayName": "Reprieve",
    "signInAudience": "AzureADMyOrg",
}


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
    assert len(roles) == 6


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


DESK = "https://func-reprieve.azurewebsites.net"


def test_people_can_sign_in_to_the_desk_without_a_secret(az: FakeAz) -> None:
    """Its address, ID tokens, and one identity that proves the login; the second run adds none."""
    named = ("--desk", DESK, "--login-identity", MSI)
    first = az.run(*REGISTER, *named)
    calls = az.changes()
    second = az.run(*REGISTER, *named)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert az.changes() == calls
    assert az.tenant()["applications"][0]["web"] == {
        "redirectUris": [f"{DESK}/.auth/login/aad/callback"],
        "implicitGrantSettings": {"enableIdTokenIssuance": True},
    }
    assert az.tenant()["proofs"] == [
        {
            "name": f"reprieve-desk-{MSI}",
            "issuer": "https://login.microsoftonline.com/tenant-1/v2.0",
            "subject": MSI,
            "audiences": ["api://AzureADTokenExchange"],
        }
    ]


def test_nobody_is_asked_for_consent_at_the_desk(az: FakeAz) -> None:
    """Of an application that demands a role people cannot give it: the organization does, once."""
    az.run(*REGISTER, "--desk", DESK, "--login-identity", MSI)
    az.run(*REGISTER, "--desk", "https://other.example", "--login-identity", MSI)

    (consent,) = az.tenant()["consents"]
    assert consent["consentType"] == "AllPrincipals"
    assert consent["clientId"] == az.tenant()["principals"][0]["id"]
    assert consent["scope"] == "openid profile email"


def test_a_consent_to_less_is_completed(az: FakeAz) -> None:
    """What else somebody has consented to stays; one person's own consent is no help to others."""
    az.run(*REGISTER)
    client = az.tenant()["principals"][0]["id"]
    given = {"clientId": client, "resourceId": GRAPH_SP}
    own = given | {"id": "one", "consentType": "Principal", "scope": "openid profile email"}
    less = given | {"id": "all", "consentType": "AllPrincipals", "scope": "User.Read openid"}
    az.write(az.tenant() | {"consents": [own, less]})

    az.run(*REGISTER, "--desk", DESK, "--login-identity", MSI)

    assert [it["scope"] for it in az.tenant()["consents"]] == [
        "openid profile email",
        "User.Read openid profile email",
    ]


def test_the_desk_of_another_deployment_stays(az: FakeAz) -> None:
    """One registration may serve several."""
    az.run(*REGISTER, "--desk", DESK, "--login-identity", MSI)
    other = MSI.replace("1", "2")
    az.run(*REGISTER, "--desk", "https://other.example", "--login-identity", other)

    uris = az.tenant()["applications"][0]["web"]["redirectUris"]
    assert uris == [f"{host}/.auth/login/aad/callback" for host in (DESK, "https://other.example")]
    assert [proof["subject"] for proof in az.tenant()["proofs"]] == [MSI, other]


@pytest.mark.parametrize(
    "wrong",
    [
        ("--desk", DESK),
        ("--login-identity", MSI),
        ("--desk", f"{DESK}/api/desk", "--login-identity", MSI),
        ("--desk", "http://plain.example", "--login-identity", MSI),
        ("--desk", DESK, "--login-identity", "x/../y"),
    ],
)
def test_a_desk_named_wrongly_is_refused_before_any_call(
    az: FakeAz, wrong: tuple[str, ...]
) -> None:
    """Tokens are sent to the address that is registered."""
    done = az.run(*REGISTER, *wrong)

    assert (done.returncode, az.changes()) == (2, [])
    assert "--desk takes https://HOST" in done.stderr


def test_one_that_trusts_somebody_else_is_taken_over_only_when_told(az: FakeAz) -> None:
    """Who proves the login gets tokens as the API itself, as the holder of a secret does."""
    az.write(az.tenant() | {"applications": [OURS], "proofs": [{"name": "eve", "subject": "e"}]})

    refused = az.run(*REGISTER)

    assert (refused.returncode, az.changes()) == (1, [])
    assert "it trusts eve" in refused.stderr
    assert az.run(*REGISTER, "--adopt").returncode == 0
