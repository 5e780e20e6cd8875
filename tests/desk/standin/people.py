"""Make people who lost a mailbox: one for each case, or as many as are wanted."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.desk.standin.scenario import Crowd

type Json = dict[str, Any]

E3: Json = {
    "skuId": "6fd2c87f-b296-42f0-b197-1e91e994b900",
    "skuPartNumber": "ENTERPRISEPACK",
    "name": "Office 365 E3",
}
E1: Json = {
    "skuId": "18181a46-0d4e-45cd-891e-60aabd171b4e",
    "skuPartNumber": "STANDARDPACK",
    "name": "Office 365 E1",
}
BASIC: Json = {
    "skuId": "3b555118-da6a-4418-894f-7df1e2096870",
    "skuPartNumber": "O365_BUSINESS_ESSENTIALS",
    "name": "Microsoft 365 Business Basic",
}


@dataclass(frozen=True, slots=True)
class Role:
    """One of the cast: what happened, when, and what a check finds."""

    name: str
    address: str
    case: str
    lost_days_ago: float
    evidence: str
    ends_in_days: float | None
    verdict: str
    licenses: tuple[Json, ...] = (E3,)
    findings: tuple[tuple[str, str], ...] = (("license-chosen", "info"), ("seats-free", "info"))
    is_synced: bool = False


_DELETED = (("groups-come-back", "info"),)
CAST = (
    Role("Anna Berg", "anna.berg", "license-removed", 27.7, "audit", 2.25, "closing"),
    Role(
        "Reception Aarhus",
        "reception.aarhus",
        "deleted-user",
        28.9,
        "deletedDateTime",
        1.07,
        "closing",
        (),
        (*_DELETED,),
    ),
    Role(
        "Mikkel Holm",
        "mikkel.holm",
        "deleted-and-unlicensed",
        27.1,
        "observed",
        2.86,
        "closing",
        findings=(("sign-in-blocked", "warn"), ("license-chosen", "info")),
    ),
    Role(
        "Jan de Wit",
        "jan.dewit",
        "deleted-user",
        22.4,
        "deletedDateTime",
        7.6,
        "open",
        findings=(("upn-conflict", "block"), ("address-conflict", "block"), *_DELETED),
    ),
    Role(
        "Bram Bakker",
        "bram.bakker",
        "license-removed",
        19.2,
        "observed",
        10.8,
        "open",
        findings=(("no-free-seat", "warn"), ("license-chosen", "info")),
    ),
    Role(
        "Noor Smit",
        "noor.smit",
        "deleted-user",
        16.0,
        "deletedDateTime",
        14.0,
        "open",
        findings=(("synced-from-on-premises", "block"), *_DELETED),
        is_synced=True,
    ),
    Role(
        "Hanna Koch",
        "hanna.koch",
        "license-removed",
        13.5,
        "createdDateTime",
        16.5,
        "open",
        findings=(("window-not-proven", "warn"), ("license-chosen", "info")),
    ),
    Role(
        "Tom Mulder",
        "tom.mulder",
        "deleted-user",
        11.2,
        "deletedDateTime",
        18.8,
        "open",
        findings=(("rehire-blocked", "block"), *_DELETED),
    ),
    Role(
        "Peter Olsen",
        "peter.olsen",
        "license-removed",
        9.4,
        "audit",
        20.6,
        "open",
        (),
        (("license-unknown", "block"),),
    ),
    Role(
        "Olga Petrova",
        "olga.petrova",
        "deleted-user",
        8.3,
        "deletedDateTime",
        21.7,
        "open",
        findings=(("privileged-user", "block"), *_DELETED),
    ),
    Role(
        "Emma Jansen",
        "emma.jansen",
        "deleted-user",
        5.0,
        "deletedDateTime",
        25.0,
        "open",
        (E3, BASIC),
        _DELETED,
    ),
    Role("Søren Ærø", "soren.aero", "license-removed", 3.3, "observed", 26.7, "open"),
    Role(
        "Sofie Lund",
        "sofie.lund",
        "license-removed",
        2.2,
        "mailbox",
        None,
        "open",
        findings=(("mailbox-still-there", "info"), ("license-chosen", "info")),
    ),
    Role(
        "Lotte Visser",
        "lotte.visser",
        "license-removed",
        12.0,
        "none",
        None,
        "unknown",
        findings=(("window-unknown", "block"),),
    ),
)
_HOSTILE = (
    '<img src=x onerror="window.hacked=1">',
    "<script>window.hacked=1</script>",
    "${window.hacked=1}{{7*7}}",
    "=cmd|' /C calc'!A0",
    "Zalgo\u0338\u0337\u0335 \u202egnp.exe",
    "\u200b\u200b",
    "A" * 256,
    "javascript:window.hacked=1",
    "' onmouseover='window.hacked=1",
)
_FIRST = ("Anna", "Bo", "Carla", "Dirk", "Eva", "Finn", "Greta", "Hugo", "Ida", "Jens", "Kaja")
_LAST = ("Berg", "Holm", "Lund", "Visser", "Koch", "Olsen", "Smit", "Mulder", "Dahl", "Krogh")
MANY = 10_000


@dataclass(slots=True)
class Loss:
    """A row of GET /losses, and what a check of this person finds."""

    row: Json
    findings: tuple[tuple[str, str], ...] = field(default=())


def crowd(kind: Crowd, now: datetime) -> list[Loss]:
    """Everybody who is lost, soonest end first, unknown windows last."""
    if kind == "empty":
        return []
    if kind == "one":
        return [_loss(CAST[0], 0, now)]
    if kind == "hostile":
        return [_loss(_named(CAST[at], name), at, now) for at, name in enumerate(_HOSTILE)]
    people = [_loss(role, at, now) for at, role in enumerate(CAST)]
    if kind == "many":
        people += [_loss(role, at + 100, now) for at, role in enumerate(_more(MANY - len(people)))]
    return sorted(people, key=lambda loss: loss.row["window"]["endsAt"] or "9999")


def instant(at: datetime) -> str:
    """An RFC 3339 time as the API writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _named(role: Role, name: str) -> Role:
    return Role(
        name,
        f"{name[:40]}@",
        role.case,
        role.lost_days_ago,
        role.evidence,
        role.ends_in_days,
        role.verdict,
        ({**E3, "name": name},),
        role.findings,
        role.is_synced,
    )


