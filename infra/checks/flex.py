"""Check the rules of Flex Consumption that only a deployment would report otherwise."""

from collections.abc import Iterator, Mapping, Sequence

from infra.checks.policy import at, body_of
from infra.checks.tree import Node, Template

# Refused in some regions already, with ExtendedCode 51021, and to be refused in all.
# Source: Azure/terraform-azurerm-avm-res-web-site, pull request 345 and issues 283 and 360.
REFUSED = frozenset(
    {
        "alwaysOn",
        "ftpsState",
        "functionAppScaleLimit",
        "functionsRuntimeScaleMonitoringEnabled",
        "linuxFxVersion",
        "preWarmedInstanceCount",
        "use32BitWorkerProcess",
    }
)
_SITE = "Microsoft.Web/sites"


def faults(templates: Sequence[Template]) -> Iterator[str]:
    """Properties that are refused, and settings of a site that race each other."""
    for template in templates:
        for symbol, resource in template.resources.items():
            if resource["type"] in {_SITE, f"{_SITE}/config"}:
                yield from _refused(template.name, symbol, body_of(resource))
        yield from _racing(template)
    yield from _instances({template.name: template for template in templates})


def _refused(file: str, symbol: str, body: Node) -> Iterator[str]:
    given = {
        *_keys(at(body, "properties.siteConfig")),
        *(_keys(body.get("properties")) if body.get("name") == "web" else ()),
    }
    yield from (f"{file}: {symbol}: Flex refuses {name}" for name in sorted(given & REFUSED))


def _keys(node: object) -> list[str]:
    return list(node) if isinstance(node, dict) else []


def _racing(template: Template) -> Iterator[str]:
    """Children of one site that do not wait for each other.

    Source: Azure/azure-dev pull request 3125: settings that are written at once have been lost.
    """
    children = {
        symbol: set(body_of(resource).get("dependsOn") or ())
        for symbol, resource in template.resources.items()
        if str(resource["type"]).startswith(f"{_SITE}/")
    }
    names = sorted(children)
    for at_index, one in enumerate(names):
        for other in names[at_index + 1 :]:
            if other not in _before(one, children) and one not in _before(other, children):
                yield f"{template.name}: {one} and {other} are written at the same time"


def _before(symbol: str, children: Mapping[str, set[str]]) -> set[str]:
    """Everything that one of the children waits for, by whatever way."""
    found: set[str] = set()
    waiting = [symbol]
    while waiting:
        more = children.get(waiting.pop(), set()) - found
        found |= more
        waiting += more
    return found


def _instances(by_name: Mapping[str, Template]) -> Iterator[str]:
    """Always-ready instances: none or two and more, and never more than may run.

    Source: azure-functions-host issue 11632 (a single one drops requests); Microsoft Learn,
    "Reliability in Azure Functions" (fewer than two are refused with zone redundancy).
    """
    main = by_name.get("main.bicep")
    if main is None:
        return
    allowed = _decorators(main, "httpAlwaysReady").get("allowed") or [1]
    if 1 in allowed or 0 not in allowed:
        yield f"main.bicep: httpAlwaysReady may be {allowed}"
    given = body_of(main.tree["modules"]["app"])["params"]["maximumInstanceCount"]
    if at(given, "function.type") != "max":
        yield "main.bicep: maximumInstanceCount may be less than httpAlwaysReady"


def _decorators(template: Template, parameter: str) -> dict[str, list[object]]:
    found = template.tree["parameters"][parameter]["decorators"]
    return {item["type"]: item.get("argument") for item in found}
