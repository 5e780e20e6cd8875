"""Test restores over a bad network to storage: late, cut before and after, refused."""

import random
from collections.abc import Iterator

import pytest

from infra.local.host.emulator import emulator_connection
from tests.chaos.crashes import pass_everything, restore_one
from tests.chaos.kinds import KINDS, Kind
from tests.chaos.promises import demand_kept_promises
from tests.chaos.proxy import Harm, Proxy
from tests.chaos.stage import ChaosStage, a_scene
from tests.conftest import Chaos

# One request in six. The SDK tries three times, so most harm is healed below us, and one call in
# two hundred fails three times in a row: about one restore in two meets that.
_RATE = 1 / 6

# What every test run does of it: three kinds, and others the next time.
_FEW, _LONG_ROUNDS = 3, 3


@pytest.fixture
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChaosStage]:
    """Give a landscape."""
    with ChaosStage(tmp_path_factory.mktemp("storage")) as running:
        yield running


async def test_no_loss_in_the_storage_network_loses_or_doubles_anything(
    stage: ChaosStage, chaos: Chaos
) -> None:
    """Every kind comes through with one change, whatever becomes of the calls to the ledger."""
    chance = random.Random(chaos.random.random())  # noqa: S311 - to be replayed, not secret
    with Proxy(stage.landscape.azurite.ports, chance) as proxy:
        blob, queue, table = proxy.ports
        stage.host.kill()
        stage.host = stage.start_another_host(
            AzureWebJobsStorage=emulator_connection(blob, queue, table)
        )
        async with a_scene(stage, []) as scene:
            for kind in _kinds(chance, is_long=chaos.is_long):
                proxy.rate = _RATE
                user, restore = await restore_one(kind, scene)
                proxy.rate = 0
                await demand_kept_promises(
                    kind, user, restore, scene, lambda: pass_everything(scene)
                )

    assert all(proxy.done[harm] for harm in Harm), proxy.done


def _kinds(chance: random.Random, *, is_long: bool) -> list[Kind]:
    every = [*KINDS.values()]
    return every * _LONG_ROUNDS if is_long else chance.sample(every, _FEW)
