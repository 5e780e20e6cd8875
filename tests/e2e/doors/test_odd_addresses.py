"""No spelling of an address, and no method, leads a stranger past the liveness and the desk."""

import http.client
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

import pytest

from infra.local.landscape import Host
from tests.e2e.stage.stage import Stage

ADDRESSES: Final = (
    *("/api/restores", "/API/RESTORES", "/api//restores", "//api/restores", "/api/./restores"),
    *("/api/health/../restores", "/api/desk/../restores", "/api/desk/../../api/restores"),
    *("/api/health/%2e%2e/restores", "/api/desk/%2e%2e/restores", "/api/desk/..%2frestores"),
    *("/api/health%2f..%2frestores", "/api/health;/../restores", "/api/health%00/restores"),
    *("/api/restores/", "/api/restores;x=1", "/api/restores?code=x", "/api/restores%20"),
    *(
        "/api%2frestores",
        "/%61pi/restores",
        "/api/%72estores",
        "/api/restores%2f",
        "/api/restores%00",
    ),
    *(
        "/api/status",
        "/api/status?deep=1",
        "/api/me",
        "/api/guards",
    ),
    *("/api/losses", "/api/licenses", "/api/subscriptions", "/api/health/x", "/api/healthx"),
    *("/api/deleted-users", "/api", "/api/", "/api/nothing"),
)
METHODS: Final = ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "get")


@pytest.fixture(scope="module")
def entra(stage: Stage) -> Iterator[Host]:
    """Give a host behind platform authentication, which a stranger has passed by."""
    with stage.start_another_host(AUTH_MODE="entra", WEBSITE_AUTH_ENABLED="true") as host:
        yield host


def asked(host: Host, method: str, target: str, **headers: str) -> int:
    """The status of an answer to this very target, which no client has tidied up."""
    address = urlsplit(host.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
    try:
        connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("target", ADDRESSES)
def test_no_spelling_of_an_address_leads_in(entra: Host, target: str) -> None:
    """Not signed in, not found or not allowed; what lives there is not told."""
    assert asked(entra, "GET", target) in {400, 401, 404, 405}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("target", ["/api/restores", "/api/status"])
def test_no_method_leads_in(entra: Host, method: str, target: str) -> None:
    """Nor does a header that names another one."""
    assert asked(entra, method, target) in {400, 401, 404, 405, 501}
    overridden = asked(entra, method, target, X_HTTP_Method_Override="POST")
    assert overridden in {400, 401, 404, 405, 501}


def test_what_is_open_is_open(entra: Host) -> None:
    """Or the tests above would prove nothing."""
    assert [asked(entra, "GET", f"/api/{name}") for name in ("health", "desk")] == [200, 200]


def test_a_gateway_may_probe_with_head(entra: Host) -> None:
    """Its probe takes any other answer for an app that is ill."""
    assert asked(entra, "HEAD", "/api/health") == 200
