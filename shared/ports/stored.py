"""A value as it lies in storage, with the mark that changes at each write."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stored[T]:
    """A value as it lies in storage; `etag` changes with every write."""

    value: T
    etag: str
