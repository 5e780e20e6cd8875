"""The caller's trace through the ledger to Graph."""

from shared import telemetry
from shared.domain.records.trace_id import trace_of
from shared.domain.requests.request import RestoreKind
from shared.ports.directory import Done
from tests.builders import UPN, a_deleted_person, a_request
from tests.fakes.directory import FakeDirectory
from tests.unit.world.world import World

TRACE = "0af7651916cd43dd8448eb211c80319c"


class TracingDirectory(FakeDirectory):
    """A directory that keeps the trace under which it was asked to restore."""

    trace = ""

    async def restore_user(
        self, user_id: str, *, new_upn: str | None, drop_addresses: bool
    ) -> Done:
        """Restore, and keep the trace."""
        self.trace = telemetry.trace_id()
        return await super().restore_user(user_id, new_upn=new_upn, drop_addresses=drop_addresses)


def a_world() -> tuple[World, TracingDirectory]:
    """A world whose directory listens for traces, with one deleted user."""
    world = World()
    world.directory = directory = TracingDirectory(world.clock)
    world.put(a_deleted_person())
    return world, directory


async def test_the_trace_of_the_caller_reaches_graph() -> None:
    """It lies in the record, so a worker in another process takes it up."""
    world, directory = a_world()
    with telemetry.traced(TRACE):
        accepted = await world.accept(a_request(kind=RestoreKind.USER, user=UPN))

    ended = await world.finish(accepted.id)

    assert (accepted.trace, directory.trace) == (TRACE, TRACE)
    assert ended.trace == TRACE
    assert telemetry.trace_id() == ""


async def test_a_restore_without_a_trace_gets_its_own() -> None:
    """Derived from its id; two restores never share one."""
    world, directory = a_world()

    ended = await world.restore(a_request(kind=RestoreKind.USER, user=UPN))

    assert directory.trace == trace_of(ended.id)
