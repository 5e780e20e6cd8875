"""What is told of changes: delta, the audit log, and batches of calls."""

from typing import Any

import pytest

from tests.unit.local_graph.caller import BRAM, DAAN, E3, EMMA, HANNA, LOTTE, NOOR, P1, Caller

AUDITS = "/auditLogs/directoryAudits"


async def test_delta_tells_what_changed_since(graph: Caller) -> None:
    """Changed users come whole, deleted ones as `changed`, purged ones as `deleted`."""
    first = await graph.get("/users/delta?$select=assignedLicenses,assignedPlans")
    await graph.assign(BRAM)
    await graph.send("DELETE", f"/users/{HANNA}")
    await graph.switch(tokenRoles=["User.ReadWrite.All"])
    await graph.send("DELETE", f"/directory/deletedItems/{EMMA}")
    await graph.send("PATCH", f"/users/{LOTTE}", body={"jobTitle": "not watched"})

    second = await graph.get(first.body["@odata.deltaLink"])
    third = await graph.get(second.body["@odata.deltaLink"])

    rows = {row["id"]: row for row in second.body["value"]}
    assert len(first.body["value"]) == 10
    assert rows.keys() == {BRAM, HANNA, EMMA}
    assert rows[BRAM]["assignedLicenses"][0]["skuId"] == E3
    assert rows[HANNA]["@removed"] == {"reason": "changed"}
    assert rows[EMMA]["@removed"] == {"reason": "deleted"}
    assert third.body["value"] == []


async def test_delta_comes_in_pages_and_from_now(graph: Caller) -> None:
    """Pages lead to one delta link; `latest` starts empty."""
    await graph.switch(deltaPageSize=4)
    reply = await graph.get("/users/microsoft.graph.delta()?$select=displayName")
    seen = reply.ids
    while "@odata.nextLink" in reply.body:
        reply = await graph.get(reply.body["@odata.nextLink"])
        seen += reply.ids

    latest = await graph.get("/users/delta?$deltatoken=latest")
    await graph.restore(EMMA)
    after = await graph.get(latest.body["@odata.deltaLink"])

    assert len(set(seen)) == len(seen) == 10
    assert latest.ids == []
    assert after.ids == [EMMA]


async def test_an_old_delta_token_is_gone(graph: Caller) -> None:
    """After seven days the token answers 410 with the way to begin again.

    Source: Microsoft "Use delta query to track changes in Microsoft Graph data".
    """
    first = await graph.get("/users/delta")
    await graph.advance(days=8)

    reply = await graph.get(first.body["@odata.deltaLink"])
    garbage = await graph.get("/users/delta?$deltatoken=xyz")

    assert reply.status == 410
    assert reply.headers["Location"].endswith("$deltatoken=")
    assert garbage.status == 400


@pytest.mark.parametrize(
    "text",
    [
        "activityDisplayName eq 'Change user license'",
        "startswith(activityDisplayName,'Change') and activityDateTime ge 2026-11-01T00:00:00Z",
        f"targetResources/any(t:t/id eq '{BRAM}')",
        f"targetResources/any(t: t/id eq '{BRAM}') and activityDateTime le 2026-11-18T12:00:00Z",
    ],
)
async def test_the_audit_log_knows_when_a_licence_was_lost(graph: Caller, text: str) -> None:
    """The loss of four days ago is found by activity, by time and by target."""
    reply = await graph.get(f"{AUDITS}?$filter={text}&$orderby=activityDateTime desc")

    times = {
        row["activityDateTime"]
        for row in reply.body["value"]
        if row["targetResources"][0]["id"] == BRAM
    }
    assert times == {"2026-11-18T12:00:00Z"}


async def test_every_change_leaves_its_record(graph: Caller) -> None:
    """Licences, deletion, restore and purge are logged; the detail is in "Update user"."""
    await graph.assign(HANNA, "", remove=[E3])
    await graph.send("DELETE", f"/users/{HANNA}")
    await graph.restore(HANNA)
    await graph.send("DELETE", f"/users/{HANNA}")
    await graph.switch(tokenRoles=["User.ReadWrite.All", "AuditLog.Read.All"])
    await graph.send("DELETE", f"/directory/deletedItems/{HANNA}")

    rows = (await graph.get(f"{AUDITS}?$filter=targetResources/any(t:t/id eq '{HANNA}')")).body
    names = [row["activityDisplayName"] for row in rows["value"]]
    update = next(r for r in rows["value"] if r["activityDisplayName"] == "Update user")
    changed = update["targetResources"][0]["modifiedProperties"][0]
    assert sorted(names) == sorted(
        ["Change user license", "Update user", "Restore user", "Hard Delete user"]
        + ["Delete user"] * 2
    )
    assert "SkuName=ENTERPRISEPACK" in changed["oldValue"]
    assert changed["newValue"] == "[]"


