"""GetHealth: the process lives; whatever is asked, nobody else is, and nothing is told."""

import json

import azure.functions as func
import pytest

from functions.http.health import get_health
from shared import __version__
from shared.bootstrap import Intake, Root
from tests.builders import NOW
from tests.fakes.clock import ManualClock
from tests.unit.functions.doors import principal, serving


class ClosedRoot(Root):
    """A root that must not be asked for anything."""

    async def intake(self) -> Intake:
        """Fail: the health asks nobody."""
        raise AssertionError("the health asked for storage")


@pytest.mark.parametrize("deep", [None, "", "1", "true"])
@pytest.mark.parametrize("roles", [(), ("Restore.Admin",)])
async def test_nobody_is_asked_and_nothing_told(deep: str | None, roles: tuple[str, ...]) -> None:
    """No settings, no storage, no Graph, for anybody: so wrong settings and outages do not show."""
    request = func.HttpRequest(
        method="GET",
        url="https://host/api/health",
        params={} if deep is None else {"deep": deep},
        headers=principal(*roles),
        body=b"",
    )
    with serving(ClosedRoot(ManualClock(NOW))):
        answer = await get_health(request)

    assert answer.status_code == 200
    assert json.loads(answer.get_body()) == {"status": "ok", "version": __version__}
