"""Imitate the decisions of the real queue listener, without any storage.

Source: azure-sdk-for-net, Microsoft.Azure.WebJobs.Extensions.Storage: QueueProcessor.cs (what
becomes of a message), QueueListener.cs (the lease), QueueListenerFactory.cs (which queues have a
poison queue), RandomizedExponentialBackoffStrategy.cs (the wait on an empty queue); CHANGELOG.md of
Microsoft.Azure.WebJobs.Extensions.Storage.Queues (what 5.3.8 changed).
"""

import base64
import binascii
from datetime import timedelta
from enum import Enum
from random import Random

POISON_SUFFIX = "-poison"
# Hard-coded in the real listener too. What a crash costs: its message stays hidden that long.
MESSAGE_LEASE = timedelta(minutes=10)
_LONGEST_QUEUE_NAME = 63
_RANDOMIZATION = (0.8, 1.2)


class Step(Enum):
    """What is done with a message next.

    LEAVE does nothing at all: the message stays hidden until its lease is over.
    """

    RUN = "run"
    DELETE = "delete"
    RELEASE = "release"
    POISON = "poison"
    LEAVE = "leave"


class QueuesExtension(Enum):
    """Which version of the queue extension is imitated: they differ on poison queues.

    The extension bundle 4.38.0 has 5.3.7, and an app that asks for `[4.*, 5.0.0)` may get either.
    """

    UP_TO_5_3_7 = "5.3.7"
    FROM_5_3_8 = "5.3.8"


def poison_queue_of(queue_name: str) -> str | None:
    """Name the poison queue; a poison queue has none of its own, nor has a name too long."""
    poison = f"{queue_name}{POISON_SUFFIX}"
    if queue_name.endswith(POISON_SUFFIX) or len(poison) > _LONGEST_QUEUE_NAME:
        return None
    return poison


def before_run(
    *,
    dequeue_count: int,
    max_dequeue_count: int,
    has_poison: bool,
    extension: QueuesExtension = QueuesExtension.FROM_5_3_8,
) -> Step:
    """Decide on a message just received: over the count it is never shown to the function.

    On a queue without a poison queue the count is not asked, from 5.3.8 on: its message is run
    again at the end of each lease, until it expires. Up to 5.3.7 it is left, unseen, until then.
    """
    if dequeue_count <= max_dequeue_count:
        return Step.RUN
    if has_poison:
        return Step.POISON
    return Step.RUN if extension is QueuesExtension.FROM_5_3_8 else Step.LEAVE


def after_run(
    *, succeeded: bool, dequeue_count: int, max_dequeue_count: int, has_poison: bool
) -> Step:
    """Decide on a message whose run ended."""
    if succeeded:
        return Step.DELETE
    if not has_poison:
        return Step.LEAVE
    return Step.POISON if dequeue_count >= max_dequeue_count else Step.RELEASE


def decode_body(wire: str, *, is_base64: bool) -> bytes | None:
    """Give the bytes of a message, or None when it is not the base64 it should be.

    White space within base64 is skipped, as .NET does.
    """
    if not is_base64:
        return wire.encode()
    try:
        return base64.b64decode("".join(wire.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def encode_body(body: bytes, *, is_base64: bool) -> str:
    """Write the bytes of a message as they go over the wire."""
    return base64.b64encode(body).decode() if is_base64 else body.decode()


class IdleDelay:
    """The wait between two polls of an empty queue: doubled each time, with ±20 % of chance."""

    def __init__(self, minimum: timedelta, maximum: timedelta, chance: Random) -> None:
        self._minimum, self._maximum, self._chance = minimum, maximum, chance
        self._current, self._exponent = timedelta(0), 1

    def after(self, *, found: bool) -> timedelta:
        """Say how long to wait; `found` tells that messages came since the last wait."""
        if found:
            self._current, self._exponent = self._minimum, 1
        elif self._current < self._maximum:
            self._current = min(self._maximum, self._minimum + self._increment())
            self._exponent += 1
        return self._current

    def _increment(self) -> timedelta:
        doubled: int = 2 ** (self._exponent - 1)
        return self._minimum * (doubled * self._chance.uniform(*_RANDOMIZATION))
