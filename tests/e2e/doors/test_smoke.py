"""Test the smoke test of a deployment against good and bad hosts."""

import asyncio
import sys
from asyncio.subprocess import PIPE

from infra.local.preflight import ROOT
from tests.e2e.stage.stage import Stage

SMOKE = (sys.executable, "-m", "infra.deploy", "smoke", "--url")


async def smoke(url: str, *more: str) -> tuple[int | None, str]:
    """How the step ended, and what it said."""
    running = await asyncio.create_subprocess_exec(*SMOKE, url, *more, stdout=PIPE, cwd=ROOT)
    said, _ = await running.communicate()
    return running.returncode, said.decode()


async def test_a_deployment_with_a_shut_door_passes(stage: Stage) -> None:
    """Health answers, everything else wants a key, and a forged principal opens nothing."""
    with stage.start_another_host("--function-key", "secret") as host:
        code, said = await smoke(host.url, "--auth-mode", "keys")

    assert (code, said.count("ok  ")) == (0, 8), said


async def test_a_door_that_believes_anybody_is_found(stage: Stage) -> None:
    """Here nobody stands in front of the host and takes forged principals off."""
    with stage.start_another_host(AUTH_MODE="entra", WEBSITE_AUTH_ENABLED="true") as host:
        code, said = await smoke(host.url, "--health", "open")

    assert code == 1
    assert "FAULT restores with a forged principal: 200, expected 401" in said
    assert "FAULT status with a forged principal: 200, expected 401 or 403" in said
