"""The smoke test of a deployment, against a front door of our own and a fake Azure CLI."""

import json
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import CompletedProcess
from threading import Thread
from typing import ClassVar

import pytest

from infra.deploy.doors import AROUND
from tests.unit.infra.fake_az import FakeAz

NAMES = ["GetHealth", "AdvanceRestore", "SweepLedger"]

# How often the front door looks whether it is to end.
_LOOK_SECONDS = 0.01


class FrontDoor(BaseHTTPRequestHandler):
    """Answers 401 to whoever has no token, but for the paths that are left open."""

    open_paths: ClassVar[set[str]] = set()
    believes: ClassVar[set[str]] = set()
    around: ClassVar[set[str]] = set()

    def do_GET(self) -> None:
        """Answer as the platform in front of an app does."""
        path = self.path.partition("?")[0]
        is_forged = "X-MS-CLIENT-PRINCIPAL" in self.headers and path in self.believes
        is_known = self.headers.get("Authorization") == "Bearer good"
        is_open = path in self.open_paths and "?" not in self.path
        is_forged = is_forged or ("X-MS-CLIENT-PRINCIPAL" in self.headers and path in self.around)
        self.send_response(200 if is_forged or is_known or is_open else 401)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    """Give the address of a front door that is shut."""
    FrontDoor.open_paths, FrontDoor.believes, FrontDoor.around = {"/api/desk"}, set(), set()
    with ThreadingHTTPServer(("127.0.0.1", 0), FrontDoor) as server:
        Thread(target=server.serve_forever, args=[_LOOK_SECONDS], daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def az(tmp_path: Path) -> FakeAz:
    """Give an Azure that lists all functions and has logged a sweep."""
    az = FakeAz(tmp_path)
    az.write(az.tenant() | {"functions": [NAMES], "rows": [1]})
    return az


def smoke(az: FakeAz, url: str, *more: str, patience: int = 0) -> CompletedProcess[str]:
    """Run the hook as azd does: what it needs is in the environment.

    Without patience (seconds) it looks once: nothing changes in a tenant unless a test says so.
    """
    manifest = az.folder / "manifest.json"
    manifest.write_text(json.dumps({"functionNames": NAMES}))
    command = (sys.executable, "-m", "infra.deploy", "smoke", "--patience", str(patience), *more)
    return az.run(
        *command,
        *("--manifest", str(manifest)),
        FUNCTION_APP_URL=url,
        AUTH_MODE="entra",
        AZURE_RESOURCE_GROUP="rg-x",
        FUNCTION_APP_NAME="func-x",
        APPLICATIONINSIGHTS_APP_ID="insights-x",
    )


def test_a_deployment_that_is_as_it_should_be_passes(az: FakeAz, url: str) -> None:
    """Shut door, all functions, a sweep: ten things looked at, one left out and said so."""
    done = smoke(az, url)

    assert done.returncode == 0, done.stdout
    assert (done.stdout.count("ok  "), done.stdout.count("skip  ")) == (10, 1)
    (asked,) = [line for line in az.changes() if "applicationinsights" in line]
    assert '== \\"swept\\"' in asked


def test_azure_and_its_log_are_given_time(az: FakeAz, url: str) -> None:
    """Functions are listed and lines arrive minutes after a deployment."""
    az.write(az.tenant() | {"functions": [[], NAMES[:1], NAMES], "rows": [0, 0, 3]})

    done = smoke(az, url, patience=4)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ([], "missing: AdvanceRestore, GetHealth, SweepLedger; unknown: -"),
        (["Warmup"], "missing: AdvanceRestore, GetHealth, SweepLedger; unknown: Warmup"),
        (NAMES[:2], "missing: SweepLedger; unknown: -"),
    ],
)
def test_functions_that_are_not_listed_are_named(
    az: FakeAz, url: str, listed: list[str], told: str
) -> None:
    """HTTP answers all the while; nothing would take a message off a queue."""
    az.write(az.tenant() | {"functions": [listed]})

    done = smoke(az, url)

    assert done.returncode == 1
    assert f"FAULT functions: {told}, expected all 3 listed" in done.stdout


