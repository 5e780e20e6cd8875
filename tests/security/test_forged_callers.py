"""Whoever forges the platform's header, or its settings are unclear, gets nowhere."""

import base64
import json
from typing import Final

import pytest

from shared.errors import ConfigurationError
from shared.settings.all_settings import read_settings
from tests.builders import UPN
from tests.unit.functions.askers import ENTRA, KEYS, call, problem, service
from tests.unit.world.world import World

_ADMIN: Final = [{"typ": "oid", "val": "a"}, {"typ": "roles", "val": "Restore.Admin"}]


def _encoded(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return base64.b64encode(text.encode(errors="surrogatepass")).decode()


def _whole(claims: object) -> str:
    return _encoded({"auth_typ": "aad", "claims": claims})


FORGED: Final = {"x-ms-client-principal": _whole(_ADMIN)}
BODY: Final = {"kind": "user", "user": UPN}
NOBODY: Final = {
    "empty": "",
    "not base64": "****",
    "base64 of bytes": base64.b64encode(b"\xff\xfe\x00").decode(),
    "an array": _encoded([]),
    "a number": _encoded(1),
    "no claims": _encoded({"auth_typ": "aad"}),
    "claims that are none": _whole("Restore.Admin"),
    "claims as an object": _whole({"typ": "roles", "val": "Restore.Admin"}),
    "a role without an id": _whole(_ADMIN[1:]),
    "numbers for texts": _whole([{"typ": 1, "val": 2}, {"typ": "roles", "val": ["Restore.Admin"]}]),
    "1,500 levels": _encoded('{"claims":' * 1_500 + "1" + "}" * 1_500),
    "100,000 brackets": _encoded("[" * 100_000),
    "a name without claims": _encoded({"userId": "a", "userRoles": ["Restore.Admin"]}),
    "half a surrogate": _encoded('{"claims":[{"typ":"oid","val":"\ud800"}]'),
}


@pytest.mark.parametrize("name", NOBODY)
async def test_a_broken_header_is_nobody(name: str) -> None:
    """401, and nothing is begun; never an error of ours."""
    world = World()
    headers = {"x-ms-client-principal": NOBODY[name]}
    with service(world, ENTRA):
        answer = await call("StartRestore", headers, BODY, {})

    assert (answer.status_code, problem(answer)) == (401, "not-signed-in")
    assert world.storage.ledger.records == {}


@pytest.mark.parametrize(
    "name",
    ["x-ms-client-principal-id", "x-ms-client-principal-name", "x_ms_client_principal", "x-ms-a"],
)
async def test_no_other_header_names_anybody(name: str) -> None:
    """The platform sends several; one is believed, and only as it is spelt."""
    world = World()
    with service(world, ENTRA):
        answer = await call("StartRestore", {name: "admin"}, BODY, {})

    assert answer.status_code == 401


@pytest.mark.parametrize("said", ["", " ", "0", "false", "False", "FALSE"])
async def test_a_header_is_believed_only_where_the_platform_is_on(said: str) -> None:
    """Whoever could have written it is nobody."""
    with service(World(), {**ENTRA, "WEBSITE_AUTH_ENABLED": said}):
        answer = await call("ListGuards", FORGED, None, {})

    assert (answer.status_code, problem(answer)) == (401, "not-signed-in")


@pytest.mark.parametrize("said", ["no", "off", "2", "yes", "on", "truthy", "{}", "true;", "TRUE1"])
@pytest.mark.parametrize("setting", ["WEBSITE_AUTH_ENABLED", "AUTH_MODE"])
def test_an_unclear_setting_opens_nothing(setting: str, said: str) -> None:
    """Every request is answered 503, which names the setting to its administrator."""
    with pytest.raises(ConfigurationError, match=setting):
        read_settings({**ENTRA, setting: said})


async def test_with_function_keys_a_forged_admin_is_nameless() -> None:
    """The header changes nothing there."""
    with service(World(), KEYS):
        answer = await call("ListGuards", FORGED, None, {})

    assert (answer.status_code, problem(answer)) == (403, "role-missing")
