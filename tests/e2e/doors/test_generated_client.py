"""A client that was generated from the description lives through the story of a restore."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.landscape import Host
from tests.e2e.stage.people import a_deleted_user, fresh_key
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import in_base64
from tests.e2e.stage.world import World
from tests.unit.connector.generated_client import generated

_ROLES = ("Restore.Read", "Restore.Request", "Restore.Admin")

# What a developer writes: with the generated names alone, and by nothing but the types.
STORY = """
import sys
from datetime import UTC, datetime, timedelta
from threading import Event

from reprieve_client import Client
from reprieve_client.api.restores import (
    cancel_restore, check_restore, get_journal, get_restore, list_restores, start_restore,
)
from reprieve_client.api.service import get_health, get_me
from reprieve_client.api.tenant import list_losses
from reprieve_client.models import Case, OutcomeCode, ProblemCode, RestoreKind, RestoreRequest
from reprieve_client.models import Role, Status, StepName

url, principal, lost, later, key = sys.argv[1:]
client = Client(
    base_url=url + "/api",
    headers={"X-MS-CLIENT-PRINCIPAL": principal},
    raise_on_unexpected_status=True,
)

# Who am I, and does it live?
assert get_health.sync(client=client).version
assert Role.RESTORE_REQUEST in get_me.sync(client=client).roles

# Whom may I still save, and what would happen?
found = {one.user_principal_name for one in list_losses.sync(client=client).value}
assert {lost, later} <= found, found
request = RestoreRequest(kind=RestoreKind.MAILBOX, user=lost, reason="A slip.", ticket=None)
told = check_restore.sync(client=client, body=request)
assert told.restorable and told.case is Case.DELETED_USER, told
assert told.window.ends_at > datetime.now(UTC)
assert StepName.RESTORE_USER in told.plan

# Bring her back, and look where and when the answer says.
answer = start_restore.sync_detailed(client=client, body=request, idempotency_key=key)
assert answer.status_code == 202, answer
assert answer.headers["Location"].endswith(answer.parsed.id)
restore_id, looks = answer.parsed.id, 0
while answer.status_code == 202:
    assert int(answer.headers["Retry-After"]) >= 0
    looks += 1
    assert looks < 600, answer.parsed
    Event().wait(0.1)
    answer = get_restore.sync_detailed(restore_id, client=client)
restore = answer.parsed
assert answer.status_code == 200 and restore.status is Status.SUCCEEDED, restore
assert restore.outcome.code is OutcomeCode.MAILBOX_RESTORED
assert restore.finished_at >= restore.created_at
assert restore.user.user_principal_name == lost and restore.ticket is None

# The same key again changes nothing.
again = start_restore.sync_detailed(client=client, body=request, idempotency_key=key)
assert (again.status_code, again.parsed.id) == (200, restore_id)

# What was done, and when?
entries = get_journal.sync(restore_id, client=client).value
assert [one.what for one in entries][:1] == ["accepted"] and len(entries) > 4
assert any(one.step is StepName.RESTORE_USER and one.graph_request_id for one in entries)
listed = list_restores.sync(client=client, user=lost)
assert [one.id for one in listed.value] == [restore_id]

# Another one is for tomorrow, and called off; what was done cannot be.
tomorrow = datetime.now(UTC) + timedelta(days=1)
planned = RestoreRequest(kind=RestoreKind.USER, user=later, not_before=tomorrow)
scheduled = start_restore.sync(client=client, body=planned)
off = cancel_restore.sync(scheduled.id, client=client)
assert off.status is Status.CANCELLED, off
refused = cancel_restore.sync_detailed(restore_id, client=client)
assert (refused.status_code, refused.parsed.code) == (409, ProblemCode.NOT_CANCELLABLE)

# What is wrong is named field by field.
wrong = start_restore.sync_detailed(
    client=client, body=RestoreRequest(kind=RestoreKind.USER, user="x", reason="y" * 2000)
)
assert wrong.status_code == 400 and [one.pointer for one in wrong.parsed.errors] == ["/reason"]
nobody = get_restore.sync_detailed("0" * 32, client=client)
assert (nobody.status_code, nobody.parsed.code) == (404, ProblemCode.RESTORE_NOT_FOUND)
"""


@pytest.fixture(scope="module")
def entra(stage: Stage) -> Iterator[Host]:
    """Give a second host on the same storage, behind platform authentication."""
    with stage.start_another_host(AUTH_MODE="entra", WEBSITE_AUTH_ENABLED="true") as host:
        yield host


async def test_the_story_of_a_restore_with_a_generated_client(
    entra: Host, world: World, tmp_path: Path
) -> None:
    """Checked, started, followed, read, repeated, another called off: all by generated types."""
    lost, later = [await world.add(a_deleted_user()) for _ in range(2)]
    claims = [{"typ": "oid", "val": "dev"}, *({"typ": "roles", "val": role} for role in _ROLES)]
    principal = in_base64(json.dumps({"claims": claims}))
    names = [user["userPrincipalName"] for user in (lost, later)]

    told = subprocess.run(  # noqa: S603, ASYNC221 - our own interpreter; nothing else runs here
        (sys.executable, "-c", STORY, entra.url, principal, *names, fresh_key()),
        cwd=generated("openapi-3.0.json", tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stderr
    assert await world.effects(lost) == {"restore": 1}
    assert await world.effects(later) == {}
