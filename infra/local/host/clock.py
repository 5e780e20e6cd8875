"""The host's clock and its random ids: the only place where it asks the machine for them."""

from datetime import UTC, datetime
from uuid import uuid4  # noqa: TID251 - an id of the host, as random as the real one's


def utc_now() -> datetime:
    """Say what time it is, aware, in UTC: timers of a Linux Functions app run in UTC."""
    return datetime.now(tz=UTC)  # noqa: TID251 - this host is its own product, without our ports


def new_id() -> str:
    """Make an id for an invocation or a hand-made message, as the real host does."""
    return str(uuid4())
