"""Check that the role assignments in Azure are exactly those of one table."""

from collections.abc import Iterator, Sequence
from typing import Any

from infra.checks.tree import Node, Template

# Source: Microsoft Learn, "Azure built-in roles".
ROLES = {
    "storageBlobDataContributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    "storageBlobDataOwner": "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
    "storageQueueDataContributor": "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
    "storageTableDataContributor": "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
    "storageQueueDataMessageSender": "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a",
    "storageQueueDataMessageProcessor": "8a0f0c08-91a1-4084-bc3d-661d67233fed",
    "monitoringMetricsPublisher": "3913510d-42f4-4e42-8a64-420c390055eb",
}

# (file, who, role, on what). The account of the work belongs to the app alone, and others get a
# queue; the package belongs to an identity that has no other right.
NEEDED = frozenset(
    {
        ("app/storage.bicep", "appPrincipalId", "storageBlobDataOwner", "account"),
        ("app/storage.bicep", "appPrincipalId", "storageQueueDataContributor", "account"),
        ("app/storage.bicep", "appPrincipalId", "storageTableDataContributor", "account"),
        ("app/storage.bicep", "sender", "storageQueueDataMessageSender", "restore-requests"),
        ("app/storage.bicep", "reader", "storageQueueDataMessageProcessor", "restore-results"),
        ("app/storage.bicep", "reader", "storageQueueDataMessageProcessor", "restore-alerts"),
        ("app/package.bicep", "packagePrincipalId", "storageBlobDataContributor", "container"),
        ("app/monitoring.bicep", "appPrincipalId", "monitoringMetricsPublisher", "insights"),
    }
)

type Right = tuple[str, str, str, str]


def faults(templates: Sequence[Template]) -> Iterator[str]:
    """Roles that are too many or missing, and GUIDs that are not what they are called."""
    found: set[Right] = set()
    for template in templates:
        yield from _misnamed(template)
        found |= set(_rights(template))
    for right in sorted(found - NEEDED):
        yield f"not needed: {' / '.join(right)}"
    for right in sorted(NEEDED - found):
        yield f"missing: {' / '.join(right)}"


def _misnamed(template: Template) -> Iterator[str]:
    if template.name not in {file for file, *_ in NEEDED}:
        return
    for name, value in template.variables.get("roles", {}).items():
        if ROLES.get(name) != value:
            yield f"{template.name}: role {name} is not {value}"


def _rights(template: Template) -> Iterator[Right]:
    for symbol, resource in template.resources.items():
        if resource["type"] != "Microsoft.Authorization/roleAssignments":
            continue
        config = resource["config"]
        loop = config.get("loop_type") if isinstance(config.get("loop_type"), dict) else None
        body = config["config"] if loop is not None else config
        given = body["properties"]["roleDefinitionId"]["function"]["parameters"]
        scope = _scope(template, str(body.get("scope")))
        for role in _names(given["resource_name_1"], loop, template):
            yield template.name, str(body["properties"]["principalId"]), role or symbol, scope


def _names(role: Any, loop: Node | None, template: Template) -> list[str]:
    """The role's name, or each of the list that the loop runs over."""
    if isinstance(role, dict):
        return [_last(role)]
    if loop is not None and loop["detail"]["item_name"] == role:
        listed = template.variables[loop["detail"]["array_name"]]
        return [_last(item) for item in listed]
    return [str(role)]


def _scope(template: Template, symbol: str) -> str:
    """The queue that an existing resource names, else the symbol."""
    resource = template.resources.get(symbol)
    if resource is None or not resource.get("existing"):
        return symbol
    name = resource["config"]["name"]
    return _value(name, template)


def _value(name: Any, template: Template) -> str:
    if isinstance(name, dict):
        operands = name["operator"]["operands"]
        listed = template.variables[operands["operand_1"]]
        return str(listed[operands["operand_2"]])
    return str(template.variables.get(name, name))


def _last(node: Any) -> str:
    """`roles.x` as pycep reads it: x."""
    return str(node["operator"]["operands"]["operand_2"])
