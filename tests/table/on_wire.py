"""Build the tenants of the rows in the Graph stand-in, reached by the real adapters."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

import httpx
import pytest
from azure.identity.aio import ManagedIdentityCredential

from infra.local.landscape.graph import start_graph
from shared.graph.audit_log import GraphAuditLog
from shared.graph.effects import GraphEffects
from shared.graph.people import GraphPeople
from shared.graph.tenant import GraphTenant
from shared.graph.wire.client import GraphClient
from shared.graph.wire.connections import Connections
from shared.graph.wire.http_answer import HttpAnswer
from tests.table.document import document, fault_row, user_row
from tests.table.row import Assigning, Deleting, Effect, Json, Removing, Restoring, Row, Then
from tests.table.stage import as_licenses
from tests.table.tenant import ALEX, PLAN_1, User

_SCOPE = "https://graph.microsoft.com"
_ASSIGN = re.compile(r"/users/[^/]+/(?:microsoft\.graph\.)?assignLicense$", re.IGNORECASE)
_USER = re.compile(r"/users/[^/]+$")
_AUDIT_QUOTA = 5
_STATES = "licenseAssignmentStates"
_BATCH = "POST /$batch"


@contextmanager
def a_standin() -> Iterator[str]:
    """Run one stand-in, which each row or pair gives a tenant of its own, and give its address."""
    with start_graph() as graph, pytest.MonkeyPatch.context() as environment:
        environment.setenv("IDENTITY_ENDPOINT", graph.identity_endpoint)
        environment.setenv("IDENTITY_HEADER", "any")
        yield graph.base_url


class RecordingConnections(Connections):
    """The real wire, on which every change asked for is kept as it was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Effect] = []

    async def send(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None
    ) -> HttpAnswer:
        """Keep the request if it asks for a change, and send it."""
        request = httpx.Request(method, url, content=content)
        if method != "GET" and not _is_reading(request):
            self.sent.append(_effect(request))
        return await super().send(method, url, headers, content)


class Wire:
    """The real Graph client and the control of one stand-in, for all rows of a module."""

    def __init__(self, base_url: str) -> None:
        self.recording = RecordingConnections()
        self.client = GraphClient(
            credential=ManagedIdentityCredential(),
            wire=self.recording,
            base_url=f"{base_url}/v1.0",
            scope=f"{_SCOPE}/.default",
        )
        self.ports = {
            "people": GraphPeople(self.client),
            "tenant": GraphTenant(self.client),
            "skus_lately": GraphTenant(self.client),
            "audit_log": GraphAuditLog(self.client),
            "effects": GraphEffects(self.client),
        }
        self._control = httpx.AsyncClient(base_url=f"{base_url}/_control", timeout=60)
        self._others = httpx.AsyncClient(base_url=base_url, timeout=60)

    async def control(self, method: str, path: str, body: object = None) -> Any:
        """Ask the control, and see that it did as told."""
        answer = await self._control.request(method, path, json=body)
        answer.raise_for_status()
        return answer.json()

    async def others_ask(self, path: str, times: int) -> None:
        """Let another application ask Graph, at the cost of the same quota."""
        resource = {"resource": _SCOPE, "api-version": "2019-08-01"}
        answer = await self._others.get(
            "/msi/token", params=resource, headers={"X-IDENTITY-HEADER": "any"}
        )
        token = answer.raise_for_status().json()["access_token"]
        for _ in range(times):
            await self._others.get(f"/v1.0{path}", headers={"Authorization": f"Bearer {token}"})

    async def close(self) -> None:
        """Close every connection."""
        await self.client.close()
        await self._others.aclose()
        await self._control.aclose()


