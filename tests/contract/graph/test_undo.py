"""Test what an undo asks of the Graph ports, in memory and over the wire, by one suite."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from shared.domain.person import AssignedLicense
from shared.domain.undos.sign_ins import SignInLook
from shared.errors import AnsweredError
from shared.graph.people import GraphPeople
from shared.graph.wire.client import build_client
from tests.builders import NOW, TEAMS_PLAN_ID
from tests.contract.graph.directories import (
    ALICE,
    BOB,
    CARLA,
    E3,
    NOBODY,
    Directories,
    fake_directories,
    load_standin,
    over_the_wire,
)
from tests.local_http import order

OFF = AssignedLicense(E3, (TEAMS_PLAN_ID,))


@pytest.fixture(params=["fake", "graph"])
async def directory(request: pytest.FixtureRequest) -> AsyncIterator[Directories]:
    """Give the same tenant behind the ports."""
    if request.param == "fake":
        yield fake_directories()
        return
    async with over_the_wire(request.getfixturevalue("standin_url")) as directories:
        yield directories


async def test_a_licence_is_taken_off(directory: Directories) -> None:
    """The user has none any more; the seat is free again."""
    before = (await directory.tenant.skus())[0].free_seats
    done = await directory.effects.remove_licenses(ALICE, (E3,), ())

    alice = await directory.people.active(ALICE)
    assert done.request_id
    assert alice is not None
    assert (alice.licenses, alice.enabled_plans) == ((), ())
    assert (await directory.tenant.skus())[0].free_seats == before + 1


async def test_a_licence_from_before_is_set_back(directory: Directories) -> None:
    """It stays, with the plans switched off that were off before."""
    await directory.effects.assign_licenses(ALICE, (AssignedLicense(E3),))
    await directory.effects.remove_licenses(ALICE, (E3,), (OFF,))

    alice = await directory.people.active(ALICE)
    assert alice is not None
    assert alice.licenses == (OFF,)


async def test_a_user_is_deleted_and_can_come_back(directory: Directories) -> None:
    """To the deleted items, with a deletion of this moment."""
    await directory.effects.delete_user(ALICE)

    alice = await directory.people.deleted(ALICE)
    assert await directory.people.active(ALICE) is None
    assert alice is not None
    assert alice.deleted_at is not None
    assert abs(alice.deleted_at - NOW) < timedelta(minutes=1)
    await directory.effects.restore_user(ALICE, new_upn=None, drop_addresses=False)
    assert await directory.people.active(ALICE) is not None


@pytest.mark.parametrize("user_id", [BOB, NOBODY])
async def test_whoever_is_not_active_cannot_be_changed(
    directory: Directories, user_id: str
) -> None:
    """A deleted user and one who never was: 404, and nothing done."""
    for change in (
        directory.effects.delete_user(user_id),
        directory.effects.remove_licenses(user_id, (E3,), ()),
    ):
        with pytest.raises(AnsweredError) as refused:
            await change
        assert refused.value.status == 404


async def test_nobody_has_signed_in_yet(directory: Directories) -> None:
    """Told, and never."""
    assert await directory.people.last_sign_in(CARLA) == SignInLook()


async def test_the_last_of_all_sign_ins_counts(standin_url: str) -> None:
    """By people and by clients alike; without Entra ID P1 nothing is told."""
    load_standin(standin_url)
    hour = timedelta(hours=1)
    seen = {
        "lastSignInDateTime": (NOW - 3 * hour).isoformat(),
        "lastNonInteractiveSignInDateTime": (NOW - hour).isoformat(),
        "lastSuccessfulSignInDateTime": None,
    }
    _control(standin_url, f"users/{CARLA}", {"signInActivity": seen})
    client = build_client(cloud="global", base_url=standin_url, client_id=None)
    people = GraphPeople(client)

    told = await people.last_sign_in(CARLA)
    _control(standin_url, "switches", {"entraPremium": "free"})
    untold = await people.last_sign_in(CARLA)
    await client.close()

    assert told == SignInLook(NOW - hour)
    assert untold == SignInLook(is_told=False)


def _control(url: str, path: str, body: object) -> None:
    """Have the stand-in change what it shows."""
    order(f"{url}/_control/{path}", body)