def test_an_app_that_does_not_sweep_is_found(az: FakeAz, url: str) -> None:
    """All functions are listed, and no timer runs, look after look."""
    az.write(az.tenant() | {"rows": [0]})

    done = smoke(az, url, patience=1)

    assert done.returncode == 1
    assert "FAULT a sweep since the deployment: none, expected logged" in done.stdout
    assert len([line for line in az.changes() if "applicationinsights" in line]) > 1


def test_a_forged_principal_stops_a_deployment(az: FakeAz, url: str) -> None:
    """Wherever it is believed, with a liveness that is open as well."""
    FrontDoor.open_paths, FrontDoor.believes = {"/api/health", "/api/desk"}, {"/api/status"}

    done = smoke(az, url, "--health", "open")

    assert done.returncode == 1
    assert "FAULT status with a forged principal: 200, expected 401 or 403" in done.stdout
    assert "ok    health without a token: 200" in done.stdout


def test_a_liveness_that_is_open_against_its_setting_is_found(az: FakeAz, url: str) -> None:
    """ANONYMOUS_HEALTH is false unless somebody said otherwise."""
    FrontDoor.open_paths = {"/api/health", "/api/desk"}

    done = smoke(az, url)

    assert done.returncode == 1
    assert "FAULT health without a token: 200, expected 401" in done.stdout


def test_a_desk_that_nobody_can_open_is_found(az: FakeAz, url: str) -> None:
    """The page has to come before its people can sign in; where DESK is false, it must not."""
    FrontDoor.open_paths = set()

    shut, meant = smoke(az, url), smoke(az, url, "--desk", "closed")

    assert "FAULT the desk without a token: 401, expected 200" in shut.stdout
    assert (shut.returncode, meant.returncode) == (1, 0)


@pytest.mark.parametrize("path", AROUND)
def test_a_way_round_by_the_open_folder_stops_a_deployment(az: FakeAz, url: str, path: str) -> None:
    """Where the platform reads an address otherwise than the host, a header may be believed."""
    FrontDoor.around = {f"/api/{path}"}

    done = smoke(az, url)

    assert done.returncode == 1
    assert f"FAULT {path} with a forged principal: 200, expected 4xx" in done.stdout


def test_a_token_opens_the_status(az: FakeAz, url: str) -> None:
    """And nothing is left out then."""
    done = smoke(az, url, "--token", "good")

    assert done.returncode == 0, done.stdout
    assert "skip" not in done.stdout


def test_what_az_refuses_is_a_fault(az: FakeAz, url: str) -> None:
    """In its own words: no answer is no good news."""
    az.write(az.tenant() | {"refuse": "post"})

    done = smoke(az, url)

    assert done.returncode == 1
    assert "FAULT a sweep since the deployment: az: ERROR: Forbidden" in done.stdout


def test_an_app_that_nobody_answers_for_is_a_fault(az: FakeAz) -> None:
    """Its name is known, and no door is there."""
    done = smoke(az, "http://127.0.0.1:9")

    assert done.returncode == 1
    assert "FAULT restores without a token: no answer" in done.stdout


def test_by_hand_what_is_not_named_is_said_to_be_left_out(az: FakeAz, url: str) -> None:
    """The doors alone can be tried from anywhere."""
    done = az.run(sys.executable, "-m", "infra.deploy", "smoke", "--url", url)

    assert done.returncode == 0, done.stdout
    assert "skip  functions and sweep: --group, --app and --insights" in done.stdout


def test_an_unknown_step_is_wrong_use(az: FakeAz) -> None:
    """The steps are named."""
    done = az.run(sys.executable, "-m", "infra.deploy", "deploy")

    assert done.returncode == 2
    assert {"check", "grant", "package", "smoke", "tools"} <= set(done.stderr.split())
