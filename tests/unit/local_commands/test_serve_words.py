"""What `serve` says: addresses, and lines to paste for each shell and each way to sign in."""

import base64
import json
from pathlib import Path

import pytest

from infra.local import principal, settings_file
from infra.local.preflight import ROOT
from infra.local.serve.command import main
from infra.local.serve.plan import Plan
from infra.local.serve.words import addresses, tries

URL = "http://127.0.0.1:7071"
SECRET = "AccountKey=c2VjcmV0"


def plan(
    *,
    function_key: str | None = None,
    identity_only: bool = False,
    is_trusting: bool = False,
    beside: str | None = None,
    **environment: str,
) -> Plan:
    """Make a plan with those settings."""
    values = {
        "AUTH_MODE": "keys",
        "AzureWebJobsStorage": SECRET,
        "GRAPH_BASE_URL": "http://127.0.0.1:9/v1.0",
        **environment,
    }
    return Plan(
        port=7071,
        app_dir=ROOT,
        function_key=function_key,
        azurite_ports=(1, 2, 3),
        graph_port=9,
        identity_only=identity_only,
        for_func=False,
        verbose=False,
        environment=values,
        is_trusting=is_trusting,
        beside=beside,
    )


@pytest.mark.parametrize("is_windows", [True, False])
def test_no_secret_is_printed(*, is_windows: bool) -> None:
    """The connection string stands in the file that is named."""
    record, log = Path(".local/serve.json"), Path(".local/serve.log")
    said = addresses(plan(), URL, record, log, is_windows=is_windows)

    assert SECRET not in said
    assert "c2VjcmV0" not in said
    assert ".local/serve.json" in said


def test_lines_for_bash() -> None:
    """curl, with the key of the caller where one is asked for."""
    lines = tries(plan(function_key="abc"), URL, is_windows=False)

    assert "caller=(-H 'x-functions-key: abc')" in lines
    assert f'curl -i "${{caller[@]}}" {URL}/api/health' in lines


def test_lines_for_powershell() -> None:
    """Nothing that PowerShell does not know: its own command, its own quotes."""
    lines = tries(plan(function_key="abc"), URL, is_windows=True)

    assert "$caller = @{ 'x-functions-key' = 'abc' }" in lines
    assert f"Invoke-WebRequest -Headers $caller -UseBasicParsing {URL}/api/health" in lines
    assert not any("curl" in line for line in lines)


def test_caller_of_entra_has_every_role() -> None:
    """The printed lines carry a caller that the service believes, and how to make another."""
    lines = tries(plan(AUTH_MODE="entra", WEBSITE_AUTH_ENABLED="true"), URL, is_windows=False)

    [caller] = [line for line in lines if line.startswith("caller=")]
    value = caller.rpartition(": ")[2].rstrip("')")
    claims = json.loads(base64.b64decode(value))["claims"]
    roles = [claim["val"] for claim in claims if claim["typ"] == "roles"]
    assert roles == list(principal.ROLES)
    assert any("infra.local principal Restore.Read Restore.Request" in line for line in lines)


def test_entra_without_the_platform_is_told() -> None:
    """AUTH_MODE alone believes nobody; the line says what is missing."""
    lines = tries(plan(AUTH_MODE="entra"), URL, is_windows=False)

    assert any("WEBSITE_AUTH_ENABLED=true" in line for line in lines)
    assert not any(line.startswith("caller=") for line in lines)


def test_nobody_of_a_real_tenant_is_named_or_lost() -> None:
    """With somebody else's Graph neither made-up people nor `lose` are offered."""
    lines = "\n".join(tries(plan(identity_only=True), URL, is_windows=False))

    assert "contoso" not in lines
    assert " lose " not in lines


def test_header_is_printed_for_the_roles_named(capsys: pytest.CaptureFixture[str]) -> None:
    """`principal` prints one header line, several roles as several claims."""
    assert principal.main(["Restore.Read", "Restore.Admin", "--id", "me"]) == 0

    name, _, value = capsys.readouterr().out.strip().partition(": ")
    assert name == "X-MS-CLIENT-PRINCIPAL"
    assert json.loads(base64.b64decode(value))["claims"] == [
        {"typ": "oid", "val": "me"},
        {"typ": "roles", "val": "Restore.Read"},
        {"typ": "roles", "val": "Restore.Admin"},
    ]


def test_roles_are_those_of_the_registration() -> None:
    """Read from the file that the API is registered with."""
    registered = json.loads(Path(ROOT / "infra/graph/app-roles.json").read_text(encoding="utf-8"))

    assert list(principal.ROLES) == [role["value"] for role in registered]


@pytest.mark.parametrize(
    ("made", "how"),
    [
        (plan(), "asks for no key"),
        (plan(function_key="abc"), "asks for the function key"),
        (plan(AUTH_MODE="entra", WEBSITE_AUTH_ENABLED="true"), "sign in as anybody"),
    ],
    ids=["keys", "a key", "sign-in"],
)
def test_the_desk_comes_first(made: Plan, how: str) -> None:
    """Before everything else that runs, with the way in."""
    said = addresses(made, URL, Path("r"), Path("l"), is_windows=False)

    first = said.partition("running until Ctrl-C:\n")[2].splitlines()[0]
    assert first.split(maxsplit=1) == ["desk", f"{URL}/api/desk ({how})"]


def test_pasted_lines_need_no_name_where_everybody_is_trusted() -> None:
    """They may do everything; how to be somebody with fewer roles stands above them."""
    trusting = plan(is_trusting=True, AUTH_MODE="entra", WEBSITE_AUTH_ENABLED="true")
    lines = tries(trusting, URL, is_windows=False)

    assert f"curl -i {URL}/api/losses" in lines
    assert "may do everything" in lines[0]


def test_a_second_run_of_a_folder_leaves_the_files_of_the_first_alone() -> None:
    """It has files of its own, and says whom `lose` speaks to."""
    alone, second = plan(), plan(beside="http://127.0.0.1:7070")

    assert alone.own(settings_file.RECORD) == settings_file.RECORD
    assert second.own(settings_file.RECORD) == Path(".local/serve-7071.json")
    assert any("lose hanna.vos" in line for line in tries(alone, URL, is_windows=False))
    assert any(
        "`lose` speaks to http://127.0.0.1:7070" in it
        for it in tries(second, URL, is_windows=False)
    )


def test_a_port_that_is_no_number_starts_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody would find it where it was meant to be; the variable PORT is read likewise."""
    with pytest.raises(SystemExit) as ended:
        main(["--port", "abc"])

    assert ended.value.code == 2
    assert "'abc' is no port" in capsys.readouterr().err
