"""Parse the value of a switch by its declared type, and write it as JSON."""

from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

from infra.local.graph.tenant.replication import Replication


def as_switch(key: str, value: Any, hint: Any) -> Any:
    """Answer the value as the switch keeps it; raises ValueError where the type has no such one."""
    if get_origin(hint) is Literal:
        if value not in get_args(hint) or isinstance(value, bool):
            raise ValueError(f"{key} is one of {get_args(hint)}")
        return value
    options = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    if value is None and NoneType in options:
        return None
    if Replication in options:
        return Replication.read(value)
    if not any(_fits(value, option) for option in options):
        raise ValueError(f"{key} does not take {value!r}")
    return value


def as_json(value: Any) -> Any:
    """Answer the value as JSON."""
    return value.to_json() if isinstance(value, Replication) else value


def _fits(value: Any, option: Any) -> bool:
    if option is bool:
        return isinstance(value, bool)
    if option is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if option is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if get_origin(option) is list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return False
