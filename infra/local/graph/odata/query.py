"""Run a query over a list: filter, search, sort, count, page, select."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from infra.local.graph.odata.empty import COLLECTIONS
from infra.local.graph.odata.evaluate import matches
from infra.local.graph.odata.memo import Memo
from infra.local.graph.odata.needles import may_meet, needles_of
from infra.local.graph.odata.paging import DEFAULT_PAGE, encode_token, link, page_size, start_of
from infra.local.graph.odata.parser import parse_filter
from infra.local.graph.odata.rules import check_filter, unknown_property
from infra.local.graph.odata.schema import Schema
from infra.local.graph.odata.search import search_test
from infra.local.graph.web.wire import Call, GraphError, Json, bad_request, unsupported


@dataclass(frozen=True, slots=True)
class Source:
    """A collection to query: its type, where it hangs, and its objects.

    `texts`: by id, all names and addresses of an object, for those of which they are known.
    `exact`: collections whose elements a filter compares with regard to case.
    `without`: properties that no answer has, though they were asked for.
    `memo`, `state`: where to keep what was found, for the next page, and in which state of things.
    """

    schema: Schema
    context: str
    items: list[Json]
    page: int = DEFAULT_PAGE
    texts: Mapping[str, str] = field(default_factory=dict)
    exact: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    memo: Memo | None = None
    state: int = 0


def run(call: Call, source: Source) -> Json:
    """Answer one page of the collection; raises GraphError for a query Graph refuses."""
    _check_options(call, source.schema)
    names = [name for name in selection(call, source.schema) if name not in source.without]
    body = _page(call, source, _found(call, source))
    body["value"] = [project(item, names) for item in body["value"]]
    return body


def run_shown(call: Call, source: Source) -> Json:
    """Answer one page of objects of several types, whose properties were chosen already."""
    text = call.query.get("filter")
    node = None if text is None else parse_filter(text)
    return _page(call, source, [x for x in source.items if node is None or matches(node, x)])


def _page(call: Call, source: Source, found: list[Json]) -> Json:
    size = page_size(call, source.page)
    start = start_of(call, found)
    page = found[start : start + size]
    body: Json = {"@odata.context": _context(call, source)}
    if call.eventual and wants_count(call):
        body["@odata.count"] = len(found)
    if page and start + size < len(found):
        token = encode_token({"last": page[-1].get("id"), "next": start + size})
        body["@odata.nextLink"] = link(call, "$skiptoken", token)
    body["value"] = page
    return body


def count(call: Call, source: Source) -> int:
    """Answer how many objects meet the query (`/$count`)."""
    if source.schema.advanced and not call.eventual:
        raise bad_request("$count is not currently supported.")
    return len(_searched(call, _filtered(call, source)).items)


def one(
    call: Call, schema: Schema, context: str, item: Json, without: frozenset[str] = frozenset()
) -> Json:
    """Answer a single object with the properties asked for, but for those in `without`."""
    names = [name for name in selection(call, schema) if name not in without]
    shown = project(item, names)
    return {"@odata.context": f"{call.base_url}/$metadata#{context}/$entity", **shown}


def selection(call: Call, schema: Schema) -> list[str]:
    """Answer the properties to show, in Graph's spelling."""
    raw = call.query.get("select", "").strip()
    if not raw:
        return list(schema.default or schema.types)
    if raw == "*":
        return list(schema.types)
    chosen: list[str] = []
    for part in raw.split(","):
        wanted = part.strip()
        name = schema.canonical(wanted.split("/")[0])
        if name is None:
            reason = unknown_property(wanted, schema)
            raise GraphError(400, "BadRequest", f"Parsing OData Select and Expand failed: {reason}")
        if name not in chosen:
            chosen.append(name)
    return chosen


def known_selection(call: Call, schema: Schema) -> list[str]:
    """Answer the properties to show of those that the type has; others are another type's."""
    asked = [part.strip() for part in call.query.get("select", "").split(",") if part.strip()]
    if not asked:
        return list(schema.default or schema.types)
    return [name for part in asked if (name := schema.canonical(part)) is not None]


