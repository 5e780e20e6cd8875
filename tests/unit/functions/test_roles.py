"""Every operation, asked for by everybody: who is let in, who is told which role, who is nobody."""

import json
from collections.abc import Mapping
from itertools import product
from typing import Any

import azure.functions as func
import pytest

from functions.http.restores.list_restores import list_restores_
from shared.intake.operations import OPERATIONS
from tests.builders import a_deleted_person
from tests.unit.functions.askers import (
    ADMIN,
    APPROVE,
    ASKERS,
    ENTRA,
    ENTRA_UNSAID,
    ENTRA_WITHOUT_PLATFORM,
    KEYS,
    KEYS_BEHIND_PLATFORM,
    READ,
    REQUEST,
    ROLE_SETS,
    ROLES,
    call,
    principal,
    problem,
    service,
)
from tests.unit.functions.doors import request
from tests.unit.functions.expectations import LET_IN, SITUATIONS, Situation
from tests.unit.world.world import World

OF_KEYS = frozenset({READ, REQUEST})
USER = ASKERS["user, short claims"]


async def answer_to(
    situation: Situation,
    headers: Mapping[str, str],
    *,
    settings: Mapping[str, str] = ENTRA,
    caller_id: str | None = USER.id,
    params: Mapping[str, str] | None = None,
) -> func.HttpResponse:
    """The answer in a world of its own, in which one deleted user is lost."""
    world = World()
    world.put(a_deleted_person())
    with service(world, settings):
        route = situation.route | await situation.arrange(world, caller_id)
        return await call(situation.operation, headers, situation.body, route, params)


def named(roles: frozenset[str]) -> str:
    """A short name of a set of roles."""
    return "+".join(role.removeprefix("Restore.") for role in ROLES if role in roles) or "none"


def test_every_operation_is_in_the_matrix() -> None:
    """A new one cannot be forgotten here."""
    assert set(LET_IN) == set(OPERATIONS)
    assert {situation.operation for situation in SITUATIONS.values()} == set(OPERATIONS)


@pytest.mark.parametrize("name", LET_IN)
def test_the_table_demands_the_roles_of_the_contract(name: str) -> None:
    """The product's own table against the one written down here."""
    assert LET_IN[name] == set(OPERATIONS[name].roles)


@pytest.mark.parametrize("name", SITUATIONS)
async def test_a_caller_gets_in_by_role_alone(name: str) -> None:
    """Behind the platform's authentication, whoever asks and however the claims are called."""
    situation = SITUATIONS[name]
    for (who, asker), roles in product(ASKERS.items(), ROLE_SETS):
        answer = await answer_to(situation, asker.headers(roles), caller_id=asker.id)

        asked = f"{who} with {named(roles)}"
        assert answer.status_code in situation.expected(roles), asked
        assert (answer.status_code == 403) == (problem(answer) == "role-missing"), asked


@pytest.mark.parametrize("name", SITUATIONS)
async def test_a_refusal_names_a_role_that_would_help(name: str) -> None:
    """With the role that was named the next refusal, if any, names another one."""
    situation = SITUATIONS[name]
    roles: frozenset[str] = frozenset()
    for _ in ROLES:
        answer = await answer_to(situation, USER.headers(roles))
        if answer.status_code != 403:
            break
        detail = json.loads(answer.get_body())["detail"]
        (role,) = (role for role in ROLES if role in detail)
        assert role not in roles
        roles |= {role}

    assert answer.status_code in situation.expected(roles) - {403}


@pytest.mark.parametrize("settings", [KEYS, KEYS_BEHIND_PLATFORM], ids=["alone", "behind platform"])
@pytest.mark.parametrize("header", ["none", "admin", "broken"])
@pytest.mark.parametrize("name", SITUATIONS)
async def test_a_key_holder_reads_and_requests(
    name: str, header: str, settings: Mapping[str, str]
) -> None:
    """With function keys alone everybody is one nameless caller, whatever a header claims."""
    situation = SITUATIONS[name]
    headers = {
        "none": {},
        "admin": USER.headers(frozenset(ROLES)),
        "broken": {"x-ms-client-principal": "?"},
    }[header]

    answer = await answer_to(situation, headers, settings=settings, caller_id=None)

    assert answer.status_code in situation.expected(OF_KEYS)


@pytest.mark.parametrize("settings", [ENTRA_WITHOUT_PLATFORM, ENTRA_UNSAID], ids=["off", "unsaid"])
@pytest.mark.parametrize("who", ASKERS)
@pytest.mark.parametrize("name", SITUATIONS)
async def test_nobody_is_believed_without_the_platform(
    name: str, who: str, settings: Mapping[str, str]
) -> None:
    """A header that anybody could have written gives no role."""
    situation, asker = SITUATIONS[name], ASKERS[who]

    headers = asker.headers(frozenset(ROLES))
    answer = await answer_to(situation, headers, settings=settings, caller_id=asker.id)

    is_open = situation.operation == "GetHealth"
    assert answer.status_code == (200 if is_open else 401)
    assert problem(answer) == (None if is_open else "not-signed-in")


NOBODY: dict[str, dict[str, Any]] = {
    "no header": {},
    "empty": {"x-ms-client-principal": ""},
    "not base64": {"x-ms-client-principal": "?"},
    "no claims": principal(None),
    "roles without a person": principal([{"typ": "roles", "val": ADMIN}]),
}


@pytest.mark.parametrize("header", NOBODY)
@pytest.mark.parametrize("name", SITUATIONS)
async def test_a_header_that_names_nobody_is_nobody(name: str, header: str) -> None:
    """401 everywhere but at the health."""
    situation = SITUATIONS[name]

    answer = await answer_to(situation, NOBODY[header])

    assert answer.status_code == (200 if situation.operation == "GetHealth" else 401)


@pytest.mark.parametrize("role", ["restore.admin", "Restore.Admin ", "Restore", "Admin", "*"])
@pytest.mark.parametrize("name", SITUATIONS)
async def test_a_role_that_is_almost_one_is_none(name: str, role: str) -> None:
    """Case and spelling matter."""
    situation = SITUATIONS[name]

    answer = await answer_to(situation, USER.headers(frozenset({role})))

    assert answer.status_code in situation.expected(frozenset())


@pytest.mark.parametrize("roles", [{READ}, {READ, REQUEST}], ids=["reads all", "requests as well"])
async def test_a_list_shows_what_may_be_read(roles: set[str]) -> None:
    """Restores of others, too."""
    answer = await answer_to(SITUATIONS["list"], USER.headers(frozenset(roles)))

    assert len(json.loads(answer.get_body())["value"]) == 1


@pytest.mark.parametrize(
    ("roles", "query", "status"),
    [
        ({APPROVE}, "?status=waiting", 200),
        ({APPROVE}, "", 403),
        ({APPROVE}, "?status=failed", 403),
        ({REQUEST}, "?status=waiting", 403),
        ({APPROVE, READ}, "", 200),
    ],
)
async def test_who_approves_lists_what_waits_and_nothing_else(
    roles: set[str], query: str, status: int
) -> None:
    """The whole list is for Restore.Read."""
    world = World()
    with service(world, ENTRA):
        asked = request("GET", f"/restores{query}", headers=USER.headers(frozenset(roles)))
        answer = await list_restores_(asked)

    assert answer.status_code == status
    assert (status == 403) == (problem(answer) == "role-missing")
