"""Define a stored value together with its ETag, which changes at every write."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stored[T]:
    """A value as it lies in storage; `etag` changes with every write."""

    value: T
    etag: str
