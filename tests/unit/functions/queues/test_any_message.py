"""No message, whatever is in it, is lost, blocks the queue or is set aside by the host."""

from hypothesis import HealthCheck, example, given, settings

from tests.unit.functions.queues.any_message import follow_message
from tests.unit.functions.queues.hostile_messages import MESSAGES

# tests/bench/any_message.py goes through a hundred thousand of them.
_SETTINGS = settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))


@_SETTINGS
@given(body=MESSAGES)
@example(b"")
@example(b"{" * 65_000)
@example(b'{"version": 1, "kind": "user", "user": "\\ud800"}')
@example(b'{"version": 1, "version": 1, "kind": "user", "user": "a@b.c"}')
@example(b'{"version": NaN, "kind": "user", "user": "a@b.c"}')
async def test_any_message_ends(body: bytes) -> None:
    """It becomes one restore, which ends, is told once, and keeps what was not understood."""
    await follow_message(body, poisoned=False)


@_SETTINGS
@given(body=MESSAGES)
async def test_any_message_that_was_set_aside_ends(body: bytes) -> None:
    """The same, for what lies on the poison queue."""
    await follow_message(body, poisoned=True)
