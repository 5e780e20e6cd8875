"""Subscriptions over HTTP: who may, what is answered, and that a repetition is the same."""

from collections.abc import Iterator

import pytest

from functions.http.subscriptions import subscribe_, unsubscribe_
from tests.unit.functions.doors import content, opened, principal, request
from tests.unit.world.world import World

READER = principal("Restore.Read")
URL = "https://prod-1.logic.azure.com/1?sig=s3cret"
BODY: dict[str, object] = {"notificationUrl": URL, "event": "restore.finished.v1"}


@pytest.fixture
def world() -> Iterator[World]:
    """Give an empty world behind the door."""
    with opened(World()) as made:
        yield made


async def test_a_subscription_is_created_and_ended(world: World) -> None:
    """201 with the address to DELETE; 204; then 404, which is as good to an engine."""
    made = await subscribe_(request("POST", "/subscriptions", BODY, headers=READER))

    body = content(made)
    id_ = str(body["id"])
    assert made.status_code == 201
    assert made.headers["Location"] == f"https://reprieve.example/api/subscriptions/{id_}"
    assert body["event"] == "restore.finished.v1"
    assert "s3cret" not in made.get_body().decode()
    for status in (204, 404):
        delete = request("DELETE", f"/subscriptions/{id_}", headers=READER, subscriptionId=id_)
        ended = await unsubscribe_(delete)
        assert ended.status_code == status
    assert content(ended)["code"] == "subscription-not-found"
    assert world.storage.subscriptions.kept == {}


async def test_the_same_again_is_the_same(world: World) -> None:
    """A flow's engine repeats a request it got no answer to."""
    answers = [
        await subscribe_(request("POST", "/subscriptions", BODY, headers=READER)) for _ in range(2)
    ]

    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert len(world.storage.subscriptions.kept) == 1


@pytest.mark.parametrize(
    ("roles", "event", "status"),
    [
        (("Restore.Read",), "restore.finished.v1", 201),
        (("Restore.Request",), "restore.finished.v1", 201),
        (("Restore.Admin",), "restore.finished.v1", 403),
        ((), "restore.finished.v1", 403),
        (("Restore.Read",), "restore.window-closing.v1", 201),
        (("Restore.Request",), "restore.window-closing.v1", 403),
    ],
)
async def test_readers_subscribe_to_everything_and_requesters_to_their_own(
    world: World, roles: tuple[str, ...], event: str, status: int
) -> None:
    """A reader to everything, a requester to the ends of its own restores."""
    body = BODY | {"event": event}

    answer = await subscribe_(request("POST", "/subscriptions", body, headers=principal(*roles)))

    assert answer.status_code == status
    kept = [it.value.subscriber.sees_all for it in world.storage.subscriptions.kept.values()]
    assert kept == ([roles == ("Restore.Read",)] if status == 201 else [])


@pytest.mark.parametrize(
    ("roles", "oid", "status"),
    [
        (("Restore.Read",), "c0ffee", 204),
        (("Restore.Read",), "other", 404),
        (("Restore.Admin",), "other", 204),
        ((), "c0ffee", 403),
    ],
)
@pytest.mark.usefixtures("world")
async def test_who_may_end_it(roles: tuple[str, ...], oid: str, status: int) -> None:
    """Whoever made it, and an administrator; to others it is not there."""
    made = await subscribe_(request("POST", "/subscriptions", BODY, headers=READER))
    id_ = str(content(made)["id"])
    headers = principal(*roles, oid=oid)

    answer = await unsubscribe_(
        request("DELETE", f"/subscriptions/{id_}", headers=headers, subscriptionId=id_)
    )

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"notificationUrl": "https://evil.example/"}, ["/notificationUrl"]),
        ({"notificationUrl": "http://prod-1.logic.azure.com/"}, ["/notificationUrl"]),
        ({"notificationUrl": None}, ["/notificationUrl"]),
        ({"notificationUrl": "https://127.0.0.1/", "event": "x"}, ["/event", "/notificationUrl"]),
        ({"event": "restore.stuck.v1"}, ["/event"]),
        ({"events": []}, ["/events"]),
        ({"statuses": ["running"]}, ["/statuses/0"]),
        ({"statuses": ["succeeded", "fine"]}, ["/statuses/1"]),
        ({"statuses": [[], {}]}, ["/statuses/0", "/statuses/1"]),
        ({"kinds": ["mailboxes"]}, ["/kinds/0"]),
        (
            {"event": "restore.window-closing.v1", "kinds": ["user"], "statuses": ["failed"]},
            ["/kinds", "/statuses"],
        ),
        ({"event": "restore.approval-wanted.v1", "statuses": ["refused"]}, ["/statuses"]),
    ],
)
async def test_every_fault_is_told(
    world: World, change: dict[str, object], pointers: list[str]
) -> None:
    """400, each with its pointer, and nothing is kept."""
    answer = await subscribe_(request("POST", "/subscriptions", BODY | change, headers=READER))

    errors = content(answer)["errors"]
    assert answer.status_code == 400
    assert isinstance(errors, list)
    assert sorted(error["pointer"] for error in errors) == pointers
    assert world.storage.subscriptions.kept == {}
