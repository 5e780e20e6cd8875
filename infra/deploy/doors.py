"""Check that a deployed app refuses strangers and forged principals."""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

from infra.deploy.report import Report

_PATIENCE_SECONDS = 60

# Somebody who claims to be an administrator, as nobody outside the platform may.
_CLAIMS = (
    {"typ": "oid", "val": "smoke"},
    {"typ": "roles", "val": "Restore.Admin"},
    {"typ": "roles", "val": "Restore.Read"},
)
FORGED: Mapping[str, str] = {
    "X-MS-CLIENT-PRINCIPAL": base64.b64encode(json.dumps({"claims": _CLAIMS}).encode()).decode()
}

# From the folder that is open to everybody to one that is not, as a proxy and a host may read it.
AROUND = ("desk/../status", "desk/%2e%2e/status", "desk/..%2fstatus")


@dataclass(frozen=True)
class Door:
    """An app as a caller sees it.

    Attributes:
        url: without the path.
        is_health_open: whether the liveness may answer without a token; with function keys it
            always does.
        is_desk_open: whether the files of the desk may answer without a token, as above.
        token: of a caller with Restore.Admin; empty for none.

    """

    url: str
    is_health_open: bool
    is_desk_open: bool
    token: str = ""

    def status(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[str, str]:
        """The status of a GET, and the body; the reason in place of the status if none came."""
        request = urllib.request.Request(  # noqa: S310 - the address somebody deployed to
            f"{self.url.rstrip('/')}/api/{path}", headers=dict(headers or {})
        )
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE_SECONDS) as answer:  # noqa: S310
                return str(answer.status), answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return str(error.code), error.read().decode(errors="replace")
        except OSError as error:
            return f"no answer ({error})", ""


def look(door: Door, report: Report) -> None:
    """Knock at every kind of door; nothing is changed."""
    report.expect(
        "health without a token", "200" if door.is_health_open else "401", door.status("health")[0]
    )
    report.expect(
        "the desk without a token", "200" if door.is_desk_open else "401", door.status("desk")[0]
    )
    report.expect("restores without a token", "401", door.status("restores")[0])
    report.expect("restores with a forged principal", "401", door.status("restores", FORGED)[0])
    got, _ = door.status("status", FORGED)
    wanted = got if got in {"401", "403"} else "401 or 403"
    report.expect("status with a forged principal", wanted, got)
    for path in AROUND:
        got, _ = door.status(path, FORGED)
        wanted = got if got in {"400", "401", "403", "404"} else "4xx"
        report.expect(f"{path} with a forged principal", wanted, got)
    if not door.token:
        report.skip("status", "no --token of a caller with Restore.Admin")
        return
    got, body = door.status("status", {"Authorization": f"Bearer {door.token}"})
    report.expect("status with a token", "200", got)
    print(body)