async def test_the_audit_log_forgets(graph: Caller) -> None:
    """In a free tenant seven days are kept; a switch closes the log altogether."""
    path = f"{AUDITS}?$filter=targetResources/any(t:t/id eq '{DAAN}')"

    kept = await graph.get(path)
    await graph.switch(auditRetentionDays=7)
    forgotten = await graph.get(path)
    await graph.switch(auditForbidden=True)

    assert len(kept.body["value"]) == 1
    assert forgotten.body["value"] == []
    assert (await graph.get(path)).code == "Authentication_MSGraphPermissionMissing"


async def test_the_audit_log_allows_five_calls_in_ten_seconds(graph: Caller) -> None:
    """The sixth call waits; after ten seconds there is room again.

    Source: Microsoft "Microsoft Graph service-specific throttling limits".
    """
    replies = [await graph.get(AUDITS) for _ in range(6)]
    await graph.advance(seconds=10)

    assert [reply.status for reply in replies] == [200] * 5 + [429]
    assert replies[5].headers["Retry-After"] == "10"
    assert (await graph.get(AUDITS)).status == 200


async def test_the_audit_log_is_paged(graph: Caller) -> None:
    """$top and nextLink lead through the log."""
    first = await graph.get(f"{AUDITS}?$top=10")
    second = await graph.get(first.body["@odata.nextLink"])

    assert len(first.ids) == 10
    assert not set(first.ids) & set(second.ids)


def part(number: int, method: str, url: str, **more: Any) -> dict[str, Any]:
    """Answer one request of a batch."""
    return {"id": str(number), "method": method, "url": url, **more}


async def test_a_batch_judges_each_part_alone(graph: Caller) -> None:
    """Each part has its status and headers; whoever depends on a failure gets 424."""
    head = {"headers": {"Content-Type": "application/json"}}
    give = {"addLicenses": [{"skuId": P1}], "removeLicenses": []}
    requests = [
        part(1, "GET", f"/users/{HANNA}?$select=id"),
        part(2, "POST", f"/users/{BRAM}/assignLicense", body=give, **head),
        part(3, "GET", f"/users/{BRAM}", dependsOn=["2"]),
        part(4, "POST", f"/directory/deletedItems/{EMMA}/restore"),
        part(5, "GET", f"/users/{EMMA}", dependsOn=["4"]),
    ]

    reply = await graph.post("/$batch", {"requests": requests})

    statuses = {row["id"]: row["status"] for row in reply.body["responses"]}
    assert reply.status == 200
    assert statuses == {"1": 200, "2": 400, "3": 424, "4": 200, "5": 200}
    assert "request-id" in reply.body["responses"][0]["headers"]


async def test_the_ids_of_a_batch_may_be_numbers(graph: Caller) -> None:
    """CLI for Microsoft 365 sends numbers; the answers have them as text."""
    first = {"id": 0, "method": "GET", "url": f"/users/{HANNA}?$select=id"}
    second = {**first, "id": 1, "dependsOn": [0]}

    reply = await graph.post("/$batch", {"requests": [first, second]})

    rows = reply.body["responses"]
    assert [(row["id"], row["status"]) for row in rows] == [("0", 200), ("1", 200)]


@pytest.mark.parametrize(
    "requests",
    [
        [part(1, "GET", "/users"), {"id": True, "method": "GET", "url": "/users"}],
        [{"id": 1, "method": "GET", "url": "/users"}, part(1, "GET", "/users")],
        [part(n, "GET", "/users") for n in range(21)],
        [part(1, "GET", "/users"), part(1, "GET", "/users")],
        [part(1, "POST", f"/users/{NOOR}/assignLicense", body={})],
        [part(1, "GET", "/users", dependsOn=["2"])],
        [
            part(1, "GET", "/users", dependsOn=["2"]),
            part(2, "GET", "/users", dependsOn=["1"]),
        ],
        "no list",
    ],
)
async def test_a_batch_that_cannot_be_is_a_400(graph: Caller, requests: Any) -> None:
    """At most 20 parts, ids unique, bodies with their type, no circles."""
    assert (await graph.post("/$batch", {"requests": requests})).status == 400


async def test_a_new_user_takes_a_free_name(graph: Caller) -> None:
    """A user is created with the required properties; a taken name is a conflict of 1.3."""
    body = {
        "accountEnabled": True,
        "displayName": "New Person",
        "mailNickname": "new",
        "userPrincipalName": "emma.jansen@contoso.example",
        "passwordProfile": {"password": "made-up"},
    }
    refused = await graph.post("/users", body)
    await graph.switch(tokenRoles=["User.ReadWrite.All"])

    made = await graph.post("/users", body)
    again = await graph.post("/users", body)
    clash = await graph.restore(EMMA)
    bare = await graph.post("/users", {"displayName": "x"})

    assert (refused.status, made.status, bare.status) == (403, 201, 400)
    assert again.body["error"]["details"][0]["target"] == "userPrincipalName"
    assert clash.body["error"]["details"][0]["target"] == "userPrincipalName"
