"""`users/delta`: first all users, then what changed, with tokens for seven days.

Source: Microsoft "Use delta query to track changes in Microsoft Graph data".
"""

from dataclasses import replace
from datetime import timedelta

from infra.local.graph.odata import query
from infra.local.graph.odata.schema import USER
from infra.local.graph.tenant.clock import instant, iso
from infra.local.graph.tenant.directory import EVERYTHING, is_deleted
from infra.local.graph.web.wire import Answer, Call, GraphError, Json, bad_request, unsupported
from infra.local.graph.world import World

_TOKEN_LIFE = timedelta(days=7)


def delta(world: World, call: Call) -> Answer:
    """GET /users/delta."""
    for name in ("orderby", "expand", "search"):
        if name in call.query:
            raise unsupported(f"Query option '${name}' is not supported for delta queries.")
    if "skiptoken" in call.query:
        return _page(world, call, _read(world, call, call.query["skiptoken"]))
    if "deltatoken" in call.query:
        return _since(world, call, call.query["deltatoken"])
    fresh = {
        "select": call.query.get("select"),
        "from": None,
        "to": world.tenant.directory.last_change,
    }
    return _page(world, call, {**fresh, "at": 0, "ids": _filtered_ids(call)})


def _since(world: World, call: Call, token: str) -> Answer:
    upto = world.tenant.directory.last_change
    if token.lower() == "latest":
        state: Json = {"select": call.query.get("select"), "to": upto, "ids": _filtered_ids(call)}
        return _answer(call, [], _delta_link(world, call, state))
    state = _read(world, call, token)
    return _page(world, call, {**state, "from": state["to"], "to": upto, "at": 0})


def _page(world: World, call: Call, state: Json) -> Answer:
    names = _names(world, call, state)
    ids = _ids(world, state, names)
    size = world.switches.delta_page_size
    start = int(state.get("at") or 0)
    first = state.get("from") is None
    rows = [
        row
        for user_id in ids[start : start + size]
        if (row := _row(world.tenant.directory.peek(user_id), user_id, names))
        and not (first and "@removed" in row)
    ]
    if start + size < len(ids):
        token = query.encode_token({**state, "at": start + size, "issued": iso(world.now)})
        more = {"@odata.nextLink": f"{call.base_url}/users/delta?$skiptoken={token}"}
        return _answer(call, rows, more)
    return _answer(call, rows, _delta_link(world, call, state))


def _ids(world: World, state: Json, names: list[str]) -> list[str]:
    """Answer who was touched between two changes, or everybody when there is no beginning.

    Everybody includes the deleted: so a place in the list stays where it is while users go and
    come between two pages. They are left out when the page is written.
    """
    only = set(state.get("ids") or ())
    directory = world.tenant.directory
    if state.get("from") is None:
        users = directory.everyone()
        return [user["id"] for user in users if not only or user["id"] in only]
    watched = frozenset(names) | {EVERYTHING}
    touched: dict[str, None] = {}
    for change in directory.changes[int(state["from"]) : int(state["to"])]:
        if change.properties & watched and (not only or change.user_id in only):
            touched[change.user_id] = None
    return list(touched)


def _row(user: Json | None, user_id: str, names: list[str]) -> Json:
    if user is None:
        return {"id": user_id, "@removed": {"reason": "deleted"}}
    if is_deleted(user):
        return {"id": user_id, "@removed": {"reason": "changed"}}
    return query.project(user, names)


def _names(world: World, call: Call, state: Json) -> list[str]:
    chosen = state.get("select")
    names = query.selection(replace(call, query={"select": chosen or ""}), USER)
    # The id always comes, and without a selection more than the default set does.
    extra = ["id"] if chosen else ["accountEnabled"]
    every = [*names, *(name for name in extra if name not in names)]
    lacking = [name for name in every if name in world.switches.delta_lacks]
    if lacking and not world.switches.delta_leaves_out:
        raise unsupported(f"Property '{lacking[0]}' is not supported for delta queries.")
    return [name for name in every if name not in lacking]


def _filtered_ids(call: Call) -> list[str]:
    """Read `$filter=id eq '..' or id eq '..'`, the only filter delta takes."""
    text = call.query.get("filter")
    if text is None:
        return []
    ids = []
    for part in text.split(" or "):
        name, _, value = part.strip().partition(" eq ")
        if name.strip().lower() != "id" or not value.strip().startswith("'"):
            raise unsupported("Only filtering by id is supported for delta queries.")
        ids.append(value.strip().strip("'").lower())
    return ids


def _read(world: World, call: Call, token: str) -> Json:
    state = query.decode_token(token)
    if "to" not in state or "issued" not in state:
        raise bad_request("Badly formed token.")
    if world.now - instant(state["issued"]) > _TOKEN_LIFE or int(state["to"]) > (
        world.tenant.directory.last_change
    ):
        again = {"Location": f"{call.base_url}/users/delta?$deltatoken="}
        raise GraphError(
            410, "resyncRequired", "Resync required. The delta token is too old.", headers=again
        )
    return state


def _delta_link(world: World, call: Call, state: Json) -> Json:
    kept = {name: state.get(name) for name in ("select", "to", "ids")}
    token = query.encode_token({**kept, "issued": iso(world.now)})
    return {"@odata.deltaLink": f"{call.base_url}/users/delta?$deltatoken={token}"}


def _answer(call: Call, rows: list[Json], links: Json) -> Answer:
    context = {"@odata.context": f"{call.base_url}/$metadata#users"}
    return Answer(body={**context, **links, "value": rows})
