"""Check what Microsoft's validator of azd templates asks of a repository's files.

Source: microsoft/template-validation-action, src/rules.json and src/validator.
"""

from collections.abc import Iterator
from pathlib import Path

from infra.checks.tree import INFRA

ROOT = INFRA.parent

# Each of these, at one of the places that it accepts.
FILES = (
    ("README.md",),
    ("LICENSE", "LICENSE.md"),
    ("SECURITY.md", ".github/SECURITY.md"),
    ("CODE_OF_CONDUCT.md", ".github/CODE_OF_CONDUCT.md"),
    ("CONTRIBUTING.md", ".github/CONTRIBUTING.md"),
    (".github/ISSUE_TEMPLATE", ".github/ISSUE_TEMPLATE.md"),
    (".github/workflows/azure-dev.yml", ".github/workflows/azure-dev.yaml"),
    (".devcontainer/devcontainer.json",),
    ("azure.yaml",),
    ("infra/main.bicep",),
    ("infra/main.parameters.json",),
)
# Lines of README.md, in any case.
HEADINGS = ("## features", "## getting started", "## guidance", "## resources")
SECURITY_NOTICE = "important security notice"
TAGS = ("azd-env-name", "azd-service-name")
OUTPUTS = ("AZURE_LOCATION", "AZURE_TENANT_ID")


def faults(root: Path = ROOT) -> Iterator[str]:
    """Files, headings, tags and outputs that the gallery would miss."""
    for places in FILES:
        if not any((root / place).exists() for place in places):
            yield f"gallery: {places[0]} is missing"
    yield from _missing_headings(root / "README.md")
    templates = (
        path.read_text(encoding="utf-8") for path in sorted((root / "infra").rglob("*.bicep"))
    )
    text = "\n".join(templates)
    yield from (f"gallery: nothing is tagged {tag}" for tag in TAGS if f"'{tag}'" not in text)
    yield from (f"gallery: no output {name}" for name in OUTPUTS if f"output {name} " not in text)
    if "azd: { type: 'location' }" not in text:
        yield "gallery: the region is not marked as one"


def _missing_headings(readme: Path) -> Iterator[str]:
    text = readme.read_text(encoding="utf-8").lower() if readme.exists() else ""
    lines = text.splitlines()
    for heading in HEADINGS:
        if heading not in lines:
            yield f"gallery: README.md has no heading {heading}"
    if not any(line.startswith("#") and line.endswith(SECURITY_NOTICE) for line in lines):
        yield "gallery: README.md has no important security notice"
