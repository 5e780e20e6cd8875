"""Define small ways to break a connector."""

import json
from collections.abc import Callable
from typing import Any

from tests.unit.connector.connector import Connector, Json

type Break = Callable[[Connector], object]


def info(**fields: object) -> Break:
    """Change the info."""
    return lambda it: it.definition["info"].update(fields)


def root(**fields: object) -> Break:
    """Change the top of the definition."""
    return lambda it: it.definition.update(fields)


def operation(name: str, /, **fields: object) -> Break:
    """Change an operation."""
    return lambda it: it.operation(name).update(fields)


def annotated(name: str, /, **fields: object) -> Break:
    """Give an operation a version."""
    return operation(name, **{"x-ms-api-annotation": fields})


def in_properties(**fields: object) -> Break:
    """Change the properties."""
    return lambda it: it.properties["properties"].update(fields)


def without(name: str, key: str, /) -> Break:
    """Take something from an operation."""
    return lambda it: it.operation(name).pop(key)


def another_path(path: str) -> Break:
    """Add a path."""
    return lambda it: it.definition["paths"].update({path: {}})


def parameter(name: str, at: int, /, **fields: Any) -> Break:
    """Change a parameter."""
    return lambda it: it.operation(name)["parameters"][at].update(fields)


def another_parameter(name: str, /, **fields: Any) -> Break:
    """Add a parameter."""
    return lambda it: it.operation(name)["parameters"].append(fields)


def body(name: str, /, **fields: Any) -> Break:
    """Change the schema of a body."""
    return lambda it: body_of(it, name).update(fields)


def member(name: str, named: str, /, **fields: Any) -> Break:
    """Change a member of a body."""
    return lambda it: body_of(it, name)["properties"][named].update(fields)


def bare_member(name: str, named: str, key: str, /) -> Break:
    """Take something from a member of a body."""
    return lambda it: body_of(it, name)["properties"][named].pop(key)


def answer(name: str, status: str, /, **fields: Any) -> Break:
    """Change or add an answer."""
    return lambda it: it.operation(name)["responses"].setdefault(status, {}).update(fields)


def no_answer(name: str, status: str, /) -> Break:
    """Take an answer away."""
    return lambda it: it.operation(name)["responses"].pop(status)


def definition(name: str, named: str, /, **fields: Any) -> Break:
    """Change a member of a definition."""
    return lambda it: it.definition["definitions"][name]["properties"][named].update(fields)


def body_of(it: Connector, name: str) -> Json:
    """The schema of the body of an operation."""
    schema: Json = it.operation(name)["parameters"][-1]["schema"]
    return schema


def out_of_order(it: Connector) -> None:
    """Turn the sections round."""
    it.definition = dict(reversed(it.definition.items()))


def two_spaces(it: Connector) -> None:
    """Indent by two."""
    it.text = json.dumps(json.loads(it.text), indent=2)


def large(it: Connector) -> None:
    """Make the file too large."""
    it.text += " " * 1_000_000


def many(it: Connector) -> None:
    """Have too many operations."""
    one = it.operation("GetHealth")
    it.definition["paths"] |= {f"/health{number}": {"get": one} for number in range(256)}


def policy_for_nobody(it: Connector) -> None:
    """Name an operation that is not there."""
    policies = it.properties["properties"]["policyTemplateInstances"]
    policies[0]["parameters"]["x-ms-apimTemplate-operationName"].append("Nobody")


def redirected(mode: str | None) -> Break:
    """Come back from signing in at another address."""
    return lambda it: it.properties["properties"]["connectionParameters"]["token"][
        "oAuthSettings"
    ].update(redirectMode=mode)


def same_family(it: Connector) -> None:
    """Have three of one family."""
    for name in ("RestoreUser", "RestoreMailbox", "RestoreLicense"):
        annotated(name, family="Restore", revision=1)(it)


def no_notification(it: Connector) -> None:
    """Do not say what is sent."""
    it.definition["paths"]["/triggers/window-closing"].pop("x-ms-notification-content")
