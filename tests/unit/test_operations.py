"""The table of operations and the functions that the host lists are the same thing."""

import pytest

from shared.domain.requests.roles import Role
from shared.errors import RoleMissingError
from shared.intake.caller import Caller
from shared.intake.operations import OPERATIONS
from tests.unit.listed import http_triggers

# The page for people, and the answer to wrong addresses: in none of the API's descriptions.
PAGES = {"GetDesk", "AnswerUnknown"}


def test_every_function_is_described_and_every_description_has_its_function() -> None:
    """A route nobody described would have no roles; a description without a route would lie."""
    listed, described = set(http_triggers()), set(OPERATIONS) | PAGES

    nobody_described = sorted(listed - described)
    assert not nobody_described, f"describe in shared/intake/operations: {nobody_described}"
    not_there = sorted(described - listed)
    assert not not_there, f"register a function in functions/http for: {not_there}"


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_route_and_method_are_those_of_the_function(name: str) -> None:
    """The descriptions lead where the host listens; the probes of gateways need none."""
    trigger = http_triggers()[name]

    methods = [str(getattr(method, "value", method)) for method in trigger.methods or ()]
    probed = ["HEAD"] if name == "GetHealth" else []
    assert (trigger.route, methods) == (OPERATIONS[name].path, [OPERATIONS[name].method, *probed])


def test_only_the_health_is_open_to_everybody() -> None:
    """Everything else names the roles that let a caller in, or who one is."""
    anonymous = {name for name, operation in OPERATIONS.items() if operation.is_anonymous}
    without_roles = {name for name, operation in OPERATIONS.items() if not operation.roles}
    assert anonymous == {"GetHealth"}
    assert without_roles == {"GetHealth", "GetMe"}


def test_any_one_role_lets_in_and_the_first_is_named() -> None:
    """A caller without any of them is told which to ask for."""
    operation = OPERATIONS["GetRestore"]

    for role in (Role.READ, Role.REQUEST):
        operation.demand(Caller("n", "i", frozenset({role})))
    with pytest.raises(RoleMissingError) as missing:
        operation.demand(Caller("n", "i", frozenset({Role.ADMIN, Role.OVERRIDE})))
    assert missing.value.role == Role.READ
