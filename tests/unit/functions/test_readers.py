"""Who reads an answer, and in which language: at every door, in answers, problems and events."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import azure.functions as func
import pytest

from functions.http.batches import get_batch, start_batch_
from functions.http.checks import check_restore
from functions.http.guards import add_guard_
from functions.http.licenses import list_licenses_
from functions.http.restores.list_restores import list_restores_
from functions.http.restores.start_and_read import get_restore, start_restore
from shared.bootstrap import Intake
from shared.domain.events.subscription import EventType, Subscriber, SubscriptionRequest
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import Door, RequestedBy
from shared.domain.requests.roles import Role
from shared.errors import ConfigurationError
from shared.events.subscriptions import subscribe
from shared.restore.accept import accept
from shared.settings.all_settings import read_settings
from shared.texts.reader import Audience, Language
from tests.builders import UPN, USER_ID, a_deleted_person, a_person, a_request
from tests.unit.functions.doors import WorldRoot, content, opened, principal, request, serving
from tests.unit.world.callbacks import drive
from tests.unit.world.world import World

NEWCOMER = a_person(
    id="5eed0004-0000-4000-8000-000000000004",
    user_principal_name=UPN,
    display_name="Jan de Wit",
    mail=None,
    proxy_addresses=(),
)
MAILBOX = {"kind": "mailbox", "user": USER_ID}
STORAGE = {"AzureWebJobsStorage": "UseDevelopmentStorage=true"}
DANISH = {"accept-language": "da-DK, en;q=0.5"}


class ByKeys(WorldRoot):
    """A deployment with function keys."""

    async def intake(self) -> Intake:
        """The storage half."""
        settings = read_settings(STORAGE | {"AUTH_MODE": "keys"})
        return Intake(self.world.deps, settings, self.world.clock.now())


class Broken(WorldRoot):
    """A deployment whose settings are wrong."""

    async def intake(self) -> Intake:
        """The fault in the settings."""
        raise ConfigurationError(("CLOSING_DAYS: is wrong",))


def a_world(audience: Audience = Audience()) -> World:  # noqa: B008 - a frozen value
    """Megan is deleted, and somebody else has her name."""
    world = World(audience=audience)
    world.put(a_deleted_person(), NEWCOMER)
    return world


def asked_by(*roles: Role, oid: str = "c0ffee") -> RequestedBy:
    """A caller over HTTP with these roles."""
    return RequestedBy(Door.HTTP, "n", oid, tuple(sorted(roles)))


def spoken(answer: func.HttpResponse) -> tuple[str | None, str | None]:
    """What the answer says of its language."""
    return answer.headers.get("Content-Language"), answer.headers.get("Vary")


def outcome_in(document: Mapping[str, object]) -> tuple[str, str]:
    """The message and the fix of the restore in a document."""
    outcome = document["outcome"]
    assert isinstance(outcome, dict)
    return outcome["message"], outcome["fix"]


@pytest.mark.parametrize(
    ("headers", "default", "language", "words"),
    [
        ({}, Language.ENGLISH, "en", "The user name is in use by somebody else now"),
        ({}, Language.DANISH, "da", "Brugernavnet er i brug hos en anden nu"),
        (DANISH, Language.ENGLISH, "da", "Brugernavnet er i brug hos en anden nu"),
        (
            {"accept-language": "en-GB"},
            Language.DANISH,
            "en",
            "The user name is in use by somebody else now",
        ),
        (
            {"accept-language": "fr"},
            Language.DANISH,
            "da",
            "Brugernavnet er i brug hos en anden nu",
        ),
    ],
)
async def test_a_restore_is_read_in_the_language_asked_for(
    headers: dict[str, str], default: Language, language: str, words: str
) -> None:
    """By the header, else by the setting; the same restore for each who asks."""
    with opened(a_world(Audience(default))) as world:
        record = await accept(order_of(a_request(user=USER_ID), asked_by(Role.REQUEST)), world.deps)
        await world.finish(record.record.id)
        who = principal("Restore.Request") | headers

        answer = await get_restore(request("GET", "/x", headers=who, restoreId=record.record.id))

    assert spoken(answer) == (language, "Accept-Language")
    assert outcome_in(content(answer))[0].startswith(words)


@pytest.mark.parametrize(
    ("roles", "sees", "override"),
    [
        (["Restore.Request"], False, False),
        (["Restore.Read", "Restore.Request"], True, False),
        (["Restore.Request", "Restore.Override"], False, True),
    ],
)
async def test_a_check_is_read_by_whoever_asks(
    roles: list[str], *, sees: bool, override: bool
) -> None:
    """Who holds the name is for readers of everything; what to do, for those who may."""
    world = a_world()
    alias = replace(NEWCOMER, id=NEWCOMER.id[::-1], proxy_addresses=("smtp:megan@contoso.com",))
    world.put(alias)
    with opened(world):
        answer = await check_restore(
            request("POST", "/checks", MAILBOX, headers=principal(*roles) | DANISH)
        )

    findings = content(answer)["findings"]
    assert isinstance(findings, list)
    found = {item["code"]: item for item in findings}
    assert spoken(answer) == ("da", "Accept-Language")
    assert ("Jan de Wit" in found["upn-conflict"]["message"]) == sees
    assert ("Jan de Wit" in str(findings)) == sees
    assert ("eller sæt onAddressConflict" in found["address-conflict"]["fix"]) == override


@pytest.mark.parametrize("see", [False, True])
async def test_candidates_are_named_to_readers_of_everything(*, see: bool) -> None:
    """All others choose by id and dates."""
    world = World()
    world.put(a_deleted_person(), a_deleted_person(id=NEWCOMER.id, display_name="Jan de Wit"))
    roles = ["Restore.Request", *(["Restore.Read"] if see else [])]
    with opened(world):
        body = {"kind": "mailbox", "user": UPN}
        answer = await check_restore(request("POST", "/checks", body, headers=principal(*roles)))

    candidates = content(answer)["candidates"]
    assert isinstance(candidates, list)
    assert [item["id"] for item in candidates] == [USER_ID, NEWCOMER.id]
    assert all(item["deletedDateTime"] and item["window"]["endsAt"] for item in candidates)
    assert ("Jan de Wit" in str(candidates)) == see
    assert (UPN in str(candidates)) == see


@pytest.mark.parametrize(
    ("owner", "roles", "shown"),
    [
        ("c0ffee", ["Restore.Request"], True),
        ("another", ["Restore.Request"], False),
        ("another", ["Restore.Read"], True),
    ],
)
async def test_the_restore_that_is_waited_for_is_named_to_whoever_may_know_it(
    owner: str, roles: list[str], *, shown: bool
) -> None:
    """One's own, or to readers of everything; to others not even that it exists."""
    world = World()
    world.put(a_deleted_person())
    world.directory.replication_delay = timedelta(minutes=3)
    first = await accept(
        order_of(a_request(user=USER_ID, idempotency_key="1"), asked_by(Role.REQUEST, oid=owner)),
        world.deps,
    )
    await world.run(first.record.id)
    second = await accept(
        order_of(a_request(user=USER_ID, idempotency_key="2"), asked_by(Role.REQUEST)), world.deps
    )
    await world.run(second.record.id)
    with opened(world):
        answer = await get_restore(
            request("GET", "/x", headers=principal(*roles), restoreId=second.record.id)
        )

    waiting = content(answer)["waiting"]
    assert isinstance(waiting, dict)
    assert waiting["for"] == "user-lock"
    assert waiting["restoreId"] == (first.record.id if shown else None)
    message = str(waiting["message"])
    assert message.startswith("Another restore of the same person is not over.")
    assert ("waits itself" in message) == shown
    assert (first.record.id in str(content(answer))) == shown


