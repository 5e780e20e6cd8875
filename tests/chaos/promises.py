"""Check what every restore must hold after any fault: complete, done once, reported truthfully."""

from collections.abc import Awaitable, Callable
from enum import StrEnum

from tests.chaos.kinds import Kind
from tests.chaos.stage import Scene
from tests.e2e.stage.people import SKU_ID, Json
from tests.waiting import eventually


class Promise(StrEnum):
    """The three of them."""

    LOST = "lost"
    DOUBLED = "doubled"
    FALSE = "a false statement"


class BrokenPromiseError(AssertionError):
    """A promise was broken; `promise` says which."""

    def __init__(self, promise: Promise, what: str) -> None:
        self.promise = promise
        super().__init__(what)


async def demand_kept_promises(
    kind: Kind, user: Json, restore: Json, scene: Scene, pass_time: Callable[[], Awaitable[None]]
) -> None:
    """One change each, a true record, a whole journal, one event, and nothing left behind.

    Raises: BrokenPromiseError.
    """
    effects = await scene.world.effects(user)
    no_more = all(n <= kind.effects.get(name, 0) for name, n in effects.items())
    _demand(no_more, Promise.DOUBLED, effects)
    _demand(restore["outcome"]["code"] == kind.code, Promise.LOST, restore)
    _demand(effects == kind.effects, Promise.FALSE, (effects, restore))
    await demand_truth(restore, user, scene)
    events = [event for event, _ in await scene.storage.journal(restore["id"])]
    ends = (events.count("accepted"), events.count("settled"))
    _demand(ends == (1, 1), Promise.DOUBLED, events)
    await _demand_nothing_left(user, restore, scene, pass_time)
    told = await scene.storage.results(lambda event: event["subject"] == restore["id"])
    _demand({event["id"] for event in told} == {f"{restore['id']}-1"}, Promise.LOST, told)
    poisoned = await scene.storage.waiting("restore-work-poison")
    _demand(poisoned == 0, Promise.LOST, f"{poisoned} messages on the poison queue")


async def demand_truth(restore: Json, user: Json, scene: Scene) -> None:
    """Nothing the restore says of itself at this moment is otherwise in the tenant.

    Raises: BrokenPromiseError.
    """
    now = await scene.world.user(user)
    done = {step["name"] for step in restore["steps"] if step["status"] == "done"}
    is_active = not now.get("deletedDateTime")
    licensed = any(row["skuId"] == SKU_ID for row in now["licenseAssignmentStates"])
    if restore["undoes"]:
        _demand(not is_active or "delete-user" not in done, Promise.FALSE, (restore, now))
        _demand(not licensed or "remove-license" not in done, Promise.FALSE, (restore, now))
        return
    _demand(is_active or "restore-user" not in done, Promise.FALSE, (restore, now))
    _demand(licensed or "assign-license" not in done, Promise.FALSE, (restore, now))
    answers = (now.get("mailbox") or {}).get("reachable")
    _demand(answers or "verify-mailbox" not in done, Promise.FALSE, (restore, now))
    _demand(is_active or restore["status"] != "succeeded", Promise.FALSE, (restore, now))
    is_told = restore["status"] != "waiting" or restore["waiting"] is not None
    _demand(is_told, Promise.FALSE, restore)


async def _demand_nothing_left(
    user: Json, restore: Json, scene: Scene, pass_time: Callable[[], Awaitable[None]]
) -> None:
    async def is_clean() -> bool:
        # The row of a restore that has ended holds nobody up; another's would.
        locks = await scene.storage.rows("userlocks", user["id"])
        rows = [
            *(row for row in locks if row["restoreId"] != restore["id"]),
            *await scene.storage.rows("restoresunfinished", restore["id"]),
        ]
        if rows:
            await pass_time()
        return not rows

    try:
        await eventually(is_clean)
    except AssertionError as error:
        raise BrokenPromiseError(Promise.LOST, f"left behind of {restore}") from error


def _demand(holds: object, promise: Promise, what: object) -> None:
    if not holds:
        raise BrokenPromiseError(promise, str(what))
