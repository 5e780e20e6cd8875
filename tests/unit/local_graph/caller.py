"""Call the stand-in over plain HTTP, as curl would."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp.test_utils import TestClient

from infra.local.graph.world import World

type Client = TestClient[Any, Any]

NOW = "2026-11-22T12:00:00Z"
E3 = "6fd2c87f-b296-42f0-b197-1e91e994b900"
P1 = "4b9405b0-7788-4568-add1-99614e613b69"
E5 = "06ebc4ee-1bb5-47dd-8120-11324bc54e06"
EXCHANGE_PLAN_2 = "efb87545-963c-4e0d-99df-69c6916d9eb0"


def user_id(number: int) -> str:
    """Answer the id of a user of the default tenant."""
    return f"5eed{number:04d}-0000-4000-8000-{number:012d}"


HANNA, BRAM, LOTTE, JAN_NEW, SARA, NOOR, TOM, BOARDROOM, OLGA, KEES = map(user_id, range(1, 11))
EMMA, DAAN, FLEUR, SALES, JAN_OLD, SANNE, LARS_OLD, LARS_NEW, MILAN, IRIS = map(
    user_id, range(11, 21)
)
BIN = "/directory/deletedItems"
# Somebody of the tenants that tests make up.
SOMEBODY, ANOTHER, THIRD = (f"f000000{n}-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))


def person(object_id: str = SOMEBODY, /, **more: Any) -> dict[str, Any]:
    """Answer a user of a tenant document."""
    named = {"userPrincipalName": "somebody@contoso.example", "usageLocation": "NL"}
    return {"id": object_id, "displayName": "Some Body", **named, **more}


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, JSON document and headers of an answer."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def code(self) -> str:
        """Answer Graph's error code."""
        return str(self.body["error"]["code"])

    @property
    def message(self) -> str:
        """Answer Graph's error message."""
        return str(self.body["error"]["message"])

    @property
    def ids(self) -> list[str]:
        """Answer the ids of a list."""
        return [row["id"] for row in self.body["value"]]


class Caller:
    """Calls Graph with a token from the identity endpoint, and the control without one."""

    def __init__(self, client: Client, world: World) -> None:
        self.client = client
        self.world = world
        self.token = ""

    @property
    def origin(self) -> str:
        """Answer where the stand-in listens."""
        return str(self.client.make_url("/")).rstrip("/")

    async def sign_in(self) -> None:
        """Take a token."""
        query = "api-version=2019-08-01&resource=https://graph.microsoft.com"
        answer = await self.client.get(
            f"/msi/token?{query}", headers={"X-IDENTITY-HEADER": "made-up"}
        )
        self.token = (await answer.json())["access_token"]

    async def get(self, path: str, *, eventual: bool = False) -> Reply:
        """GET a path after /v1.0, with a query, or a whole nextLink."""
        headers = {"ConsistencyLevel": "eventual"} if eventual else {}
        return await self.send("GET", path, headers=headers)

    async def post(self, path: str, body: Any = None) -> Reply:
        """POST JSON, or nothing."""
        return await self.send("POST", path, body=body)

    async def send(
        self, method: str, path: str, *, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send any call with the token."""
        if path.startswith("http"):
            parts = urlsplit(path)
            path = f"{parts.path.removeprefix('/v1.0')}?{parts.query}"
        content = {} if body is None else {"json": body}
        answer = await self.client.request(
            method,
            f"/v1.0{path}",
            headers={"Authorization": f"Bearer {self.token}", **(headers or {})},
            **content,
        )
        is_json = "json" in answer.headers.get("Content-Type", "")
        shown = await answer.json() if is_json else await answer.text()
        return Reply(answer.status, shown, answer.headers)

    async def control(self, method: str, path: str, body: Any = None) -> Any:
        """Call the control; anything but 200 fails the test."""
        answer = await self.client.request(method, f"/_control{path}", json=body)
        document = await answer.json()
        assert answer.status == 200, document
        return document

    async def switch(self, **switches: Any) -> None:
        """Set switches."""
        await self.control("POST", "/switches", switches)

    async def load(self, **document: Any) -> None:
        """Load the default tenant with these parts in place of its own, the clock at NOW."""
        empty: dict[str, Any] = {"groups": [], "roleAssignments": [], "users": []}
        body = {**empty, "deletedUsers": [], **document}
        await self.control(
            "POST", "/tenant", {"seed": "default", "now": NOW, "frozen": True, **body}
        )

    async def advance(self, *, days: float = 0, seconds: float = 0) -> None:
        """Move the stand-in's clock on."""
        await self.control("POST", "/clock", {"advanceSeconds": days * 86400 + seconds})

    async def restore(self, object_id: str, body: Any = None) -> Reply:
        """Restore a deleted item."""
        return await self.post(f"{BIN}/{object_id}/restore", body)

    async def assign(
        self, user: str, sku: str = E3, *, remove: list[str] | None = None, **row: Any
    ) -> Reply:
        """Assign one licence, or only remove some when `sku` is empty."""
        add = [{"skuId": sku, **row}] if sku else []
        body = {"addLicenses": add, "removeLicenses": remove or []}
        return await self.post(f"/users/{user}/assignLicense", body)

    async def truth(self, object_id: str) -> Any:
        """Answer what has really become of a user's mailbox and archive."""
        return (await self.control("GET", "/mailboxes"))[object_id]

    async def mailbox(self, user: str) -> Reply:
        """Look at a user's mailbox as a client does."""
        return await self.get(f"/users/{user}/mailboxSettings?$select=userPurpose")

    async def state(self, object_id: str) -> Any:
        """Answer a user as the control shows it."""
        return await self.control("GET", f"/users/{object_id}")
