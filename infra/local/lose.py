"""Let a person of the made-up tenant lose the account or the licence: `python -m infra.local lose`.

    python -m infra.local lose hanna.vos@contoso.example [--licence] [--days-ago 3]

For a `serve` that runs with its own stand-in of Microsoft Graph: nobody real can be lost by it.
"""

import argparse
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import httpx

from infra.local import settings_file
from infra.local.preflight import ROOT
from infra.local.shells import shell_of_system

_SECONDS = 10

type Json = dict[str, Any]


class NothingLostError(Exception):
    """Nobody has lost anything; the message says why, and what to do."""


class MadeUpTenant:
    """The tenant of the stand-in, through its control interface."""

    def __init__(self, control_url: str) -> None:
        self._url = control_url

    def find(self, name: str) -> Json:
        """Give an active person by name, address or id. Raises NothingLostError."""
        tenant = self._ask("GET", "/tenant")
        wanted = name.strip().casefold()
        for user in tenant["users"]:
            if wanted in _names(user):
                return dict(user)
        if any(wanted in _names(user) for user in tenant["deletedUsers"]):
            raise NothingLostError(f"{name} is lost already: bring them back first.")
        raise NothingLostError(_nobody(name, tenant["users"]))

    def delete(self, user: Json, days_ago: float) -> None:
        """Delete the account."""
        self._ask("POST", "/actions/delete-user", {"userId": user["id"], "daysAgo": days_ago})

    def remove_licences(self, user: Json, days_ago: float) -> None:
        """Take every licence away. Raises NothingLostError when there is none."""
        states = user.get("licenseAssignmentStates") or []
        if not states:
            raise NothingLostError(f"{user['displayName']} has no licence to lose.")
        for state in states:
            order = {"userId": user["id"], "skuId": state["skuId"], "daysAgo": days_ago}
            self._ask("POST", "/actions/remove-license", order)

    def _ask(self, method: str, path: str, body: Json | None = None) -> Any:
        try:
            answer = httpx.request(method, f"{self._url}{path}", json=body, timeout=_SECONDS)
        except httpx.TransportError as fault:
            raise NothingLostError(f"the stand-in of Microsoft Graph is away: {fault}") from fault
        if answer.is_error:
            raise NothingLostError(f"the stand-in of Microsoft Graph says: {answer.text}")
        return answer.json()


def main(argv: Sequence[str]) -> int:
    """Lose somebody, and say how to see it; 0 done, 1 nobody is lost, with the reason."""
    arguments = arguments_of(argv)
    try:
        host_url, control_url = settings_file.read_record(ROOT)
        tenant = MadeUpTenant(_of_ours(control_url))
        user = tenant.find(arguments.user)
        lose = tenant.remove_licences if arguments.licence else tenant.delete
        lose(user, arguments.days_ago)
    except (NothingLostError, settings_file.SettingsFileError) as fault:
        print(f"lose: {fault}", file=sys.stderr)
        return 1
    print(_told(user, host_url, is_licence=arguments.licence))
    return 0


def _of_ours(control_url: str | None) -> str:
    if control_url is None:
        raise NothingLostError("this run asks a tenant of somebody else's: nobody is lost here.")
    return control_url


def arguments_of(argv: Sequence[str]) -> argparse.Namespace:
    """What is asked for: `user`, also of a name that a shell took apart, `licence`, `days_ago`."""
    parser = argparse.ArgumentParser(prog="python -m infra.local lose", description=__doc__)
    parser.add_argument("user", nargs="*", help="name, user principal name or object id")
    parser.add_argument(
        *("--licence", "--license"), action="store_true", help="every licence, not the account"
    )
    parser.add_argument("--days-ago", type=float, default=0, help="as if it had happened then")
    arguments = parser.parse_args(argv)
    arguments.user = " ".join(arguments.user)
    return arguments


def _names(user: Json) -> set[str]:
    given = (user.get(field) for field in ("id", "displayName", "userPrincipalName", "mail"))
    return {str(name).casefold() for name in given if name}


def _nobody(name: str, users: Sequence[Json]) -> str:
    names = [str(user["displayName"]) for user in users]
    addresses = [str(user["userPrincipalName"]) for user in users]
    near = get_close_matches(name, [*names, *addresses], n=3, cutoff=0.5)
    known = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(names[:8])}."
    if not name:
        return f'name somebody: python -m infra.local lose "Hanna Vos"; {known}'
    return f"nobody active is called {name}; {known}"


def _told(user: Json, host_url: str, *, is_licence: bool) -> str:
    what = "the licences" if is_licence else "the account"
    look = "once the service has looked (each hour, or at once by the line below)"
    guarded = "A guard acts once a second look, some ten minutes later, shows the same."
    where = f"{host_url}/api/losses"
    at_once = shell_of_system({}).send(f"{host_url}/admin/functions/ObserveTenant", "{}")
    return (
        f"{user['displayName']} ({user['userPrincipalName']}) has lost {what}: see {where},\n"
        f"and what the service makes of it {look}:\n  {at_once}\n{guarded}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
