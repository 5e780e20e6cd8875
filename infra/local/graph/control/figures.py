"""Report what really happened, for tests: effects on each user, and every mailbox."""

from collections import Counter, defaultdict

from infra.local.graph.control.counters import Effect
from infra.local.graph.rules import archive, mailbox
from infra.local.graph.tenant.directory import is_deleted
from infra.local.graph.web.wire import Json
from infra.local.graph.world import World


def effects(world: World) -> Json:
    """Answer every effect in order, the counts by user, and what was done more than once.

    `doubled` counts the effects of one kind that changed one user more than once; `repeated` those
    that were carried out and changed nothing.
    """
    story = world.counters.story
    by_target: dict[str, list[Effect]] = defaultdict(list)
    for effect in story:
        by_target[effect.target].append(effect)
    return {
        "effects": [effect.to_json() for effect in story],
        "byUser": {target: _of_one(world, target, some) for target, some in by_target.items()},
        "doubled": _counted(by_target, changed=True, least=2),
        "repeated": _counted(by_target, changed=False, least=1),
    }


def mailboxes(world: World) -> Json:
    """Answer the truth about each user's mailbox and archive, by id."""
    return {
        user["id"]: {
            "userPrincipalName": user["userPrincipalName"],
            "deleted": is_deleted(user),
            **_boxes(world, user),
        }
        for user in world.tenant.directory.everyone()
    }


def _of_one(world: World, target: str, some: list[Effect]) -> Json:
    user = world.tenant.directory.peek(target)
    return {
        "counts": dict(Counter(effect.name for effect in some)),
        "changed": sum(effect.changed for effect in some),
        "licensesAssigned": [sku for effect in some for sku in effect.added],
        "licensesRemoved": [sku for effect in some for sku in effect.removed],
        **(_boxes(world, user) if user is not None else {}),
    }


def _boxes(world: World, user: Json) -> Json:
    found: Json = {"mailbox": mailbox.truth(user, world.now, world.switches), "archive": None}
    if user.get("archive") is not None:
        gone = archive.is_gone(user["archive"], world.now)
        found["archive"] = {**user["archive"], "gone": gone}
    return found


def _counted(by_target: dict[str, list[Effect]], *, changed: bool, least: int) -> Json:
    found: Json = {}
    for target, some in by_target.items():
        counts = Counter(effect.name for effect in some if effect.changed is changed)
        many = {name: number for name, number in counts.items() if number >= least}
        if many:
            found[target] = many
    return found