@pytest.mark.parametrize(
    ("headers", "status", "detail", "fix"),
    [
        ({}, 401, "Ingen er logget på", "Log på med Entra ID"),
        (principal("Restore.Admin"), 403, "kræver rollen Restore.Request", "give dig rollen"),
        (principal("Restore.Request"), 400, "Anmodningen kunne ikke forstås", "Ret det"),
    ],
)
async def test_a_problem_is_in_the_language_asked_for(
    headers: dict[str, str], status: int, detail: str, fix: str
) -> None:
    """Also where nobody knows who asks; the code stays what it is."""
    with opened(World()):
        answer = await start_restore(request("POST", "/restores", {}, headers=headers | DANISH))

    problem = content(answer)
    assert answer.status_code == problem["status"] == status
    assert spoken(answer) == ("da", "Accept-Language")
    assert detail in str(problem["detail"])
    assert fix in str(problem["fix"])
    if status == 400:
        assert {"pointer": "/user", "message": "mangler"} in problem["errors"]  # type: ignore[operator]


async def test_with_function_keys_a_missing_role_is_a_matter_of_settings() -> None:
    """Nobody can hold it then, so the fix names the setting."""
    with serving(ByKeys(World(audience=Audience(by_keys=True)))):
        guard = {"user": UPN, "kind": "user", "act": "at-once"}
        answer = await add_guard_(request("POST", "/guards", guard))

    assert content(answer)["code"] == "role-missing"
    assert "AUTH_MODE=entra" in str(content(answer)["fix"])


