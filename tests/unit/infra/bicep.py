"""Read the Bicep files as text, for tests that need no parser."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
APP = ROOT / "infra" / "app"


def names_in(file: str, variable: str) -> set[str]:
    """The texts of one array variable, `var NAME = [ ... ]`."""
    text = (APP / file).read_text(encoding="utf-8")
    found = re.search(rf"^var {variable} = \[(.*?)\]", text, re.MULTILINE | re.DOTALL)
    assert found is not None, f"{file} has no array {variable}"
    return set(re.findall(r"'([^']*)'", found[1]))


def alert_queries() -> set[str]:
    """The query files that the alert rules load."""
    text = (APP / "alerts.bicep").read_text(encoding="utf-8")
    return set(re.findall(r"loadTextContent\('\.\./monitor/([\w.]+)'\)", text))


def settings_set() -> set[str]:
    """The app settings that the template writes."""
    text = (APP / "function.bicep").read_text(encoding="utf-8")
    found = re.search(r"^var settings = \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)
    assert found is not None, "function.bicep has no settings"
    by_condition = re.findall(r"^var \w+Settings = \w+ \? \{ (\w+):", text, re.MULTILINE)
    return {*re.findall(r"^  (\w+):", found[1], re.MULTILINE), *by_condition}
