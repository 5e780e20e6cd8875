"""Tell whether an object meets a filter.

Strings compare without regard to case, but for those of a collection that is to be exact.
"""

import operator
from collections.abc import Callable
from datetime import datetime
from typing import Any, assert_never

from infra.local.graph.odata.lexer import invalid_filter
from infra.local.graph.odata.tree import Both, Compare, Function, In, Lambda, Node, Not, Path, Value
from infra.local.graph.tenant.clock import instant
from infra.local.graph.web.wire import Json

type Scope = dict[str, Any]

# Not names that a filter can have: the collections to be compared exactly, and whether one is.
_EXACT_ONES, _IS_EXACT = "", "="

_ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    "ge": operator.ge,
    "le": operator.le,
    "gt": operator.gt,
    "lt": operator.lt,
}


def matches(node: Node, item: Json, exact: frozenset[str] = frozenset()) -> bool:
    """Tell whether `item` meets the filter; elements of the `exact` collections mind case."""
    return _holds(node, item, {_EXACT_ONES: exact} if exact else {})


def _holds(node: Node, item: Any, scope: Scope) -> bool:
    match node:
        case Both():
            combine = all if node.operator == "and" else any
            return combine(_holds(part, item, scope) for part in node.parts)
        case Not():
            return not _holds(node.condition, item, scope)
        case Compare():
            return _compares(node, resolve(node.path, item, scope), scope)
        case In():
            found = resolve(node.path, item, scope)
            return any(_same(found, value, scope) for value in node.values)
        case Function():
            return _applies(node, resolve(node.path, item, scope))
        case Lambda():
            return _quantified(node, item, scope)
        case _:
            assert_never(node)


def resolve(path: Path, item: Any, scope: Scope) -> Any:
    """Answer what a path leads to: a property, a lambda variable, or a `$count`."""
    first, *rest = path
    found = scope[first] if first in scope else _property(item, first)
    for name in rest:
        found = len(found or ()) if name == "$count" else _property(found, name)
    return found


def _property(item: Any, name: str) -> Any:
    if not isinstance(item, dict):
        return None
    if name in item:
        return item[name]
    lower = name.lower()
    return next((value for key, value in item.items() if key.lower() == lower), None)


def _quantified(node: Lambda, item: Any, scope: Scope) -> bool:
    found = resolve(node.path, item, scope)
    elements = found if isinstance(found, list) else []
    if node.condition is None:
        return bool(elements)
    condition = node.condition
    inner = {**scope, _IS_EXACT: True} if node.path[0] in scope.get(_EXACT_ONES, ()) else scope
    tests = (_holds(condition, item, {**inner, node.variable: element}) for element in elements)
    return all(tests) if node.quantifier == "all" else any(tests)


def _compares(node: Compare, found: Any, scope: Scope) -> bool:
    if node.operator == "eq":
        return _same(found, node.value, scope)
    if node.operator == "ne":
        return not _same(found, node.value, scope)
    if found is None or node.value.value is None:
        return False
    left, right = _comparable(found, node.value, scope)
    try:
        return _ORDERED[node.operator](left, right)
    except TypeError:
        return False


def _same(found: Any, value: Value, scope: Scope) -> bool:
    if found is None or value.value is None:
        return found is None and value.value is None
    left, right = _comparable(found, value, scope)
    return bool(left == right)


def _comparable(found: Any, value: Value, scope: Scope) -> tuple[Any, Any]:
    if value.kind == "date" or (isinstance(found, str) and _is_instant(found, value)):
        return _moment(str(found)), _moment(str(value.value))
    if isinstance(found, str) and isinstance(value.value, str):
        if scope.get(_IS_EXACT):
            return found, value.value
        return found.casefold(), value.value.casefold()
    if isinstance(found, bool) != (value.kind == "bool"):
        return str(found), value.value
    return found, value.value


def _is_instant(found: str, value: Value) -> bool:
    return value.kind == "string" and found.endswith("Z") and found[4:5] == "-" and _looks(value)


def _looks(value: Value) -> bool:
    text = str(value.value)
    return text.endswith("Z") and text[4:5] == "-" and text[10:11] == "T"


def _moment(text: str) -> datetime | str:
    try:
        return instant(text)
    except ValueError:
        return text


def _applies(node: Function, found: Any) -> bool:
    if node.value.kind != "string":
        raise invalid_filter(f"No function signature for the function with name '{node.name}'.")
    if not isinstance(found, str):
        return False
    text, sought = found.casefold(), str(node.value.value).casefold()
    if node.name == "startswith":
        return text.startswith(sought)
    return text.endswith(sought) if node.name == "endswith" else sought in text
