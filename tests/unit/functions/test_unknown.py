"""Wrong addresses and methods, and changes by a browser's session: refused, with the way out."""

from pathlib import Path

import azure.functions as func
import pytest

from functions.http.desk import get_desk
from functions.http.restores.start_and_read import get_restore, start_restore
from functions.http.unknown import answer_unknown
from tests.builders import USER_ID
from tests.unit.functions.doors import content, principal, request
from tests.unit.world.world import World

ROOT = Path(__file__).resolve().parents[3]
CALLER = principal("Restore.Request")
ORDER: dict[str, object] = {"kind": "user", "user": USER_ID}
SESSION = {"Cookie": "AppServiceAuthSession=abc"}


async def asked(method: str, path: str) -> func.HttpResponse:
    """The answer to a call that nothing else takes."""
    answer: func.HttpResponse = await answer_unknown(
        func.HttpRequest(
            method,
            f"https://reprieve.example/api/{path}",
            headers=CALLER,
            route_params={"path": path},
            body=b"",
        )
    )
    return answer


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("deleted-users", "/api/losses"),
        ("restore", "/api/restores"),
        ("v1/restores", "/api/restores"),
        ("api/losses", "/api/losses"),
        ("restores/0a1b/cancels", "/api/restores/0a1b/cancel"),
        ("batch/0a1b", "/api/batches/0a1b"),
        ("mailbox/restore", "/api/mailboxes/restore"),
        ("users", "/api/losses"),
        ("Mailboxes", "/api/losses"),
        ("people", "/api/losses"),
        ("undo", "/api/restores/{restoreId}/undo"),
        ("approvals", "/api/restores?status=waiting"),
        ("approvals/0a1b", "/api/restores/0a1b"),
        ("approvals/0a1b/approve", "/api/restores/0a1b/approve"),
        ("status/0a1b", "/api/restores/0a1b"),
        ("restores/0a1b/status", "/api/restores/0a1b"),
        ("restores/0a1b/trail", "/api/restores/0a1b/journal"),
        ("checks/0a1b", "/api/checks"),
        ("webhooks", "/api/subscriptions"),
        ("drill", "/api/status"),
        ("drills", "/api/status"),
        ("version", "/api/health"),
        ("healthz", "/api/health"),
        ("ping", "/api/health"),
    ],
)
@pytest.mark.usefixtures("rooted")
async def test_a_wrong_address_is_told_the_right_one(path: str, meant: str) -> None:
    """404 with the address that was probably meant."""
    answer = await asked("GET", path)

    body = content(answer)
    assert (answer.status_code, body["code"]) == (404, "route-not-found")
    assert f"/api/{path}" in str(body["detail"])
    assert f"{meant}," in str(body["fix"])


@pytest.mark.parametrize(
    ("method", "path", "meant"),
    [
        ("POST", "/restores", "/api/restores"),
        ("GET", "losses//capacity", "/api/losses/capacity"),
        ("POST", "/checks//", "/api/checks"),
    ],
)
@pytest.mark.usefixtures("rooted")
async def test_a_slash_too_many_is_not_told_as_a_wrong_method(
    method: str, path: str, meant: str
) -> None:
    """404 with the address without it: the method was right."""
    answer = await asked(method, path)

    body = content(answer)
    assert (answer.status_code, body["code"]) == (404, "route-not-found")
    assert f"/api/{path}." in str(body["detail"])
    assert f"{meant}," in str(body["fix"])


@pytest.mark.parametrize(
    "path",
    [
        "people/emma@contoso.com/trail",
        "people/emma@contoso.com/restores",
        f"users/{USER_ID}",
        "users/emma@contoso.com/restore",
        "users/emma/history",
        "mailboxes/emma@contoso.com",
        "deleted-users/emma@contoso.com",
        "losses/emma@contoso.com",
        "trail/emma@contoso.com",
        "journal/emma@contoso.com",
        "restores/emma@contoso.com/trail",
    ],
)
@pytest.mark.usefixtures("rooted")
async def test_an_address_of_one_person_leads_to_the_restores_of_that_person(path: str) -> None:
    """404 with the list to ask, the person in it, the journals behind it and the guide's page."""
    answer = await asked("GET", path)

    fix = str(content(answer)["fix"])
    assert answer.status_code == 404
    assert f"GET /api/restores?user={path.split('/')[1]} " in fix
    assert "/api/restores/{restoreId}/journal" in fix
    assert "functions/guide/trail.md" in fix


@pytest.mark.usefixtures("rooted")
async def test_a_guest_stands_in_the_address_as_one_has_to_write_it() -> None:
    """What stands behind a bare # would be cut off."""
    answer = await asked("GET", "people/emma_fabrikam.com#EXT#@contoso.com/trail")

    assert "?user=emma_fabrikam.com%23EXT%23@contoso.com " in str(content(answer)["fix"])


@pytest.mark.parametrize("path", ["journal", "history", "audit", "logs"])
@pytest.mark.usefixtures("rooted")
async def test_what_was_done_leads_to_the_lists_of_it(path: str) -> None:
    """404 with the restores, those of one person, and the trail of all."""
    answer = await asked("GET", path)

    fix = str(content(answer)["fix"])
    assert answer.status_code == 404
    assert [it for it in ("?user=", "/journal", "GET /api/trail") if it not in fix] == []


@pytest.mark.parametrize("path", ["openapi.json", "swagger", "docs"])
@pytest.mark.usefixtures("rooted")
async def test_the_description_is_said_to_be_a_file_that_is_not_handed_out(path: str) -> None:
    """404 with the place of the file, and who has it."""
    answer = await asked("GET", path)

    body = content(answer)
    assert answer.status_code == 404
    assert "does not hand out" in str(body["detail"])
    assert "infra/connector/openapi.json" in str(body["fix"])
    assert (ROOT / "infra/connector/openapi.json").is_file()


