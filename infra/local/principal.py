"""Build the header with which the platform names a caller, for a made-up one.

    python -m infra.local principal Restore.Read Restore.Admin

prints it. For `serve` on this machine only, unless it asks for a function key: in Azure the
platform takes this header from the outside away, and writes its own.
Source: learn.microsoft.com, "Work with user identities in Azure App Service authentication".
"""

import argparse
import base64
import json
import sys
from collections.abc import Sequence

from infra.local.preflight import ROOT

ROLES: tuple[str, ...] = tuple(
    role["value"]
    for role in json.loads((ROOT / "infra/graph/app-roles.json").read_text(encoding="utf-8"))
)
_CALLER = "11111111-2222-4333-8444-555555555555"


def header_of(roles: Sequence[str], caller: str = _CALLER) -> str:
    """Give the value of the header; several roles are several claims of the type `roles`."""
    claims = [{"typ": "oid", "val": caller}, *({"typ": "roles", "val": role} for role in roles)]
    return base64.b64encode(json.dumps({"claims": claims}).encode()).decode()


def main(argv: Sequence[str]) -> int:
    """Print the header of a caller with these roles."""
    parser = argparse.ArgumentParser(prog="python -m infra.local principal", description=__doc__)
    parser.add_argument("roles", nargs="+", choices=ROLES, metavar="ROLE", help=", ".join(ROLES))
    parser.add_argument("--id", default=_CALLER, help="the caller's object id")
    arguments = parser.parse_args(argv)
    print(f"X-MS-CLIENT-PRINCIPAL: {header_of(arguments.roles, arguments.id)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