def project(item: Json, names: list[str]) -> Json:
    """Answer the named properties; absent ones as null, absent collections as empty."""
    return {name: item.get(name, [] if name in COLLECTIONS else None) for name in names}


def wants_count(call: Call) -> bool:
    """Tell whether `$count=true` was asked."""
    return call.query.get("count", "").lower() == "true"


def _check_options(call: Call, schema: Schema) -> None:
    """Refuse what directory objects do not take; that they refuse it so is not confirmed."""
    if schema.advanced and "skip" in call.query:
        raise bad_request("'$skip' is not supported by the service.")
    for part in call.query.get("expand", "").split(","):
        name = part.partition("(")[0].strip()
        if name and name.lower() not in schema.navigations:
            reason = unknown_property(name, schema)
            raise GraphError(400, "BadRequest", f"Parsing OData Select and Expand failed: {reason}")


def _found(call: Call, source: Source) -> list[Json]:
    """Answer what meets the query, in order; kept for those who ask for its next page."""
    asked = ("filter", "search", "orderby")

    def find() -> list[Json]:
        return _sorted(call, _searched(call, _filtered(call, source))).items

    if source.memo is None or not any(name in call.query for name in asked):
        return find()
    question = tuple(call.query.get(name) for name in (*asked, "count"))
    return source.memo.get((source.state, source.context, call.eventual, question), find)


def _context(call: Call, source: Source) -> str:
    picked = call.query.get("select")
    suffix = f"({picked})" if picked else ""
    return f"{call.base_url}/$metadata#{source.context}{suffix}"


def _filtered(call: Call, source: Source) -> Source:
    text = call.query.get("filter")
    if text is None:
        return source
    if source.schema.filterable == frozenset():
        raise unsupported("The specified filter to the reference property query is not supported.")
    node = parse_filter(text)
    check_filter(node, source.schema, advanced=call.eventual and wants_count(call))
    needles = needles_of(node)
    likely = (item for item in source.items if may_meet(needles, item, source.texts))
    return replace(source, items=[item for item in likely if matches(node, item, source.exact)])


def _searched(call: Call, source: Source) -> Source:
    text = call.query.get("search")
    if text is None:
        return source
    if not call.eventual:
        raise unsupported(
            "Request with $search query parameter only works through MSGraph with a special "
            "request header: 'ConsistencyLevel: eventual'"
        )
    test = search_test(text)
    return replace(source, items=[item for item in source.items if test(item)])


def _sorted(call: Call, source: Source) -> Source:
    text = call.query.get("orderby")
    if not text:
        return source
    advanced = call.eventual and wants_count(call)
    if source.schema.advanced and "filter" in call.query and not advanced:
        raise unsupported("Sorting not supported for current query.")
    items = list(source.items)
    for part in reversed(text.split(",")):
        name, _, direction = part.strip().partition(" ")
        known = _sort_property(name, source.schema, advanced=advanced)
        items.sort(key=partial(_sort_key, known), reverse=_down(direction))
    return replace(source, items=items)


def _down(direction: str) -> bool:
    if direction.strip().lower() not in {"", "asc", "desc"}:
        raise GraphError(400, "BadRequest", f"Invalid orderby clause: '{direction}'.")
    return direction.strip().lower() == "desc"


def _sort_property(name: str, schema: Schema, *, advanced: bool) -> str:
    known = schema.canonical(name)
    if known is None:
        raise GraphError(400, "BadRequest", unknown_property(name, schema))
    allowed = schema.sortable
    if allowed is None or known in allowed or (advanced and known in schema.sortable_advanced):
        return known
    raise unsupported(f"Unsupported sort property '{known}' for '{schema.name}'.")


def _sort_key(name: str, item: Json) -> tuple[bool, str]:
    value = item.get(name)
    return (value is not None, str(value).casefold())