@pytest.mark.parametrize("path", ["", "/"])
@pytest.mark.usefixtures("rooted")
async def test_the_beginning_of_all_addresses_names_the_page_and_the_guide(path: str) -> None:
    """404: nobody who tries the bare prefix knows yet what there is."""
    answer = await asked("GET", path)

    fix = str(content(answer)["fix"])
    assert answer.status_code == 404
    assert [one for one in ("/api/desk", "/api/restores", "guide") if one not in fix] == []


@pytest.mark.parametrize("path", ["nothing/like/it", "x" * 5_000, "a/" * 2_000, "ø/\x00"])
@pytest.mark.usefixtures("rooted")
async def test_an_address_like_no_other_is_told_where_to_look(path: str) -> None:
    """404, short and plain whatever was asked for."""
    answer = await asked("POST", path)

    body = content(answer)
    assert (answer.status_code, body["code"]) == (404, "route-not-found")
    assert "openapi.json" in str(body["fix"])
    assert len(answer.get_body()) < 1_000


@pytest.mark.parametrize(
    ("language", "detail"),
    [("en", "The desk has no such file"), ("da", "Siden har ingen sådan fil")],
)
@pytest.mark.usefixtures("rooted")
async def test_a_file_that_the_desk_does_not_have_is_said_to_be_of_another_version(
    language: str, detail: str
) -> None:
    """404 in the words of the reader, as safe as the page itself, and kept by nobody."""
    answer = await get_desk(
        func.HttpRequest(
            "GET",
            "https://reprieve.example/api/desk/000000000000/app.js",
            headers={"Accept-Language": language},
            route_params={"path": "000000000000/app.js"},
            body=b"",
        )
    )

    body = content(answer)
    assert (answer.status_code, body["code"]) == (404, "route-not-found")
    assert str(body["detail"]).startswith(detail)
    assert "/api/desk" in str(body["fix"])
    assert answer.headers["Content-Language"] == language
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("DELETE", "restores", "GET, POST"),
        ("PUT", "Restores/0a1b", "GET"),
        ("GET", "restores/0a1b/undo", "POST"),
        ("POST", "desk", "GET"),
    ],
)
@pytest.mark.usefixtures("rooted")
async def test_a_wrong_method_is_told_the_right_ones(method: str, path: str, allow: str) -> None:
    """405 with the header Allow. Source: RFC 9110, 15.5.6."""
    answer = await asked(method, path)

    assert (answer.status_code, content(answer)["code"]) == (405, "method-not-allowed")
    assert answer.headers["Allow"] == allow
    assert content(answer)["fix"] == ("Use one of: GET, POST." if "," in allow else f"Use {allow}.")


@pytest.mark.usefixtures("rooted")
@pytest.mark.parametrize(
    ("method", "path", "example"),
    [
        ("GET", "checks", '{"kind": "mailbox", "user": "'),
        ("OPTIONS", "restores/retry", '{"restoreIds": ["'),
        ("PUT", "mailboxes/restore", '{"user": "'),
    ],
)
async def test_who_uses_a_wrong_method_is_shown_a_whole_request(
    method: str, path: str, example: str
) -> None:
    """Where there is but one: nobody who only opened the address knows what belongs into it."""
    answer = await asked(method, path)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert (
        f"Use POST, with the header Content-Type: application/json and a body like this: {example}"
        in str(content(answer)["fix"])
    )


@pytest.mark.usefixtures("rooted")
@pytest.mark.parametrize("path", [f"people/{USER_ID}", "guards/0a1b"])
async def test_nobody_is_invited_to_remove_what_they_wanted_to_see(path: str) -> None:
    """Whoever does as the fix says must not erase a person by it."""
    answer = await asked("GET", path)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "DELETE")
    fix = str(content(answer)["fix"])
    assert "send it only if you mean to remove it" in fix
    looked_at = f"GET /api/restores?user={USER_ID}." if "people" in path else "GET /api/guards,"
    assert looked_at in fix


@pytest.mark.parametrize(
    ("path", "instead"),
    [
        ("restores/0a1b", "POST /api/restores/0a1b/cancel"),
        ("batches/0a1b", "POST /api/restores/{id}/cancel"),
        ("losses", "GET"),
    ],
)
@pytest.mark.usefixtures("rooted")
async def test_whoever_would_delete_a_restore_is_told_how_to_call_it_off(
    path: str, instead: str
) -> None:
    """405 with the operation that does it."""
    answer = await asked("DELETE", path)

    assert answer.status_code == 405
    assert instead in str(content(answer)["fix"])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (SESSION, 403),
        (SESSION | {"X-Requested-With": "XMLHttpRequest"}, 403),
        (SESSION | {"X-Requested-With": "reprieve"}, 202),
        (SESSION | {"Authorization": "Bearer x"}, 202),
        (SESSION | {"x-functions-key": "k"}, 202),
        ({}, 202),
    ],
)
async def test_a_change_by_session_needs_the_header_of_the_own_page(
    rooted: World, headers: dict[str, str], status: int
) -> None:
    """Another site's page can send the cookie, and no header of its own."""
    answer = await start_restore(request("POST", "/restores", ORDER, headers=CALLER | headers))

    assert answer.status_code == status
    assert (content(answer).get("code") == "cross-site") == (status == 403)
    assert bool(rooted.storage.outbox.work) == (status == 202)


@pytest.mark.usefixtures("rooted")
async def test_a_session_may_read() -> None:
    """Another site's page cannot see the answer."""
    headers = CALLER | SESSION
    answer = await get_restore(request("GET", "/restores/x", headers=headers, restoreId="x"))

    assert content(answer)["code"] == "restore-not-found"
