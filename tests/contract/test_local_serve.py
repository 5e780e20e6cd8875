"""Test that `python -m infra.local.serve` starts everything, or reports every problem at once."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

from infra.local.landscape import Azurite, Child, Landscape, free_ports
from infra.local.settings_file import RECORD
from tests.contract.host_bench import new_bench
from tests.contract.test_local_host_storage import is_receive, queue_proxy
from tests.waiting import eventually

APP = Path(__file__).parent / "host_app"
SETTINGS = {
    "WORK_QUEUE": "serve-work",
    "DRAIN_QUEUE": "serve-drain-poison",
    "TICK_SCHEDULE": "0 0 0 1 1 *",
}
ENVIRONMENT = dict(os.environ) | SETTINGS  # noqa: TID251 - handed on


def command(settings_check: str, *arguments: str) -> list[str]:
    """Write the command that serves the test's app, with that program as settings check."""
    check = [sys.executable, "-c", settings_check]
    call = f"main({list(arguments)!r}, app_dir=Path({str(APP)!r}), settings_command={check!r})"
    program = (
        f"from pathlib import Path\nfrom infra.local.serve import main\nraise SystemExit({call})"
    )
    return [sys.executable, "-c", program]


async def test_everything_starts_and_stops() -> None:
    """The parts run, the output says how to talk to them, SIGTERM ends them all.

    The port is that of the variable PORT. The connection string stands in a file alone, which goes
    with the run.
    """
    [port] = free_ports(1)
    with Child("serve", command("pass"), env=ENVIRONMENT | {"PORT": str(port)}) as serving:
        serving.wait_for_line(starting="running until Ctrl-C", within_seconds=120)

        values = json.loads((APP / RECORD).read_text(encoding="utf-8"))["Values"]
        assert values["AzureWebJobsStorage"].startswith("DefaultEndpointsProtocol=http")
        assert serving.terminate() == 0
        output = "\n".join(serving.output())
    assert f"http://127.0.0.1:{port}/api/restores" in output
    assert "/_control/counters" in output
    assert "its connection string is in .local/serve.json" in output
    assert "AccountKey" not in output
    assert not (APP / RECORD).exists()


async def test_storage_and_graph_of_somebody_else_are_used(azurite: Azurite) -> None:
    """With both given only the host is started, and the token stand-in where none is given."""
    [port] = free_ports(1)
    given = {"GRAPH_BASE_URL": "http://127.0.0.1:9/v1.0"}
    arguments = ["--port", str(port), "--storage", azurite.connection_string]
    with Child("serve", command("pass", *arguments), env=ENVIRONMENT | given) as serving:
        serving.wait_for_line(starting="running until Ctrl-C", within_seconds=120)

        output = "\n".join(serving.output())
    assert "graph           http://127.0.0.1:9/v1.0 (as given; only the token comes from" in output
    assert "storage         as given" in output


async def test_storage_that_refuses_ends_it_and_it_says_why(azurite: Azurite) -> None:
    """A missing role takes the host down, in Azure and here; the last words name it."""
    [port] = free_ports(1)
    bench = new_bench(azurite)
    await bench.make_queues()
    own = {"WORK_QUEUE": bench.work, "DRAIN_QUEUE": bench.drain}
    async with queue_proxy(bench) as proxy:
        proxy.status = lambda request: 403 if is_receive(request) else None
        call = command("pass", "--port", str(port), "--storage", proxy.connection_string)
        with Child("serve", call, env=ENVIRONMENT | own) as serving:
            assert await asyncio.to_thread(serving.wait, 30) == 1
            output = "\n".join(serving.output())

    assert "the functions host ended: the storage account refused a call with 403" in output
    assert "in Azure the platform starts it again" in output
    assert "AccountKey" not in output


def test_every_fault_is_told_at_once() -> None:
    """A taken port and two wrong settings are three lines and exit code 2."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        check = "import sys; print('A is wrong\\nB is wrong', file=sys.stderr); sys.exit(2)"
        done = subprocess.run(  # noqa: S603 - our own program
            command(check, "--port", str(port)),
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    lines = done.stderr.splitlines()
    assert (done.returncode, lines[0], len(lines)) == (2, "not started:", 4)
    assert lines[1].startswith(f"- Port {port} is taken")
    assert lines[2:] == ["- A is wrong", "- B is wrong"]


async def test_no_child_outlives_its_parent() -> None:
    """SIGKILL of the parent takes Azurite, Graph and host with it."""
    [port] = free_ports(1)
    with Child("serve", command("pass", "--port", str(port)), env=ENVIRONMENT) as serving:
        serving.wait_for_line(starting="running until Ctrl-C", within_seconds=120)
        serving.kill()

        await eventually(lambda: _is_free(port))


def test_landscape_wires_its_parts(azurite: Azurite) -> None:
    """A host of a landscape finds storage, Graph and identity in its environment."""
    with Landscape(app_dir=APP, settings=SETTINGS, azurite=azurite, queues=()) as landscape:
        environment = landscape.environment(AUTH_MODE="entra")

        assert environment["AzureWebJobsStorage"] == azurite.connection_string
        assert environment["GRAPH_BASE_URL"] == f"{landscape.graph.base_url}/v1.0"
        assert environment["IDENTITY_ENDPOINT"] == f"{landscape.graph.base_url}/msi/token"
        assert environment["AUTH_MODE"] == "entra"
        assert landscape.host.url.startswith("http://127.0.0.1:")
    assert landscape.host.exit_code == 0
    assert azurite.exit_code is None


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
