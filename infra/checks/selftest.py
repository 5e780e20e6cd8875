"""Every check can fail: one spoilt template for each, and the fault it must give.

`python -m infra.checks.selftest`; a part of `make check-infra`, because a check that has gone
blind says "all passed" like a good one.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from infra.checks import policy, rights, tree, wiring
from infra.checks.tree import Template

type Check = Callable[[Sequence[Template]], Iterable[str]]

# (file, what is there, what is put in its place, the check, a part of the fault).
SPOILT: tuple[tuple[str, str, str, Check, str], ...] = (
    (
        "app/storage.bicep",
        "allowSharedKeyAccess: false",
        "allowSharedKeyAccess: true",
        policy.faults,
        "allowSharedKeyAccess",
    ),
    (
        "app/monitoring.bicep",
        "DisableLocalAuth: true",
        "DisableLocalAuth: false",
        policy.faults,
        "DisableLocalAuth",
    ),
    (
        "app/function.bicep",
        "requireAuthentication: true",
        "requireAuthentication: false",
        policy.faults,
        "requireAuthentication",
    ),
    ("app/function.bicep", "version: '3.13'", "version: '3.12'", policy.faults, "version"),
    (
        "app/storage.bicep",
        "  scope: intakeQueue",
        "  scope: account",
        rights.faults,
        "not needed: app/storage.bicep / sender",
    ),
    (
        "app/storage.bicep",
        "  roles.storageTableDataContributor\n",
        "",
        rights.faults,
        "missing: app/storage.bicep / appPrincipalId / storageTableDataContributor",
    ),
    ("app/storage.bicep", "974c5e8b", "974c5e8c", rights.faults, "is not 974c5e8c"),
    ("main.bicep", "appPrincipalId: identity", "appId: identity", wiring.faults, "appPrincipalId"),
    ("main.bicep", "outputs.clientId", "outputs.client", wiring.faults, "no output client"),
    ("main.bicep", "param location string", "param region string", wiring.faults, "no parameter"),
    (
        "app/identity.bicep",
        "@2024-11-30",
        "@2024-11-30-preview",
        wiring.faults,
        "no released one",
    ),
    ("app/function.bicep", "@2025-06-01", "@2025-01-01", wiring.faults, "elsewhere"),
    (
        "app/network.bicep",
        "param tags",
        "param extra string\nparam tags",
        wiring.faults,
        "not used",
    ),
)


def main() -> int:
    """Spoil, check, and say which check is blind; 0 if none is."""
    templates, faults = tree.read_all()
    blind = [*faults]
    for file, before, after, check, part in SPOILT:
        found = list(check(_spoilt(templates, file, before, after)))
        if not any(part in fault for fault in found):
            blind.append(f"{file} with {after!r} gives {found}, nothing about {part!r}")
    for line in blind:
        print(f"check-infra selftest: {line}")
    print(f"check-infra: {len(SPOILT) - len(blind)} of {len(SPOILT)} spoilt templates were seen")
    return 1 if blind else 0


def _spoilt(templates: Sequence[Template], file: str, before: str, after: str) -> list[Template]:
    """The templates with one change in one of them."""
    target = next(template for template in templates if template.name == file)
    if before not in target.text:
        raise LookupError(f"{file} has no {before!r} to spoil")
    text = target.text.replace(before, after, 1)
    changed = replace(target, text=text, tree=tree.parse(text))
    return [changed if template is target else template for template in templates]


if __name__ == "__main__":
    sys.exit(main())
