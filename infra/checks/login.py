"""Check that people sign in without a secret, and that nothing but files is open without a token.

On a path without authentication it is not known for sure what the platform does with a forged
principal, so only what reads none may be there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from infra.checks.policy import at, body_of
from infra.checks.tree import INFRA, Template

# The platform takes this name for "prove it by the identity that this setting names".
# Source: Microsoft Learn, "Configure your App Service or Azure Functions app to use Microsoft Entra
# sign-in", use a managed identity instead of a secret.
BY_IDENTITY = "OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID"

# Variable -> the paths it opens, and the module of the functions there.
_OPEN: Mapping[str, tuple[Sequence[str], str]] = {
    "deskPaths": (("/api/desk", "/api/desk/*"), "desk.py"),
    "healthPaths": (("/api/health",), "health.py"),
}
_HELD = {
    "loginSettings": {BY_IDENTITY: "loginIdentityClientId"},
    "loginProof": {"clientSecretSettingName": BY_IDENTITY},
}


def faults(templates: Sequence[Template]) -> Iterator[str]:
    """Paths that are open without need, and a login that needs a secret or the wrong identity."""
    by_name = {template.name: template for template in templates}
    site, main = by_name.get("app/function.bicep"), by_name.get("main.bicep")
    if site is None or main is None:
        return
    for name, wanted in _HELD.items():
        if (found := _if_true(site, name)) != wanted:
            yield f"app/function.bicep: {name} is {found}, not {wanted}"
    yield from _open_paths(site)
    given = body_of(main.tree["modules"]["app"])["params"]
    for name in ("loginIdentityId", "loginIdentityClientId"):
        if "loginIdentity" not in str(at(given[name], "operator.operands.true_value")):
            yield f"main.bicep: {name} is another identity's"


def _open_paths(site: Template) -> Iterator[str]:
    paths = at(body_of(site.resources["auth"]), "properties.globalValidation.excludedPaths")
    text = str(paths)
    for name, (wanted, module) in _OPEN.items():
        if (found := _if_true(site, name)) != list(wanted):
            yield f"app/function.bicep: {name} opens {found}"
        text = text.replace(f"'{name}'", "")
        source = (INFRA.parent / "functions" / "http" / module).read_text(encoding="utf-8")
        if "caller_of" in source:
            yield f"functions/http/{module} asks who calls, on a path that is open to a forged name"
    if re.search(r"/api|Paths'", text):
        yield f"app/function.bicep: excludedPaths holds more than {', '.join(_OPEN)}"


def _if_true(site: Template, name: str) -> object:
    return at(site.variables.get(name, {}), "operator.operands.true_value")
