"""Store the users with every earlier state, so that reads can lag behind writes."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from infra.local.graph.odata.needles import text_of
from infra.local.graph.tenant.copies import clone
from infra.local.graph.web.wire import Json

_BEGINNING = datetime.min.replace(tzinfo=UTC)
# More than any client can see through a replication delay of minutes.
_KEPT_STATES = 20
EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class Change:
    """One write, as `users/delta` needs it: which user, and which properties changed."""

    user_id: str
    properties: frozenset[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Lag:
    """How far behind a read is, and what it shows of users on the move between the lists."""

    now: datetime
    delay: timedelta = timedelta()
    moving: str = "old"  # old, neither or both


@dataclass(slots=True)
class Directory:
    """A store of users: deleted ones carry `deletedDateTime`; values handed out are copies."""

    _users: dict[str, Json] = field(default_factory=dict)
    _history: dict[str, list[tuple[datetime, Json | None]]] = field(default_factory=dict)
    _names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _texts: dict[str, str] = field(default_factory=dict)
    _seats: Counter[str] = field(default_factory=Counter)
    _lists: dict[bool, tuple[int, list[Json]]] = field(default_factory=dict)
    _ids: tuple[int, list[str]] = field(default_factory=lambda: (-1, []))
    _cleared: dict[str, set[str]] = field(default_factory=dict)
    writes: int = 0
    changes: list[Change] = field(default_factory=list)

    def seed(self, user: Json) -> None:
        """Add a user that was always there; the caller does not change it any more."""
        self._keep(user["id"], user, _BEGINNING)

    def put(self, user: Json, now: datetime) -> frozenset[str]:
        """Write a user; answer what has changed, found by comparison."""
        before = self._users.get(user["id"])
        changed = _difference(before, user)
        if changed:
            self._cleared.setdefault(user["id"], set()).update(_emptied(before or {}, user))
            self._keep(user["id"], clone(user), now)
            self._note(user["id"], changed, now)
        return changed

    def touch(self, user_id: str, now: datetime) -> None:
        """Let delta see a user as new although it was seeded."""
        self._note(user_id, frozenset({EVERYTHING}), now)

    def touch_all(self, user_ids: set[str], now: datetime) -> None:
        """Let delta see these users as new; `*` stands for all."""
        for user_id in list(self._users):
            if EVERYTHING in user_ids or user_id in user_ids:
                self.touch(user_id, now)

    def had(self, user_id: str, properties: Iterable[str]) -> None:
        """Remember that a seeded user once had values in properties that are empty now."""
        self._cleared.setdefault(user_id, set()).update(properties)

    def ever_emptied(self, user_id: str) -> bool:
        """Tell whether any property of a user that is empty now has ever had a value."""
        return bool(self._cleared.get(user_id))

    def was_set(self, user_id: str, name: str) -> bool:
        """Tell whether a property that is empty now has ever had a value."""
        return name in self._cleared.get(user_id, ())

    def purge(self, user_id: str, now: datetime) -> None:
        """Take a user away for good."""
        self._unindex(self._users.pop(user_id))
        self._history[user_id].append((now, None))
        self.writes += 1
        self._note(user_id, frozenset({EVERYTHING}), now)

    def get(self, user_id: str) -> Json | None:
        """Answer the user as it truly is now."""
        user = self._users.get(user_id.lower())
        return clone(user) if user else None

    def peek(self, user_id: str) -> Json | None:
        """Answer the user as it truly is now, not to be changed."""
        return self._users.get(user_id.lower())

    def everyone(self) -> Iterable[Json]:
        """Answer all users, active and deleted, not to be changed."""
        return self._users.values()

    def seen(self, user_id: str, lag: Lag) -> Json | None:
        """Answer the user as a lagging read sees it, not to be changed."""
        if not lag.delay:
            return self._users.get(user_id.lower())
        limit = lag.now - lag.delay
        states = self._history.get(user_id.lower(), [])
        return next((state for at, state in reversed(states) if at <= limit), None)

    def listed(self, lag: Lag, *, deleted: bool) -> list[Json]:
        """Answer the users of one of the two lists as a lagging read sees them."""
        if not lag.delay:
            return self._listed_now(deleted=deleted)
        found = (self._shown(user_id, lag, deleted=deleted) for user_id in self._history)
        return [user for user in found if user is not None]

    def texts(self, lag: Lag) -> Mapping[str, str]:
        """Answer the names and addresses of each user, by id; of none where a read lags."""
        return {} if lag.delay else self._texts

    def owners(self, name: str) -> list[str]:
        """Answer the ids of the active users that hold a UPN or an SMTP address."""
        return sorted(self._names.get(name.lower(), ()))

    def find_active(self, id_or_upn: str, lag: Lag) -> Json | None:
        """Answer the active user of that id or UPN, as a lagging read sees it."""
        wanted = id_or_upn.lower()
        user = self.seen(wanted, lag)
        if user is None and "@" in wanted:
            user = self._by_upn(wanted, lag)
        return user if user is not None and not is_deleted(user) else None

    def seats_taken(self, sku_id: str) -> int:
        """Answer how many active users hold the SKU."""
        return self._seats[sku_id]

    @property
    def population(self) -> int:
        """Answer the number of users, deleted ones included."""
        return len(self._users)

    def last_change(self, lag: Lag) -> int:
        """Answer the number of the latest write that a lagging read knows of."""
        if not lag.delay:
            return len(self.changes)
        return bisect_right(self.changes, lag.now - lag.delay, key=lambda change: change.at)

    def ids(self) -> list[str]:
        """Answer everybody's id, active and deleted, in an order that stays."""
        writes, ids = self._ids
        if writes != self.writes:
            ids = list(self._users)
            self._ids = (self.writes, ids)
        return ids

    def _listed_now(self, *, deleted: bool) -> list[Json]:
        # Written anew only after a write: a client that pages asks for the same list many times.
        writes, listed = self._lists.get(deleted, (-1, []))
        if writes != self.writes:
            listed = [user for user in self._users.values() if is_deleted(user) == deleted]
            self._lists[deleted] = (self.writes, listed)
        return listed

    def _by_upn(self, wanted: str, lag: Lag) -> Json | None:
        if not lag.delay:
            ids: Iterable[str] = self._names.get(wanted, ())
        else:
            ids = list(self._history)
        users = (self.seen(user_id, lag) for user_id in ids)
        return next((u for u in users if u and _upn(u) == wanted and not is_deleted(u)), None)

    def _shown(self, user_id: str, lag: Lag, *, deleted: bool) -> Json | None:
        old, new = self.seen(user_id, lag), self._users.get(user_id)
        moving = old is not None and new is not None and is_deleted(old) != is_deleted(new)
        if moving and lag.moving == "neither":
            return None
        if moving and lag.moving == "both":
            return old if old and is_deleted(old) == deleted else new
        return old if old is not None and is_deleted(old) == deleted else None

    def _keep(self, user_id: str, user: Json, at: datetime) -> None:
        if user_id in self._users:
            self._unindex(self._users[user_id])
        self.writes += 1
        self._users[user_id] = user
        states = self._history.setdefault(user_id, [])
        states.append((at, user))
        del states[:-_KEPT_STATES]
        self._texts[user_id] = text_of(user)
        self._index(user)

    def _note(self, user_id: str, properties: frozenset[str], now: datetime) -> None:
        # What is put into the past is told of now, after everything told of before.
        at = max(now, self.changes[-1].at) if self.changes else now
        self.changes.append(Change(user_id, properties, at))

    def _index(self, user: Json) -> None:
        if is_deleted(user):
            return
        for name in names_of(user):
            self._names[name].add(user["id"])
        self._seats.update(held_skus(user))

    def _unindex(self, user: Json) -> None:
        if is_deleted(user):
            return
        for name in names_of(user):
            self._names[name].discard(user["id"])
        self._seats.subtract(held_skus(user))


def is_deleted(user: Json) -> bool:
    """Tell whether the user lies in the deleted items."""
    return user.get("deletedDateTime") is not None


def smtp_addresses(user: Json) -> list[str]:
    """Answer the user's SMTP addresses in lower case, without the prefix."""
    return [
        address.partition(":")[2].lower()
        for address in user.get("proxyAddresses") or []
        if address.lower().startswith("smtp:")
    ]


def names_of(user: Json) -> set[str]:
    """Answer every name that another object may not hold at the same time."""
    return {_upn(user), *smtp_addresses(user)}


def held_skus(user: Json) -> set[str]:
    """Answer the SKUs the user holds a seat of."""
    return {row["skuId"] for row in user.get("assignedLicenses") or []}


def _upn(user: Json) -> str:
    return str(user["userPrincipalName"]).lower()


def _difference(before: Json | None, after: Json) -> frozenset[str]:
    if before is None or is_deleted(before) != is_deleted(after):
        return frozenset({EVERYTHING})
    keys = set(before) | set(after)
    return frozenset(key for key in keys if before.get(key) != after.get(key))


def _emptied(before: Json, after: Json) -> Iterator[str]:
    return (name for name, value in before.items() if value and not after.get(name))