class OnWire:
    """The Directory of a row, in the stand-in."""

    def __init__(self, row: Row, wire: Wire) -> None:
        self._row = row
        self._wire = wire

    def port(self, name: str) -> Any:
        """The real adapter of this port."""
        return self._wire.ports[name]

    async def load(self) -> None:
        """Load the tenant, its clock, its faults and its switches."""
        state, control = self._row.state, self._wire.control
        await control("POST", "/tenant", document(self._row))
        for user in state.present:
            if user.deleted_text is not None:
                await control("POST", f"/users/{user.id}", {"deletedDateTime": user.deleted_text})
        if "purgeAfterDays" in state.switches:
            # The stand-in purges what has expired at the next call.
            await self._wire.others_ask("/users", 1)
        if state.audit_busy:
            await self._wire.others_ask("/auditLogs/directoryAudits", _AUDIT_QUOTA)
        if state.faults:
            await control("POST", "/faults", [fault_row(fault) for fault in state.faults])
        self._wire.recording.sent.clear()

    async def set_clock(self, now: datetime) -> None:
        """Let it be this time."""
        await self._wire.control("POST", "/clock", {"now": now.isoformat()})

    async def happen(self, event: Then) -> None:
        """Let something happen behind everybody's back."""
        control = self._wire.control
        match event.what:
            case "seat":
                for held in self._held(event.about):
                    order = {"userId": event.about, "skuId": held}
                    await control("POST", "/actions/remove-license", order)
            case "purge":
                await control("POST", "/switches", {"purgeAfterDays": 0})
            case "delete":
                await control("POST", "/actions/delete-user", {"userId": event.about})
            case "restore" | "give":
                await control("POST", f"/users/{event.about}", self._by_hand(event))
            case "name":
                newcomer = User(ALEX, event.about, "Newcomer", None, (), licenses=(), mailbox=None)
                await control("POST", "/users", user_row(newcomer, mangled=False))
            case "mend":
                await control("DELETE", "/faults")
                await control("POST", "/switches", {"readsAsNull": []})

    def _by_hand(self, event: Then) -> Json:
        """What somebody else's hand changes of a user."""
        if event.what == "give":
            return {_STATES: user_row(PLAN_1, mangled=False)[_STATES]}
        user = next(x for x in self._row.state.users if x.id == event.about)
        back = {"deletedDateTime": None, "userPrincipalName": user.upn}
        return back | {"mailbox": {"lostAt": None}}

    async def sent(self) -> tuple[Effect, ...]:
        """Every effect sent."""
        return tuple(self._wire.recording.sent)

    async def made(self) -> tuple[int, int]:
        """Every effect made."""
        made = (await self._wire.control("GET", "/counters"))["effects"]
        return sum(made["restore"].values()), sum(made["assignLicense"].values())

    async def traces(self) -> object:
        """Every call that was not a mere reading, and what took effect."""
        counters = await self._wire.control("GET", "/counters")
        calls = counters["calls"]
        changing = {
            name
            for name in calls
            if not name.startswith(("GET ", _BATCH)) and not name.endswith("/checkMemberGroups")
        }
        return changing, counters["effects"], counters["effectAttempts"]

    async def user(self, user_id: str) -> Json | None:
        """The user as it truly is."""
        tenant = await self._wire.control("GET", "/tenant")
        users = [x for x in (*tenant["users"], *tenant["deletedUsers"]) if x["id"] == user_id]
        if not users:
            return None
        [user] = users
        licenses = {x["skuId"]: tuple(x["disabledPlans"]) for x in user["assignedLicenses"]}
        return {
            "deleted": user["deletedDateTime"] is not None,
            "upn": user["userPrincipalName"].removeprefix(user_id.replace("-", "")),
            "enabled": user["accountEnabled"],
            "addresses": tuple(user["proxyAddresses"]),
            "licenses": as_licenses(licenses),
            "content": user["mailbox"]["content"] if user["mailbox"] else None,
        }

    def _held(self, user_id: str) -> list[str]:
        users = self._row.state.users
        return [x.sku for user in users if user.id == user_id for x in user.licenses]


def _is_reading(request: httpx.Request) -> bool:
    """Whether it is a batch of nothing but reads, or an action that only asks."""
    if request.url.path.endswith("/checkMemberGroups"):
        return True
    if not request.url.path.endswith("/$batch"):
        return False
    return {part["method"] for part in json.loads(request.content)["requests"]} == {"GET"}


def _effect(request: httpx.Request) -> Effect:
    """What a changing request asks for; one that is not known is a fault of the service."""
    path = request.url.path
    if request.method == "DELETE":
        assert _USER.search(path), path
        return Deleting()
    body = cast("dict[str, Any]", json.loads(request.content) if request.content else {})
    if path.endswith("/restore"):
        rest = {"newUserPrincipalName", "autoReconcileProxyConflict"}
        assert set(body) <= rest, body
        return Restoring(
            body.get("newUserPrincipalName"), body.get("autoReconcileProxyConflict") is True
        )
    assert _ASSIGN.search(path), path
    added = tuple((x["skuId"], tuple(x["disabledPlans"])) for x in body["addLicenses"])
    if body["removeLicenses"]:
        return Removing(tuple(body["removeLicenses"]), added)
    return Assigning(added)
