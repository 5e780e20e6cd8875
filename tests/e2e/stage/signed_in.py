"""Build the headers of a caller who signed in with Entra ID."""

import json

from infra.local.landscape import Host
from tests.e2e.stage.caller import Caller, Reply
from tests.e2e.stage.people import Json
from tests.e2e.stage.storage import in_base64


def signed_in(name: str, *roles: str) -> dict[str, str]:
    """What the platform puts before a request of somebody with these app roles."""
    claims = [{"typ": "oid", "val": name}, *({"typ": "roles", "val": role} for role in roles)]
    return {"X-MS-CLIENT-PRINCIPAL": in_base64(json.dumps({"claims": claims}))}


class Person:
    """Somebody signed in with Entra ID, with app roles."""

    def __init__(self, caller: Caller, host: Host, name: str, *roles: str) -> None:
        self._caller, self._host = caller, host
        self.headers = signed_in(name, *roles)

    async def post(self, path: str, body: Json | None = None) -> Reply:
        """Send a POST below `/api/restores`."""
        return await self.send("POST", f"{self._host.url}/api/restores{path}", body)

    async def send(self, method: str, url: str, body: Json | None = None) -> Reply:
        """Send a request to this very address."""
        more = {} if body is None else {"json": body}
        return await self._caller.send(method, url, headers=self.headers, **more)
