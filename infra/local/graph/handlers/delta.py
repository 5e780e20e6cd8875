"""Serve `users/delta`: first all users, then what changed, with tokens for seven days.

Source: Microsoft "Use delta query to track changes in Microsoft Graph data", "user: delta".
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from infra.local.graph.odata import query
from infra.local.graph.odata.paging import decode_token, encode_token
from infra.local.graph.odata.type_user import USER
from infra.local.graph.rules import visibility
from infra.local.graph.tenant.clock import instant, iso
from infra.local.graph.tenant.directory import EVERYTHING, Lag, is_deleted
from infra.local.graph.web.wire import Answer, Call, GraphError, Json, bad_request, unsupported
from infra.local.graph.world import World

_TOKEN_LIFE = timedelta(days=7)
_TICK = timedelta(microseconds=1)
_MINIMAL = "return=minimal"
_EMPTY: tuple[object, ...] = (None, [])


@dataclass(frozen=True, slots=True)
class _Round:
    """One request of a round: what it shows, how far behind it is, and what changed of whom."""

    world: World
    state: Json
    names: list[str]
    lag: Lag
    minimal: bool
    changed: dict[str, frozenset[str]]

    @property
    def is_first(self) -> bool:
        """Tell whether the round tells of everybody."""
        return self.state.get("from") is None


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
        "to": world.tenant.directory.last_change(_lag(world, call)),
    }
    return _page(world, call, {**fresh, "at": 0, "ids": _filtered_ids(call)})


def _since(world: World, call: Call, token: str) -> Answer:
    upto = world.tenant.directory.last_change(_lag(world, call))
    if token.lower() == "latest":
        state: Json = {"select": call.query.get("select"), "to": upto, "ids": _filtered_ids(call)}
        return _answer(call, [], _delta_link(world, call, state))
    state = _read(world, call, token)
    after = max(upto, int(state["to"]))
    return _page(world, call, {**state, "from": state["to"], "to": after, "at": 0})


def _page(world: World, call: Call, state: Json) -> Answer:
    names = _names(world, call, state)
    minimal = _MINIMAL in call.headers.get("prefer", "")
    changed = _changed(world, state, names)
    this = _Round(world, state, names, _lag_of(world, state), minimal, changed)
    ids = list(changed) if not this.is_first else _everybody(world, state)
    size = world.switches.delta_page_size
    start = int(state.get("at") or 0)
    rows = [row for user_id in ids[start : start + size] if (row := _row(this, user_id))]
    if world.switches.delta_repeats:
        rows += rows[:1]
    headers = {"Preference-Applied": _MINIMAL} if minimal else {}
    if start + size < len(ids):
        token = encode_token({**state, "at": start + size, "issued": iso(world.now)})
        more = {"@odata.nextLink": f"{call.base_url}/users/delta?$skiptoken={token}"}
        return _answer(call, rows, more, headers)
    if this.is_first and world.switches.delta_first_round_removed:
        rows += [_removed(user["id"], "deleted") for user in world.tenant.purged]
    return _answer(call, rows, _delta_link(world, call, state), headers)


def _lag(world: World, call: Call) -> Lag:
    """Answer how far the feed of changes lags; only replicas make it lag."""
    plan = world.switches.replication
    return Lag(world.now) if plan is None else world.lag(call, listing=True)


def _lag_of(world: World, state: Json) -> Lag:
    """Answer the lag at which this round shows the users: just before what it does not know of."""
    changes = world.tenant.directory.changes
    upto = int(state["to"])
    if world.switches.replication is None or upto >= len(changes):
        return Lag(world.now)
    return Lag(world.now, max(_TICK, world.now - changes[upto].at + _TICK))


def _everybody(world: World, state: Json) -> list[str]:
    """Answer everybody's id, the deleted's included.

    So a place in the list stays where it is while users go and come between two pages. They are
    left out when the page is written.
    """
    only = set(state.get("ids") or ())
    ids = world.tenant.directory.ids()
    return ids if not only else [user_id for user_id in ids if user_id in only]


def _changed(world: World, state: Json, names: list[str]) -> dict[str, frozenset[str]]:
    """Answer who was touched between two changes, in what; nobody where there is no beginning."""
    if state.get("from") is None:
        return {}
    only = set(state.get("ids") or ())
    watched = frozenset(names) | {EVERYTHING}
    touched: dict[str, frozenset[str]] = {}
    for change in world.tenant.directory.changes[int(state["from"]) : int(state["to"])]:
        if change.properties & watched and (not only or change.user_id in only):
            before = touched.get(change.user_id, frozenset())
            touched[change.user_id] = before | change.properties
    return touched


def _row(this: _Round, user_id: str) -> Json | None:
    user = this.world.tenant.directory.seen(user_id, this.lag)
    if user is None:
        return None if this.is_first else _removed(user_id, "deleted")
    if is_deleted(user):
        first = this.is_first and not this.world.switches.delta_first_round_removed
        return None if first else _removed(user_id, "changed")
    names = this.names
    touched = this.changed.get(user_id, frozenset())
    if this.minimal and not this.is_first and EVERYTHING not in touched:
        names = [name for name in names if name in touched or name == "id"]
    return _project(this, user, names)


def _project(this: _Round, user: Json, names: list[str]) -> Json:
    """Answer the properties; by the switch only those that have a value, or had one.

    What is there and reads as empty was set, too.
    """
    shown = visibility.shown(user, this.world.switches)
    if not this.world.switches.delta_leaves_out_unset:
        return query.project(shown, names)
    row = {name: value for name in names if (value := shown.get(name)) not in _EMPTY}
    lacking = [name for name in names if name not in row]
    directory = this.world.tenant.directory
    if lacking and (shown is not user or directory.ever_emptied(user["id"])):
        was_set = [
            name
            for name in lacking
            if user.get(name) not in _EMPTY or directory.was_set(user["id"], name)
        ]
        row.update(query.project(shown, was_set))
    return row


def _removed(user_id: str, reason: str) -> Json:
    return {"id": user_id, "@removed": {"reason": reason}}


def _names(world: World, call: Call, state: Json) -> list[str]:
    chosen = state.get("select")
    names = query.selection(replace(call, query={"select": chosen or ""}), USER)
    # The id always comes, and without a selection more than the default set does.
    extra = ["id"] if chosen else ["accountEnabled"]
    every = [*names, *(name for name in extra if name not in names)]
    lacking = [name for name in every if name in world.switches.delta_lacks]
    if lacking and not world.switches.delta_leaves_out:
        raise unsupported(f"Property '{lacking[0]}' is not supported for delta queries.")
    hidden = {*lacking, *visibility.left_out(world.switches)}
    return [name for name in every if name not in hidden]


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
    state = decode_token(token)
    if "to" not in state or "issued" not in state:
        raise bad_request("Badly formed token.")
    beyond = int(state["to"]) > len(world.tenant.directory.changes)
    if beyond or world.now - instant(state["issued"]) > _TOKEN_LIFE:
        again = {"Location": f"{call.base_url}/users/delta?$deltatoken="}
        raise GraphError(
            410, "resyncRequired", "Resync required. The delta token is too old.", headers=again
        )
    return state


def _delta_link(world: World, call: Call, state: Json) -> Json:
    kept = {name: state.get(name) for name in ("select", "to", "ids")}
    token = encode_token({**kept, "issued": iso(world.now)})
    return {"@odata.deltaLink": f"{call.base_url}/users/delta?$deltatoken={token}"}


def _answer(
    call: Call, rows: list[Json], links: Json, headers: dict[str, str] | None = None
) -> Answer:
    context = {"@odata.context": f"{call.base_url}/$metadata#users"}
    return Answer(body={**context, **links, "value": rows}, headers=headers or {})