def _more(count: int) -> list[Role]:
    chance = random.Random(16)  # noqa: S311 - the same crowd every time
    return [_somebody(chance, at) for at in range(count)]


def _somebody(chance: random.Random, at: int) -> Role:
    ends = chance.triangular(0.2, 29.8, 24)
    first, last = chance.choice(_FIRST), chance.choice(_LAST)
    case, evidence = chance.choice(
        (
            ("deleted-user", "deletedDateTime"),
            ("license-removed", "observed"),
            ("license-removed", "createdDateTime"),
            ("deleted-and-unlicensed", "observed"),
        )
    )
    verdict = "closing" if ends < 3 else "open"
    address = f"{first}.{last}{at}".lower()
    return Role(f"{first} {last}", address, case, 30 - ends, evidence, ends, verdict)


def _loss(role: Role, at: int, now: datetime) -> Loss:
    lost = instant(now - timedelta(days=role.lost_days_ago))
    ends = None if role.ends_in_days is None else now + timedelta(days=role.ends_in_days)
    is_known = ends is not None
    principal = f"{role.address}@contoso.example"
    window = {
        "verdict": role.verdict,
        "startedAt": lost if is_known else None,
        "endsAt": instant(ends) if ends else None,
        "daysLeft": round(role.ends_in_days, 4) if role.ends_in_days is not None else None,
        "evidence": role.evidence,
    }
    row = {
        "id": str(UUID(int=0x5EED_0000_0000_4000_8000_0000_0000_0000 + at)),
        "userPrincipalName": principal,
        "displayName": role.name,
        "mail": principal,
        "userType": "Member",
        "onPremisesSyncEnabled": role.is_synced or None,
        "case": role.case,
        "lostAt": lost,
        "deletedAt": lost if role.case.startswith("deleted") else None,
        "window": window,
        "licenses": [{**sku, "fromGroup": None} for sku in role.licenses],
    }
    return Loss(row, role.findings)
