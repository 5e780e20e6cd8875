"""Print where the running service is, with lines to paste that work as they stand."""

import json
import sys
from pathlib import Path

from infra.local import settings_file
from infra.local.principal import ROLES, header_of
from infra.local.serve.plan import Plan
from infra.local.shells import shell_of_system

# Soft-deleted five days ago in the tenant that the stand-in starts with, and simple to restore.
SEED_USER = "emma.jansen@contoso.example"
_HEADER = "X-MS-CLIENT-PRINCIPAL"


def for_func(name: str) -> str:
    """Say that the host is left to Core Tools."""
    return f"running until Ctrl-C; {name} is written: run `func start`"


def addresses(
    plan: Plan, url: str, record: Path, log: Path, *, is_windows: bool = sys.platform == "win32"
) -> str:
    """Say where everything is and how to talk to it, in the words of the system's own shell."""
    rows = "\n".join(f"  {name:15} {where}" for name, where in _places(plan, url, record, log))
    lines = "\n".join(f"  {line}" for line in tries(plan, url, is_windows=is_windows))
    return f"\nrunning until Ctrl-C:\n{rows}\n\ntry, in another terminal:\n{lines}\n"


def tries(plan: Plan, url: str, *, is_windows: bool) -> list[str]:
    """Give lines to paste: bash and curl, or PowerShell."""
    user = "somebody@your-tenant.example" if plan.identity_only else SEED_USER
    body = json.dumps({"kind": "mailbox", "user": user})
    shell = shell_of_system(_headers(plan), is_windows=is_windows)
    return [
        *_about_callers(plan),
        *shell.prepare(),
        shell.get(f"{url}/api/health"),
        shell.get(f"{url}/api/losses"),
        shell.send(f"{url}/api/restores", body),
        f"{shell.get('ADDRESS')}   # ADDRESS: the Location of the answer; ask until it has ended",
        *_about_losing(plan),
    ]


def _places(plan: Plan, url: str, record: Path, log: Path) -> list[tuple[str, str]]:
    """List what runs, the first thing to open first."""
    graph = plan.environment["GRAPH_BASE_URL"]
    if plan.graph_port is None:
        graph += " (as given, with IDENTITY_ENDPOINT as given)"
    elif plan.identity_only:
        own = f"http://127.0.0.1:{plan.graph_port}/msi/token"
        graph += f" (as given; only the token comes from our stand-in, {own})"
    else:
        graph += f" (our stand-in; what it counted: {plan.control_url}/counters)"
    rows = [("desk", _desk(plan, url)), ("functions host", url), ("graph", graph)]
    if (plan.app_dir / settings_file.NAME).exists():
        rows.append(("settings", f"{settings_file.NAME}; the shell's win"))
    is_ours = plan.azurite_ports is not None
    storage = "Azurite, in memory: forgotten at the end" if is_ours else "as given"
    return [
        *rows,
        ("storage", f"{storage}; its connection string is in {record.as_posix()}"),
        ("log", f"{log.as_posix()}; here stands what callers and messages set off"),
    ]


def _desk(plan: Plan, url: str) -> str:
    """The page for people, and how one signs in to it."""
    how = "sign in as anybody" if _is_believed(plan) else "asks for no key"
    if plan.function_key:
        how = "asks for the function key"
    return f"{url}/api/desk ({how})"


def _headers(plan: Plan) -> dict[str, str]:
    headers = {"x-functions-key": plan.function_key} if plan.function_key else {}
    needs_name = _is_believed(plan) and not plan.is_trusting
    return headers | ({_HEADER: header_of(ROLES)} if needs_name else {})


def _is_believed(plan: Plan) -> bool:
    """Whether the service believes the header of a caller: as behind the platform's sign-in."""
    of = plan.environment.get
    return of("AUTH_MODE") == "entra" and of("WEBSITE_AUTH_ENABLED", "").lower() == "true"


def _about_callers(plan: Plan) -> list[str]:
    if plan.is_trusting:
        return [
            "# These lines may do everything; as somebody with fewer roles:",
            f"# python -m infra.local principal {' '.join(ROLES[:2])}",
        ]
    if _is_believed(plan):
        return [
            "# The caller below has every role; for others:",
            f"# python -m infra.local principal {' '.join(ROLES[:2])}",
        ]
    if plan.environment.get("AUTH_MODE") == "entra":
        return ["# AUTH_MODE=entra believes nobody: set WEBSITE_AUTH_ENABLED=true as well"]
    return []


def _about_losing(plan: Plan) -> list[str]:
    if plan.control_url is None:
        return []
    if plan.beside is not None:
        return [f"# `lose` speaks to {plan.beside}, which is served from this folder, too"]
    return ["python -m infra.local lose hanna.vos@contoso.example   # a made-up person, to save"]
