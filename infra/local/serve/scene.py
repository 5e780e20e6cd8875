"""Play a morning's work on the made-up tenant: who was lost, and what was asked for them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx
from azure.core.exceptions import AzureError
from azure.storage.queue import QueueClient

from infra.local.host.web.easy_auth import PEOPLE, Person

# An override waits for an approval; who subscribes is at a host that nobody has.
SETTINGS: Final = {
    "APPROVE_OVERRIDES": "true",
    "CALLBACK_HOSTS": "flows.contoso.example",
    "UNDO": "true",
}

_SECONDS = 30
_SCHEDULED_IN = timedelta(days=3)
_HEADER = "X-MS-CLIENT-PRINCIPAL"

type Json = dict[str, Any]

_E3, _EXCHANGE = ["ENTERPRISEPACK"], ["EXCHANGESTANDARD"]
_LOST: Final[tuple[Json, ...]] = (
    {"displayName": "Wouter Dam", "licenses": _E3, "deletedDaysAgo": 9},
    {"displayName": "Ruben Vos", "licenses": _E3, "deletedDaysAgo": 29.3},
    {"displayName": "Eva <Blom> & Zn", "user": "eva.blom", "licenses": _E3, "deletedDaysAgo": 12},
    {"displayName": "Thijs Brouwer", "licenses": _E3, "deletedDaysAgo": 27.6},
    {"displayName": "Femke Schouten", "licenses": ["SPE_E5"], "deletedDaysAgo": 20},
    {
        "displayName": "Info desk",
        "mailbox": "shared",
        "deletedDaysAgo": 14,
        "accountEnabled": False,
    },
    {
        "displayName": "Yara Gast",
        "user": "yara_fabrikam.example#EXT#",
        "userType": "Guest",
        "deletedDaysAgo": 4,
    },
    {
        "displayName": "Noortje Hoek",
        "licenses": _E3,
        "deletedDaysAgo": 6,
        "isManagementRestricted": True,
    },
    {"displayName": "Saskia Post", "licenses": _E3, "deletedDaysAgo": 2},
    {"displayName": "Daan Kuiper", "licenses": _E3, "deletedDaysAgo": 2},
    # No seat is free, and the window ends in two weeks.
    {"displayName": "Pim Vries", "lostLicenses": _EXCHANGE, "licenseRemovedDaysAgo": 16},
)


@dataclass(frozen=True, slots=True)
class _Call:
    """Something that somebody asks the API for."""

    person: Person
    path: str
    body: Json


def play(host_url: str, control_url: str, storage: str) -> Iterator[str]:
    """Lose these people and ask for some of them; gives what went wrong, in words."""
    try:
        yield from _played(host_url, control_url, storage)
    except (httpx.HTTPError, AzureError) as fault:
        yield f"not all of it could be played: {fault}"


def _played(host_url: str, control_url: str, storage: str) -> Iterator[str]:
    with httpx.Client(timeout=_SECONDS) as client:
        for person in _LOST:
            yield from _told(client.post(f"{control_url}/users", json=_user(person)))
        # Whoever lost a licence is known once the service has looked.
        yield from _told(client.post(f"{host_url}/admin/functions/ObserveTenant", json={}))
        for call in _calls(datetime.now(UTC)):  # noqa: TID251 - a caller's own clock
            headers = {_HEADER: call.person.header}
            url = f"{host_url}/api/{call.path}"
            yield from _told(client.post(url, json=call.body, headers=headers))
    with QueueClient.from_connection_string(storage, "restore-requests") as queue:
        queue.send_message(
            '{"version": 1, "kind": "mailbx", "user": 7, "requestedBy": "HR system"}'
        )


def _user(person: Json) -> Json:
    name = str(person["displayName"])
    local = person.get("user", name.replace(" ", ".").lower())
    domain = "contoso.onmicrosoft.example" if "#" in local else "contoso.example"
    mine = {key: value for key, value in person.items() if key != "user"}
    return {"usageLocation": "NL", "userPrincipalName": f"{local}@{domain}", **mine}


def _calls(now: datetime) -> tuple[_Call, ...]:
    ada, dirk, olga = PEOPLE[:3]
    later = (now + _SCHEDULED_IN).isoformat(timespec="seconds")
    monday = {"reason": "HR list of Monday", "ticket": "INC-4711"}
    batch = [
        {"kind": "mailbox", "user": f"{name}@contoso.example", "dryRun": True}
        for name in ("emma.jansen", "jan.dewit", "lars.groot")
    ]
    synced = [
        {"kind": "mailbox", "user": f"{name}@contoso.example", "allowSynced": True}
        for name in ("saskia.post", "daan.kuiper")
    ]
    flow = "https://flows.contoso.example/called-off"
    hears = {"event": "restore.finished.v1", "statuses": ["cancelled"], "notificationUrl": flow}
    return (
        _Call(dirk, "restores", _restore("wouter.dam", **monday)),
        _Call(dirk, "restores", _restore("pim.vries", kind="license")),
        _Call(dirk, "restores", _restore("noortje.hoek", **monday)),
        _Call(dirk, "restores", _restore("fleur.hendriks", reason="She is back from leave.")),
        _Call(dirk, "restores", _restore("info.desk", kind="user", notBefore=later)),
        _Call(olga, "restores", _restore("milan.koster", allowSynced=True, ticket="INC-4712")),
        _Call(dirk, "batches", {"restores": batch}),
        _Call(olga, "batches", {"restores": synced}),
        _Call(ada, "guards", _guard("hanna.vos", "at-once")),
        _Call(ada, "guards", _guard("boardroom", "when-closing")),
        _Call(ada, "subscriptions", hears),
    )


def _restore(name: str, *, kind: str = "mailbox", **more: object) -> Json:
    return {"kind": kind, "user": f"{name}@contoso.example", **more}


def _guard(name: str, act: str) -> Json:
    user = f"{name}@contoso.example"
    return {"user": user, "kind": "mailbox", "act": act, "reason": "Must never be lost."}


def _told(answer: httpx.Response) -> Iterator[str]:
    if answer.is_error:
        yield f"{answer.request.url} answered {answer.status_code}: {_short(answer)}"


def _short(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("errors") or answer.json().get("detail") or answer.text)
    except json.JSONDecodeError:
        return answer.text
