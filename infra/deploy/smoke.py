"""Run the smoke test of a deployment: the app is there, works, and refuses strangers.

    python3 -m infra.deploy smoke --url https://HOST [--token TOKEN] [...]

Changes nothing. azd gives what it needs in the environment; by hand, what is not named is not
looked at, and said so. Exit code: 0 all as it should be, 1 a fault, 2 wrong use.
"""

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from infra.deploy import alive, doors
from infra.deploy.report import Report

MANIFEST = Path(__file__).resolve().parents[2] / ".local" / "package" / "manifest.json"

Wait = Callable[[timedelta], None]


def main(argv: Sequence[str], env: Mapping[str, str]) -> int:
    """Look at everything that can be looked at."""
    options = _options(argv, env)
    report = Report()
    by_key = options.auth_mode == "keys"
    door = doors.Door(
        options.url,
        is_health_open=by_key or options.health == "open",
        is_desk_open=by_key or options.desk == "open",
        token=options.token,
    )
    doors.look(door, report)
    if options.group and options.app and options.insights:
        expected = _function_names(options.manifest, report)
        app = alive.App(options.group, options.app, options.insights)
        alive.look(app, expected, _patience(options.patience), report)
    else:
        report.skip("functions and sweep", "--group, --app and --insights say where to look")
    if report.faults:
        print(f"{report.faults} fault(s); see infra/RUNBOOK.md, Smoke test")
    return 1 if report.faults else 0


def _function_names(manifest: Path, report: Report) -> list[str]:
    try:
        names: list[str] = json.loads(manifest.read_text(encoding="utf-8"))["functionNames"]
    except (OSError, ValueError, KeyError):
        report.fault("manifest", f"{manifest} does not tell the functions; run `make package`")
        return []
    return names


def _patience(seconds: int) -> alive.Patience:
    return alive.Patience(
        limit=timedelta(seconds=seconds),
        pause=timedelta(seconds=min(15.0, seconds / 20)),
        wait=lambda pause: time.sleep(pause.total_seconds()),  # noqa: TID251 - a person's command
        now=lambda: datetime.now(UTC),  # noqa: TID251
    )


def _options(argv: Sequence[str], env: Mapping[str, str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python3 -m infra.deploy smoke", description=(__doc__ or "").split("\n")[0]
    )
    url = env.get("FUNCTION_APP_URL", "")
    parser.add_argument("--url", default=url, required=not url, help="https://HOST")
    parser.add_argument(
        "--auth-mode", choices=("entra", "keys"), default=env.get("AUTH_MODE") or "entra"
    )
    health = "open" if env.get("ANONYMOUS_HEALTH", "").lower() == "true" else "closed"
    parser.add_argument("--health", choices=("open", "closed"), default=health)
    desk = "closed" if env.get("DESK", "").lower() == "false" else "open"
    parser.add_argument("--desk", choices=("open", "closed"), default=desk)
    parser.add_argument("--token", default="", help="of a caller with Restore.Admin")
    parser.add_argument("--group", default=env.get("AZURE_RESOURCE_GROUP", ""))
    parser.add_argument("--app", default=env.get("FUNCTION_APP_NAME", ""))
    parser.add_argument("--insights", default=env.get("APPLICATIONINSIGHTS_APP_ID", ""))
    parser.add_argument("--manifest", type=Path, default=MANIFEST)
    parser.add_argument(
        "--patience", type=int, default=900, help="seconds for functions and sweep; %(default)s"
    )
    return parser.parse_args(argv)
