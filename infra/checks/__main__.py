"""`python -m infra.checks`: every check of the templates; 0 if none finds a fault, else 1."""

import sys

from infra.checks import policy, rights, tree, wiring


def main() -> int:
    """Check, and say what was checked."""
    templates, found = tree.read_all()
    found += wiring.faults(templates)
    found += rights.faults(templates)
    found += policy.faults(templates)
    more, counts = policy.checkov(templates)
    found += more
    for fault in found:
        print(f"check-infra: {fault}")
    resources = sum(len(template.resources) for template in templates)
    said = ", ".join(f"{value} {name}" for name, value in counts.items())
    print(f"check-infra: {len(templates)} templates, {resources} resources; checkov: {said}")
    if not found:
        print("check-infra: all passed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
