"""Who asks over HTTP: function keys, the platform's principal, and roles."""

import base64
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.requests.request import Door, RequestedBy
from shared.domain.requests.roles import Role
from shared.errors import RoleMissingError, UnauthenticatedError
from shared.intake.caller import Caller, demand_overrides, read_caller
from tests.builders import a_request
from tests.reading import said

OID = "8d1f6f0e-4c5b-4a37-9f0a-0b6a5f6c2d11"
APP = "c0ffee00-0000-4000-8000-000000000001"
LONG_OID = "http://schemas.microsoft.com/identity/claims/objectidentifier"
LONG_ROLE = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"
LONG_UPN = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"


def _header(*claims: tuple[str, str], **rest: Any) -> dict[str, str]:
    principal = {"auth_typ": "aad", "claims": [{"typ": typ, "val": val} for typ, val in claims]}
    return _raw(json.dumps(principal | rest).encode())


def _raw(body: bytes) -> dict[str, str]:
    return {"X-MS-CLIENT-PRINCIPAL": base64.b64encode(body).decode()}


def _entra(headers: Mapping[str, str], *, platform_auth: bool = True) -> Caller:
    return read_caller(headers, auth_mode="entra", platform_auth=platform_auth)


def _holding(*roles: Role) -> Caller:
    return Caller("Megan", OID, frozenset(roles))


@pytest.mark.parametrize("platform_auth", [True, False])
def test_a_key_holder_is_nameless_and_may_read_and_request(*, platform_auth: bool) -> None:
    """With function keys a principal header is worth nothing."""
    forged = _header(("oid", OID), ("roles", "Restore.Admin"))
    caller = read_caller(forged, auth_mode="keys", platform_auth=platform_auth)

    assert Caller(None, None, frozenset({Role.READ, Role.REQUEST})) == caller


def test_a_person_has_id_name_and_roles() -> None:
    """The claims of a v2 token, with short names."""
    headers = _header(
        ("azp", APP),
        ("oid", OID),
        ("name", "Megan Bowen"),
        ("preferred_username", "megan@contoso.com"),
        ("roles", "Restore.Read"),
        ("roles", "Restore.Override"),
    )

    expected = Caller("megan@contoso.com", OID, frozenset({Role.READ, Role.OVERRIDE}))
    assert expected == _entra(headers)


def test_the_platforms_long_claim_names_mean_the_same() -> None:
    """App Service maps some claims to URIs."""
    headers = _header((LONG_OID, OID), (LONG_UPN, "megan@contoso.com"), (LONG_ROLE, "Restore.Read"))

    assert Caller("megan@contoso.com", OID, frozenset({Role.READ})) == _entra(headers)


def test_the_principal_may_name_its_own_role_claim() -> None:
    """Claims of the type in role_typ are roles, too."""
    headers = _header(("oid", OID), ("my-role", "Restore.Admin"), role_typ="my-role")

    assert frozenset({Role.ADMIN}) == _entra(headers).roles


@pytest.mark.parametrize("claim", ["azp", "appid"])
def test_an_app_is_called_by_its_app_id(claim: str) -> None:
    """An app has no user name: its app id is the name, and its id only if there is no object."""
    with_object = _entra(_header((claim, APP), ("oid", OID)))
    without = _entra(_header((claim, APP)))

    assert (APP, OID) == (with_object.name, with_object.id)
    assert (APP, APP) == (without.name, without.id)


def test_roles_we_do_not_know_are_nothing() -> None:
    """Case matters, and another application's roles give nothing here."""
    headers = _header(("oid", OID), ("roles", "restore.admin"), ("roles", "Files.Read"))

    assert frozenset() == _entra(headers).roles


def test_the_header_is_found_in_any_case() -> None:
    """Hosts write header names differently."""
    (value,) = _header(("oid", OID)).values()

    for name in ("x-ms-client-principal", "X-Ms-Client-Principal"):
        assert OID == _entra({name: value}).id


