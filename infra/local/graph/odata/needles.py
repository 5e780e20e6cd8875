"""Find quickly the few objects that could meet a filter, by texts they must contain.

A search by name in a tenant of thousands would otherwise evaluate the filter on each of them.
"""

from collections.abc import Mapping

from infra.local.graph.odata.tree import Both, Compare, Function, Lambda, Node, Path, Value
from infra.local.graph.web.wire import Json

# The properties whose words are in `text_of`.
_NAMES = ("userPrincipalName", "mail", "displayName")
_LISTED = "proxyAddresses"
_SEARCHED = frozenset(name.lower() for name in (*_NAMES, _LISTED))


def text_of(user: Json) -> str:
    """Answer all names and addresses of a user in one text, without regard to case."""
    names = (str(user.get(name) or "") for name in _NAMES)
    return "\n".join((*names, *(user.get(_LISTED) or ()))).casefold()


def may_meet(needles: tuple[str, ...] | None, item: Json, texts: Mapping[str, str]) -> bool:
    """Tell whether the object may meet a filter with these needles; False is certain."""
    text = texts.get(str(item.get("id"))) if needles is not None else None
    return needles is None or text is None or any(needle in text for needle in needles)


def needles_of(node: Node) -> tuple[str, ...] | None:
    """Answer texts of which every match contains at least one; None where that is not known."""
    return _needles(node, {})


def _needles(node: Node, variables: Mapping[str, Path]) -> tuple[str, ...] | None:
    match node:
        case Both():
            return _of_both(node, variables)
        case Compare(operator="eq") | Function():
            return _of_text(node.path, node.value, variables)
        case Lambda(quantifier="any") if node.condition is not None:
            return _needles(node.condition, {**variables, node.variable: node.path})
        case _:
            return None


def _of_both(node: Both, variables: Mapping[str, Path]) -> tuple[str, ...] | None:
    parts = [_needles(part, variables) for part in node.parts]
    known = [part for part in parts if part is not None]
    if node.operator == "and":
        return known[0] if known else None
    return tuple(text for part in known for text in part) if len(known) == len(parts) else None


def _of_text(path: Path, value: Value, variables: Mapping[str, Path]) -> tuple[str, ...] | None:
    resolved = variables.get(path[0], ()) + path[1:] if path[0] in variables else path
    is_searched = len(resolved) == 1 and resolved[0].lower() in _SEARCHED
    if not is_searched or value.kind != "string" or not value.value:
        return None
    return (str(value.value).casefold(),)
