"""Run drills among all else that the state machine does to the use cases.

What it holds besides: an account that a drill deletes is back in the end, or the drill says that it
may be away and its retry brings it back; each drill deletes it at most once.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from shared.domain.outcomes import Status
from shared.domain.permissions import PERMISSIONS, Feature, needed_for
from shared.drill.start import last_drill, start_drill
from shared.errors import ReprieveError
from shared.ports.deps import Deps
from shared.restore.advance import advance
from shared.restore.retry import retry_restore
from tests.builders import a_person
from tests.chaos.machine import GRAPH_FAULTS, Restores
from tests.chaos.tenant import named, user_id
from tests.unit.world.world import ASKED_BY

ACCOUNT = 5
_DAY = timedelta(hours=25)
# Runs in which a drill comes to its end, its waits included.
_RUNS = 12


class Drills(Restores):
    """The same tenant, with an account for drills in it."""

    def __init__(self) -> None:
        super().__init__()
        account = named(a_person(), ACCOUNT)
        self.world.put(account)
        self.world.policy = replace(self.world.policy, drill_user=account.id)
        self.world.grants.permissions = frozenset(
            name for feature in (*PERMISSIONS, Feature.DRILL) for name in needed_for(feature)
        )
        self.losses.deletions[account.id] = 0
        self.losses.removals[account.id] = 0

    @rule(kill_at=st.integers(0, 8), after=st.booleans())
    def begin_drill(self, *, kill_at: int, after: bool) -> None:
        """The timer of the next day comes round, and may be killed."""
        self.world.clock.advance(_DAY)
        worker = self._worker(kill_at, after=after)
        self._run(worker.run(start_drill(user_id(ACCOUNT), worker.deps)))
        self._run(self._note_last())

    @rule(
        fault=st.sampled_from(["", *sorted(GRAPH_FAULTS)]),
        method=st.sampled_from(["delete_user", "restore_user"]),
        kill_at=st.integers(0, 60),
        after=st.booleans(),
    )
    def drill(self, *, fault: str, method: str, kill_at: int, after: bool) -> None:
        """A drill goes far before something happens to it: a fault, a death, or both."""
        self.begin_drill(kill_at=0, after=False)
        if fault:
            error, is_late = GRAPH_FAULTS[fault]
            self.world.directory.fail_next(method, error, after_effect=is_late)
        worker = self._worker(kill_at, after=after)
        self._run(worker.run(self._go_far(worker.deps)))

    async def _go_far(self, deps: Deps) -> None:
        for _ in range(_RUNS):
            last = await last_drill(self.world.deps)
            if last is None or last.status.is_final:
                return
            await advance(last.id, deps)
            self.world.clock.advance(timedelta(minutes=1))

    async def _note_last(self) -> None:
        with suppress(ReprieveError):
            last = await last_drill(self.world.deps)
            if last is not None:
                self.accepted.add(last.id)

    async def _heal(self) -> None:
        await super()._heal()
        last = await last_drill(self.world.deps)
        if last is not None and last.is_away and self._is_gone():
            assert last.status is not Status.SUCCEEDED, last
            await retry_restore(last.id, ASKED_BY, self.world.deps)
            await super()._heal()
        assert not self._is_gone(), last

    def _is_gone(self) -> bool:
        return self.world.directory.person(user_id(ACCOUNT)).is_deleted
