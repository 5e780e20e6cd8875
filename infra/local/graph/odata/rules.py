"""Apply the directory's query rules: what is refused, and what needs special headers.

Source: Microsoft "List deletedItems"; Microsoft's "Advanced query capabilities" page (concepts/
aad-advanced-queries.md, 04/2023), from which the error texts are taken word for word.
"""

from collections.abc import Iterator

from infra.local.graph.odata.lexer import invalid_filter
from infra.local.graph.odata.schema import Schema
from infra.local.graph.odata.tree import Both, Compare, Function, In, Lambda, Node, Not, Path, Value
from infra.local.graph.web.wire import GraphError, unsupported

MOST_ALTERNATIVES = 15

_FITS = {
    "string": {"string", "null", "guid"},
    "bool": {"bool", "null"},
    "date": {"date", "null", "string"},
    "number": {"number", "null"},
}


def check_filter(node: Node, schema: Schema, *, advanced: bool) -> None:
    """Raise Graph's 400 if the type cannot be filtered so, or only with the advanced headers."""
    if schema.advanced:
        _check_length(node)
    for part, variables in _walk(node, frozenset()):
        if not isinstance(part, Both | Not):
            _check_path(part.path, schema, variables)
        if isinstance(part, Compare) and not variables:
            _check_type(part.path, part.value, schema)
        if isinstance(part, Function):
            _check_function(part, schema, variables)
        if schema.advanced and not advanced:
            _check_plain(part)
            if not variables:
                _check_cell(part, schema)


def advanced_needed(operator: str) -> GraphError:
    """Answer the 400 for an operator that only advanced queries know."""
    return unsupported(
        f"Operator '{operator}' is not supported because the required parameters might be missing. "
        "Try adding $count=true query parameter and ConsistencyLevel:eventual header. "
        "Refer to https://aka.ms/graph-docs/advanced-queries for more information"
    )


def unknown_property(name: str, schema: Schema) -> str:
    """Answer Graph's words for a property that the type does not have."""
    kind = schema.name[0].lower() + schema.name[1:]
    return f"Could not find a property named '{name}' on type 'microsoft.graph.{kind}'."


def invalid_clause(name: str, schema: Schema) -> GraphError:
    """Answer the 400 for a property that is not indexed for the query."""
    return unsupported(
        "Unsupported or invalid query filter clause specified for property "
        f"'{name}' of resource '{schema.name}'."
    )


def _walk(node: Node, variables: frozenset[str]) -> Iterator[tuple[Node, frozenset[str]]]:
    yield node, variables
    match node:
        case Both():
            for part in node.parts:
                yield from _walk(part, variables)
        case Not():
            yield from _walk(node.condition, variables)
        case Lambda() if node.condition is not None:
            yield from _walk(node.condition, variables | {node.variable})
        case _:
            pass


def _check_length(node: Node) -> None:
    """Refuse more alternatives than the directory takes; a list after `in` is as many.

    The words: one public report, of 18 against 15. That `in` counts is not confirmed by a source.
    """
    for part, _ in _walk(node, frozenset()):
        number = _alternatives(part)
        if number > MOST_ALTERNATIVES:
            raise unsupported(
                "Too many child clauses specified in search filter expression containing 'OR' "
                f"operators: {number}. Max allowed: {MOST_ALTERNATIVES}."
            )


def _alternatives(node: Node) -> int:
    if isinstance(node, In):
        return len(node.values)
    if isinstance(node, Both) and node.operator == "or":
        return sum(max(1, _alternatives(part)) for part in node.parts)
    return 1


def _check_cell(part: Node, schema: Schema) -> None:
    """Refuse what the table of the type has under advanced queries only."""
    operator = _operator(part)
    if operator is None or isinstance(part, Both | Not):
        return
    name = schema.canonical(part.path[0]) or ""
    if operator in schema.needs_headers.get(name, ()):
        raise advanced_needed(operator)


def _operator(part: Node) -> str | None:
    match part:
        case Compare() if part.value.kind == "null":
            return "null"
        case Compare():
            return part.operator
        case In():
            return "in"
        case Function(name="startswith"):
            return "startsWith"
        case _:
            return None


def _check_path(path: Path, schema: Schema, variables: frozenset[str]) -> None:
    if path[0] in variables:
        return
    name = schema.canonical(path[0])
    if name is None:
        raise invalid_filter(unknown_property(path[0], schema))
    if not schema.may_filter(name):
        raise invalid_clause(name, schema)


def _check_type(path: Path, value: Value, schema: Schema) -> None:
    name = schema.canonical(path[0]) or ""
    if len(path) > 1:
        return
    kind = schema.kind(name)
    if kind in {"collection", "object"}:
        raise invalid_clause(name, schema)
    if value.kind not in _FITS[kind]:
        raise invalid_filter(
            "A binary operator with incompatible types was detected. "
            f"Found operand types '{kind}' and '{value.kind}'."
        )


def _check_function(part: Function, schema: Schema, variables: frozenset[str]) -> None:
    if part.value.kind != "string":
        raise invalid_filter(f"No function signature for the function with name '{part.name}'.")
    if not schema.advanced:
        return
    if part.name == "contains":
        raise invalid_clause(part.path[0], schema)
    # Inside a lambda the collection was checked already.
    if part.name != "endswith" or part.path[0] in variables:
        return
    name = schema.canonical(part.path[0]) or ""
    if name not in schema.ends_with:
        raise invalid_clause(name, schema)


def _check_plain(part: Node) -> None:
    match part:
        case Not():
            raise advanced_needed("not")
        case Compare(operator="ne"):
            raise advanced_needed("ne")
        case Function(name="endswith"):
            raise advanced_needed("endsWith")
        case Compare() | In() if "$count" in part.path:
            raise advanced_needed("$count")
        case _:
            pass
