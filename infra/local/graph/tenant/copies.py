"""Copy JSON values, several times faster than `copy.deepcopy`."""

from typing import Any


def clone[T](value: T) -> T:
    """Answer a copy of a JSON value that shares nothing that can be changed with it."""
    copied: Any = _cloned(value)
    found: T = copied
    return found


def _cloned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _cloned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cloned(item) for item in value]
    return value
