"""What is said comes in the caller's language, through the host as it runs in Azure."""

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import a_user, fresh_key
from tests.e2e.stage.world import World

_DANISH = {"Accept-Language": "da-DK, da;q=0.9, en;q=0.5"}


async def test_one_restore_is_read_in_two_languages(caller: Caller, world: World) -> None:
    """The record keeps what happened; the words are chosen when somebody reads it."""
    user = await world.add(a_user())
    ended = await caller.restore(
        kind="user", user=user["userPrincipalName"], idempotencyKey=fresh_key()
    )

    danish = await caller.send("GET", caller.url(f"/restores/{ended['id']}"), headers=_DANISH)

    assert danish.headers["Content-Language"] == "da"
    assert danish.headers["Vary"] == "Accept-Language"
    assert danish.body["outcome"]["code"] == ended["outcome"]["code"] == "already-active"
    assert "er aktiv" in danish.body["outcome"]["message"]
    assert "is active" in ended["outcome"]["message"]
    assert danish.body["outcome"]["fix"] != ended["outcome"]["fix"]


async def test_what_is_wrong_is_said_in_the_callers_language(caller: Caller) -> None:
    """Title, detail, fix and each fault; the code and the pointer are the same for all."""
    english = await caller.post({"kind": "user"})
    danish = await caller.post({"kind": "user"}, headers=_DANISH)

    assert (english.status, danish.status) == (400, 400)
    assert english.headers["Content-Language"] == "en"
    assert danish.headers["Content-Language"] == "da"
    for shared in ("type", "status", "code"):
        assert danish.body[shared] == english.body[shared]
    for told in ("title", "detail", "fix"):
        assert danish.body[told] != english.body[told]
    assert [fault["pointer"] for fault in danish.body["errors"]] == ["/user"]
    assert danish.body["errors"][0]["message"] != english.body["errors"][0]["message"]
