"""Check that the templates fit together: parameters, outputs, versions, nothing unused."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from infra.checks.tree import Node, Template

_OUTPUT = re.compile(r"\b(\w+)!?\.\??outputs\.\??(\w+)")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")
_GRAPH_VERSION = "v1.0"


def faults(templates: Sequence[Template]) -> Iterator[str]:
    """Everything that would only show in a deployment, if there."""
    by_name = {template.name: template for template in templates}
    for template in templates:
        yield from _modules(template, by_name)
        yield from _unused(template)
    yield from _versions(templates)


def _modules(template: Template, by_name: dict[str, Template]) -> Iterator[str]:
    modules: dict[str, Node] = template.tree.get("modules", {})
    for symbol, module in modules.items():
        target = by_name.get(module["detail"]["path"])
        if target is None:
            yield f"{template.name}: module {symbol} leads to no file that can be read"
            continue
        given = set(_config(module).get("params", {}))
        declared: dict[str, Node] = target.tree.get("parameters", {})
        required = {name for name, node in declared.items() if node.get("default") is None}
        for name in sorted(given - set(declared)):
            yield f"{template.name}: {target.name} has no parameter {name}"
        for name in sorted(required - given):
            yield f"{template.name}: {target.name} is not given {name}"
    for symbol, output in sorted(set(_OUTPUT.findall(template.text))):
        target = by_name.get(modules.get(symbol, {}).get("detail", {}).get("path", ""))
        if target is None or output not in target.tree.get("outputs", {}):
            yield f"{template.name}: {symbol} has no output {output}"


def _unused(template: Template) -> Iterator[str]:
    for kind in ("parameters", "variables"):
        for name in template.tree.get(kind, {}):
            # Once where it is declared.
            if len(re.findall(rf"\b{name}\b", template.text)) == 1:
                yield f"{template.name}: {kind[:-1]} {name} is not used"


def _versions(templates: Sequence[Template]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for template in templates:
        for symbol, resource in template.resources.items():
            kind, version = str(resource["type"]), str(resource["api_version"])
            is_graph = kind.startswith("Microsoft.Graph/")
            if version != _GRAPH_VERSION if is_graph else not _DATED.fullmatch(version):
                yield f"{template.name}: {symbol}: version {version} is no released one"
            if seen.setdefault(kind, version) != version:
                yield f"{template.name}: {symbol}: {kind} is {seen[kind]} elsewhere"


def _config(node: Node) -> dict[str, Any]:
    """The body of a module, which lies deeper when it has a condition."""
    config: dict[str, Any] = node["config"]
    return config["config"] if "condition" in config and "config" in config else config
