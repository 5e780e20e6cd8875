"""Keep the result of a query for its later pages: sorting 100,000 users takes a while."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from infra.local.graph.web.wire import Json

_KEPT = 8


@dataclass(slots=True)
class Memo:
    """The latest results by question; a question names the state it was asked of."""

    _found: dict[Hashable, list[Json]] = field(default_factory=dict)

    def get(self, key: Hashable, find: Callable[[], list[Json]]) -> list[Json]:
        """Answer what was found under this key, or find it and keep it."""
        if key not in self._found:
            while len(self._found) >= _KEPT:
                self._found.pop(next(iter(self._found)))
            self._found[key] = find()
        return self._found[key]
