"""Run the service for callers who send anything: two hosts, and their output.

One host has Entra ID before it, which a header stands in for, the other asks for a function key.
"""

import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Final, Self

import httpx

from infra.local.landscape import Host, Landscape
from tests.e2e.stage.launcher import OffsetClock
from tests.e2e.stage.storage import in_base64
from tests.waiting import eventually

KEY: Final = "openapi-function-key"
_ROLES = ("Restore.Read", "Restore.Request", "Restore.Override", "Restore.Admin")
_CLAIMS = [{"typ": "oid", "val": "tester"}, *({"typ": "roles", "val": role} for role in _ROLES)]
PRINCIPAL: Final = {"X-MS-CLIENT-PRINCIPAL": in_base64(json.dumps({"claims": _CLAIMS}))}
"""Somebody signed in with Entra ID who has every role."""

_NEVER = "0 0 0 29 2 *"
_SETTINGS = {
    "AUTH_MODE": "entra",
    "WEBSITE_AUTH_ENABLED": "true",
    "SWEEP_SCHEDULE": _NEVER,
    "OBSERVE_SCHEDULE": _NEVER,
    "CLEANUP_SCHEDULE": _NEVER,
    "REPORT_SCHEDULE": _NEVER,
    "DRILL_SCHEDULE": _NEVER,
    "AzureFunctionsJobHost__extensions__queues__maxPollingInterval": "00:00:00.200",
}
_TIMERS = ("ObserveTenant", "SweepRestores", "CleanUpLedger", "SendWeeklyReport", "BeginDrill")
_PATIENCE_SECONDS = 600

# A function that raised, a message set aside after its five tries, a broken listener.
_BAD = ("(Failed, Id=", "'Functions.DrainPoison", " CRITICAL ", "Traceback")
# The server refused bytes that are no HTTP, before there was a request: that is its own log line.
_NO_HTTP = "aiohttp.http_exceptions."


class Doors:
    """A landscape with a tenant of made-up people; a context manager that stops it all.

    Attributes:
        signed_in: the host that believes the principal header.
        keyed: the host that asks for the function key.
        troubles: the lines by which a host told of what must not happen.

    """

    signed_in: Host
    keyed: Host

    def __init__(self) -> None:
        self.troubles: list[str] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Start everything."""
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            clock = OffsetClock(folder / "offset")
            clock.set(0)
            launcher = (
                sys.executable,
                "-m",
                "tests.e2e.stage.launcher",
                "--clock",
                str(clock.file),
            )
            landscape = Landscape(settings=_SETTINGS, command=launcher, echo=self._read)
            self.signed_in = stack.enter_context(landscape).host
            self.keyed = landscape.start_host(
                command=(*launcher, "--function-key", KEY), AUTH_MODE="keys"
            )
            self._start_a_batch()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop everything."""
        self._stack.close()

    async def come_to_rest(self) -> None:
        """Wait until every restore that was let in has ended or waits, then run each timer once.

        What a door lets in, the timers have to live with: guards above all. Where there is
        trouble, there is nothing to wait for.
        """
        async with httpx.AsyncClient(timeout=_PATIENCE_SECONDS, headers=PRINCIPAL) as http:

            async def is_at_rest() -> bool:
                if self.troubles:
                    return True
                asked = [
                    await http.get(f"{self.signed_in.url}/api/restores?top=1&status={status}")
                    for status in ("queued", "running")
                ]
                return all(answer.json() == {"value": []} for answer in asked)

            await eventually(is_at_rest, within_seconds=_PATIENCE_SECONDS)
            for timer in _TIMERS:
                url = f"{self.signed_in.url}/admin/functions/{timer}?wait=true"
                answer = await http.post(url, json={"input": ""})
                assert answer.status_code == 200, f"{timer} failed"
            await eventually(is_at_rest, within_seconds=_PATIENCE_SECONDS)

    async def are_well(self) -> bool:
        """Whether both hosts answer that they live."""
        async with httpx.AsyncClient(timeout=_PATIENCE_SECONDS) as http:
            answers = [
                await http.get(f"{host.url}/api/health") for host in (self.signed_in, self.keyed)
            ]
        return all(answer.json()["status"] == "ok" for answer in answers)

    def _start_a_batch(self) -> None:
        """Its id follows from its key, so that callers who make ids up can know this one."""
        batch = {
            "idempotencyKey": "openapi",
            "restores": [{"kind": "mailbox", "user": "milan.koster@contoso.example"}, {}],
        }
        url = f"{self.signed_in.url}/api/batches"
        httpx.post(url, json=batch, headers=PRINCIPAL, timeout=_PATIENCE_SECONDS).raise_for_status()

    def _read(self, part: str, line: str) -> None:
        if part == "host" and any(sign in line for sign in _BAD) and _NO_HTTP not in line:
            self.troubles.append(line)