async def test_wrong_settings_are_told_in_english_unless_asked_otherwise() -> None:
    """What the language is by default stands in the settings, which cannot be read."""
    with serving(Broken(World())):
        plain = await start_restore(request("POST", "/restores", MAILBOX))
        danish = await start_restore(request("POST", "/restores", MAILBOX, headers=DANISH))

    assert content(plain)["code"] == content(danish)["code"] == "configuration-wrong"
    assert (spoken(plain)[0], spoken(danish)[0]) == ("en", "da")
    assert "CLOSING_DAYS" not in str(content(plain))


async def test_a_bad_item_of_a_batch_is_told_in_the_language_of_each_reader() -> None:
    """Kept as it was found, and put into words when it is read."""
    with opened(World()):
        body = {"restores": [{"kind": "user", "user": UPN}, {"kind": "user"}]}
        who = principal("Restore.Request")
        started = await start_batch_(request("POST", "/batches", body, headers=who))
        batch_id = str(content(started)["id"])
        danish = await get_batch(request("GET", "/x", headers=who | DANISH, batchId=batch_id))

    messages = [
        content(answer)["items"][1]["errors"][0]["message"]  # type: ignore[index]
        for answer in (started, danish)
    ]
    assert messages == ["is required", "mangler"]
    assert (spoken(started)[0], spoken(danish)[0]) == ("en", "da")


async def test_a_list_is_in_the_language_asked_for_and_one_without_texts_says_none() -> None:
    """Caches must tell the answers apart where the words differ, and nowhere else."""
    with opened(a_world()) as world:
        accepted = await accept(
            order_of(a_request(user=USER_ID), asked_by(Role.REQUEST)), world.deps
        )
        await world.finish(accepted.record.id)
        who = principal("Restore.Read", "Restore.Request") | DANISH
        restores = await list_restores_(request("GET", "/restores", headers=who))
        licenses = await list_licenses_(request("GET", "/licenses", headers=who))

    assert spoken(restores) == ("da", "Accept, Accept-Language")
    assert "Brugernavnet er i brug nu: megan.bowen@contoso.com (Jan de Wit" in str(
        content(restores)
    )
    assert spoken(licenses) == (None, None)


async def test_events_are_told_in_the_language_of_the_deployment_each_to_its_reader() -> None:
    """The result queue and who hears of all restores see everything; the owner, what it may."""
    world = a_world(Audience(Language.DANISH))
    owner = asked_by(Role.REQUEST)
    urls = {name: f"https://{name}.logic.azure.com/1" for name in ("all", "own", "callback")}
    for name, subscriber in (
        ("all", Subscriber("desk", sees_all=True)),
        ("own", Subscriber(owner.id, sees_all=False)),
    ):
        wanted = SubscriptionRequest(EventType.FINISHED, urls[name])
        await subscribe(wanted, subscriber, world.deps)
    asked = a_request(user=USER_ID, callback_url=urls["callback"])

    accepted = await accept(order_of(asked, owner), world.deps)
    await world.finish(accepted.record.id)
    await drive(world)

    told = {sent.url: sent.body for sent in world.notifier.sent}
    assert told.keys() == set(urls.values())
    assert "Jan de Wit" in told[urls["all"]]
    assert "Jan de Wit" not in told[urls["own"]] + told[urls["callback"]]
    assert "i brug hos en anden nu" in told[urls["own"]]
    assert told[urls["own"]] == told[urls["callback"]]
    (result,) = world.storage.outbox.results
    assert "Brugernavnet er i brug nu: megan.bowen@contoso.com (Jan de Wit" in str(result)
