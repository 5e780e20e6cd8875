"""Run every check of the templates: `python -m infra.checks`; exit 1 if one finds a fault."""

import sys

from infra.checks import (
    checkov,
    descriptions,
    flex,
    gallery,
    hooks,
    login,
    parameters,
    policy,
    queries,
    rights,
    tree,
    wiring,
    workflows,
)


def main() -> int:
    """Check, and say what was checked."""
    templates, found = tree.read_all()
    for check in (wiring, parameters, rights, policy, flex, login):
        found += check.faults(templates)
    found += hooks.faults(hooks.document())
    found += workflows.faults()
    found += gallery.faults()
    found += descriptions.faults()
    texts = queries.texts()
    found += queries.faults(texts)
    more, counts = checkov.findings(templates)
    found += more
    for fault in found:
        print(f"check-infra: {fault}")
    resources = sum(len(template.resources) for template in templates)
    said = ", ".join(f"{value} {name}" for name, value in counts.items())
    print(f"check-infra: {len(templates)} templates, {resources} resources, {len(texts)} queries")
    print(f"check-infra: checkov: {said}")
    if not found:
        print("check-infra: all passed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
