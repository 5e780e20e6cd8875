"""Runs a query over a list: filter, search, sort, count, page, select."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from urllib.parse import quote

from infra.local.graph.odata.evaluate import matches
from infra.local.graph.odata.needles import may_meet, needles_of
from infra.local.graph.odata.parser import parse_filter
from infra.local.graph.odata.rules import check_filter, unknown_property
from infra.local.graph.odata.schema import COLLECTIONS, Schema
from infra.local.graph.odata.search import search_test
from infra.local.graph.web.wire import Call, GraphError, Json, bad_request, unsupported

# Source: Microsoft "List deletedItems".
DEFAULT_PAGE = 100
MAX_PAGE = 999


@dataclass(frozen=True, slots=True)
class Source:
    """A collection to query: its type, where it hangs, and its objects.

    `texts`: by id, all names and addresses of an object, for those of which they are known.
    """

    schema: Schema
    context: str
    items: list[Json]
    page: int = DEFAULT_PAGE
    texts: Mapping[str, str] = field(default_factory=dict)


def run(call: Call, source: Source) -> Json:
    """Answer one page of the collection; raises GraphError for a query Graph refuses."""
    chosen = _sorted(call, _searched(call, _filtered(call, source)))
    size = page_size(call, source.page)
    start = _start(call, chosen.items)
    page = chosen.items[start : start + size]
    body: Json = {"@odata.context": _context(call, source)}
    if call.eventual and wants_count(call):
        body["@odata.count"] = len(chosen.items)
    if page and start + size < len(chosen.items):
        token = encode_token({"last": page[-1].get("id"), "next": start + size})
        body["@odata.nextLink"] = link(call, "$skiptoken", token)
    names = selection(call, source.schema)
    body["value"] = [project(item, names) for item in page]
    return body


def count(call: Call, source: Source) -> int:
    """Answer how many objects meet the query (`/$count`)."""
    if source.schema.advanced and not call.eventual:
        raise bad_request("$count is not currently supported.")
    return len(_searched(call, _filtered(call, source)).items)


def one(call: Call, schema: Schema, context: str, item: Json) -> Json:
    """Answer a single object with the properties asked for."""
    shown = project(item, selection(call, schema))
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


def project(item: Json, names: list[str]) -> Json:
    """Answer the named properties; absent ones as null, absent collections as empty."""
    return {name: item.get(name, [] if name in COLLECTIONS else None) for name in names}


def wants_count(call: Call) -> bool:
    """Tell whether `$count=true` was asked."""
    return call.query.get("count", "").lower() == "true"


def page_size(call: Call, usual: int) -> int:
    """Answer the page size asked for; raises GraphError beyond 1 to 999."""
    raw = call.query.get("top")
    if raw is None:
        return usual
    if not raw.isdecimal() or not 1 <= int(raw) <= MAX_PAGE:
        raise bad_request(
            f"Invalid page size specified: '{raw}'. Must be between 1 and {MAX_PAGE} inclusive."
        )
    return int(raw)


def link(call: Call, name: str, token: str) -> str:
    """Answer the call's own address with a token put in place of an older one."""
    kept = [part for part in call.query_text.split("&") if part and not _is_token(part)]
    return f"{call.base_url}{quote(call.path)}?" + "&".join([*kept, f"{name}={token}"])


def encode_token(content: Json) -> str:
    """Answer an opaque token."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def decode_token(token: str) -> Json:
    """Read an own token; raises GraphError for anything else."""
    try:
        content = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, binascii.Error) as error:
        raise bad_request("Badly formed token.") from error
    if not isinstance(content, dict):
        raise bad_request("Badly formed token.")
    return content


def _is_token(part: str) -> bool:
    name = part.split("=", maxsplit=1)[0].lower().replace("%24", "").lstrip("$")
    return name in {"skiptoken", "deltatoken"}


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
    return replace(source, items=[item for item in likely if matches(node, item)])


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


def _start(call: Call, items: list[Json]) -> int:
    token = call.query.get("skiptoken")
    if token is None:
        return 0
    content = decode_token(token)
    last, usual = content.get("last"), content.get("next")
    at = next((i for i, item in enumerate(items) if last and item.get("id") == last), None)
    if at is not None:
        return at + 1
    return usual if isinstance(usual, int) and usual >= 0 else 0