def test_nobody_is_believed_while_the_platform_does_not_authenticate() -> None:
    """Without platform authentication anybody could have written the header."""
    with pytest.raises(UnauthenticatedError) as nobody:
        _entra(_header(("oid", OID), ("roles", "Restore.Admin")), platform_auth=False)
    assert "WEBSITE_AUTH_ENABLED" in said(nobody.value).message


BAD_HEADERS: list[dict[str, str]] = [
    {},
    {"X-MS-CLIENT-PRINCIPAL": ""},
    {"X-MS-CLIENT-PRINCIPAL": "not base64!"},
    {"X-MS-CLIENT-PRINCIPAL": "größe"},
    _raw(b"not json"),
    _raw(b"\xff\xfe\xfa"),
    _raw(b"[" * 60_000),
    _raw(b"[]"),
    _raw(b"{}"),
    _raw(b'{"claims": {}}'),
    _raw(b'{"claims": ["oid"]}'),
    _raw(b'{"claims": [{"typ": "oid"}]}'),
    _raw(b'{"claims": [{"typ": "oid", "val": 1}]}'),
    _header(("roles", "Restore.Read")),
    _header(("oid", ""), ("azp", "")),
    _header(("oid", OID)) | {"x-ms-client-principal": "e30="},
]


@pytest.mark.parametrize("headers", BAD_HEADERS, ids=range(len(BAD_HEADERS)))
def test_a_principal_that_says_nobody_is_nobody(headers: dict[str, str]) -> None:
    """Missing, malformed, empty or given twice: unauthenticated, and nothing else."""
    with pytest.raises(UnauthenticatedError):
        _entra(headers)


@given(st.binary() | st.text().map(str.encode))
def test_any_principal_is_answered(body: bytes) -> None:
    """Whatever the header holds, the answer is a caller or UnauthenticatedError."""
    for headers in (_raw(body), {"X-MS-CLIENT-PRINCIPAL": body.decode("latin-1")}):
        with pytest.raises(UnauthenticatedError):
            _entra(headers)


@pytest.mark.parametrize("held", list(Role))
@pytest.mark.parametrize("needed", list(Role))
def test_no_role_stands_in_for_another(held: Role, needed: Role) -> None:
    """Each role is demanded by itself; the error names the role."""
    if held is needed:
        _holding(held).demand(needed)
        return
    with pytest.raises(RoleMissingError) as missing:
        _holding(held).demand(needed)
    assert needed == missing.value.role
    assert needed in said(missing.value).message


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"accept_unknown_window": True}, "acceptUnknownWindow"),
        ({"accept_rehire": True}, "acceptRehire"),
        ({"allow_synced": True}, "allowSynced"),
        ({"on_address_conflict": "drop"}, 'onAddressConflict "drop"'),
        ({"accept_unknown_window": True, "allow_synced": True}, "acceptUnknownWindow, allowSynced"),
    ],
)
def test_overrides_need_their_role(fields: dict[str, Any], names: str) -> None:
    """Each override alone needs Restore.Override; not even Admin does instead."""
    request = a_request(**fields)

    demand_overrides(request, _holding(Role.OVERRIDE))
    with pytest.raises(RoleMissingError) as missing:
        demand_overrides(request, _holding(Role.READ, Role.REQUEST, Role.ADMIN))
    assert said(missing.value).message.endswith(f"the role Restore.Override: {names}.")


def test_a_request_without_overrides_needs_no_role() -> None:
    """Nothing is demanded for what is not asked."""
    demand_overrides(a_request(on_upn_conflict="rename"), _holding())


def test_one_may_read_ones_own_and_a_reader_all() -> None:
    """Own means the same id; a nameless requester is nobody's own."""
    own, other = RequestedBy(Door.HTTP, None, OID), RequestedBy(Door.HTTP, None, APP)
    nameless = RequestedBy(Door.QUEUE, "app", None)
    allowed = {
        role: [_holding(role).may_read(owner) for owner in (own, other, nameless)] for role in Role
    }

    assert [True, True, True] == allowed[Role.READ]
    assert [True, False, False] == allowed[Role.REQUEST]
    assert [False, False, False] == allowed[Role.OVERRIDE] == allowed[Role.ADMIN]
    assert not Caller(None, None, frozenset({Role.REQUEST})).may_read(nameless)
