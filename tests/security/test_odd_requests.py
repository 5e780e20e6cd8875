"""Odd ids, odd JSON, many at once: a clear refusal or the one restore, never an error of ours."""

import asyncio
import json
from typing import Final

import pytest

from tests.builders import UPN, a_deleted_person
from tests.unit.functions.askers import call
from tests.unit.functions.doors import content, opened, principal
from tests.unit.world.world import World

EVERYBODY: Final = principal("Restore.Read", "Restore.Request", "Restore.Admin")

ODD_IDS: Final = (
    *("'", "''", "' or '1'='1", '"', "%00", "\x00", "%0a", "\n", "..", "../..", "../restores"),
    *("/", "\\", "a" * 5_000, "A" * 32, "g" * 32, "0" * 31, "0" * 33, " " + "0" * 32),
    *("{}", "*", "?", "#", "%25", "\U0001f600", "é", "-1", "null", "undefined"),
)
BY_ID: Final = {
    "GetRestore": "restoreId",
    "GetJournal": "restoreId",
    "CancelRestore": "restoreId",
    "RetryRestore": "restoreId",
    "GetBatch": "batchId",
    "RemoveGuard": "guardId",
    "Unsubscribe": "subscriptionId",
}


@pytest.mark.parametrize("operation", BY_ID)
@pytest.mark.parametrize("odd", ODD_IDS, ids=lambda odd: repr(odd)[:20])
async def test_an_odd_id_is_of_nothing(operation: str, odd: str) -> None:
    """404, however it is spelt; it goes into no query and is not sent back whole."""
    with opened(World()):
        answer = await call(operation, EVERYBODY, None, {BY_ID[operation]: odd})

    assert answer.status_code == 404
    assert len(answer.get_body()) < 2_000


VALID: Final = {
    "plain": f'{{"kind":"user","user":"{UPN}"}}'.encode(),
    "a byte order mark": b"\xef\xbb\xbf" + f'{{"kind":"user","user":"{UPN}"}}'.encode(),
}
ODD_BODIES: Final = {
    "empty": b"",
    "null": b"null",
    "an array": b"[]",
    "a text": b'"x"',
    "40 levels": b'{"a":' * 40 + b"1" + b"}" * 40,
    "60,000 levels": b"[" * 60_000,
    "a number of 60,000 digits": b'{"kind":' + b"9" * 60_000 + b"}",
    "a fraction of 60,000 digits": b'{"kind":0.' + b"3" * 60_000 + b"}",
    "1e400": b'{"kind":1e400}',
    "Infinity": b'{"kind":Infinity}',
    "NaN": b'{"dryRun":NaN}',
    "half a surrogate in a value": rb'{"kind":"user","user":"\ud800"}',
    "half a surrogate in a name": rb'{"\udfff":1,"kind":"user","user":"a"}',
    "NUL": rb'{"kind":"user","user":"a\u0000b"}',
    "direction marks": '{"kind":"user","user":"a\u202egnp.exe"}'.encode(),
    "UTF-16": '{"kind":"user","user":"a@b.c"}'.encode("utf-16"),
    "Latin-1": '{"kind":"user","user":"ä@b.c"}'.encode("latin-1"),
    "a name twice": b'{"kind":"user","kind":"user","user":"a"}',
    "a time out of range": b'{"kind":"user","user":"a","notBefore":"9999-99-99T00:00:00Z"}',
    "a leap second": b'{"kind":"user","user":"a","notBefore":"2026-12-31T23:59:60Z"}',
    "other digits": '{"kind":"user","user":"a","notBefore":"٢٠٢٦-12-01T00:00:00Z"}'.encode(),
    "gzip": b"\x1f\x8b\x08\x00" + b"\x00" * 20,
    "70 KB": b'{"kind":"user","user":"' + b"a" * 70_000 + b'"}',
    "a comment": b'{"kind":"user",/* */"user":"a"}',
    "a comma too many": b'{"kind":"user","user":"a",}',
}
BY_BODY: Final = (
    *("StartRestore", "RestoreMailbox", "RestoreUser", "RestoreLicense", "CheckRestore"),
    *("AddGuard", "Subscribe", "StartBatch", "RetryRestores"),
)


@pytest.mark.parametrize("operation", BY_BODY)
@pytest.mark.parametrize("odd", ODD_BODIES)
async def test_odd_json_is_refused_with_its_faults(odd: str, operation: str) -> None:
    """400 or 413 and a problem document; nothing is begun."""
    world = World()
    headers = EVERYBODY | {"content-type": "application/json"}
    with opened(world):
        answer = await call(operation, headers, ODD_BODIES[odd], {})

    assert answer.status_code in {400, 413}
    assert content(answer)["errors"]
    assert world.storage.ledger.records == {}


@pytest.mark.parametrize("name", VALID)
async def test_json_that_is_right_is_taken(name: str) -> None:
    """Or the test above would prove nothing."""
    with opened(World()):
        answer = await call("StartRestore", EVERYBODY, VALID[name], {})

    assert answer.status_code == 202


@pytest.mark.parametrize("key", [None, "leavers-2026"], ids=["without a key", "with one key"])
async def test_many_at_once_by_several_callers_are_one_restore_for_each(key: str | None) -> None:
    """32 equal requests of three callers in one moment."""
    world = World()
    world.put(a_deleted_person())
    body = {"kind": "mailbox", "user": UPN}
    keyed = {} if key is None else {"idempotency-key": key}
    callers = {oid: principal("Restore.Request", oid=oid) | keyed for oid in ("a", "b", "c")}
    with opened(world):
        answers = await asyncio.gather(
            *(
                call("StartRestore", headers, body, {})
                for headers in callers.values()
                for _ in range(32)
            )
        )

    ids = [json.loads(answer.get_body())["id"] for answer in answers]
    by_caller = [set(ids[at : at + 32]) for at in range(0, 96, 32)]
    assert [len(one) for one in by_caller] == [1, 1, 1]
    assert len(set(ids)) == 3
    assert len(world.storage.ledger.records) == 3
