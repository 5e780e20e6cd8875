"""What becomes of a mailbox, and what a look at it shows: the two are not the same."""

from typing import Any

import pytest

from tests.unit.local_graph.caller import E3, NOW, SOMEBODY, Caller, person

LOST = {"lostLicenses": ["ENTERPRISEPACK"], "licenseRemovedDaysAgo": 45}
NOT_THERE = "MailboxNotEnabledForRESTAPI"


async def reached(graph: Caller) -> bool:
    """Tell whether somebody's mailbox answers."""
    return (await graph.mailbox(SOMEBODY)).status == 200


@pytest.mark.parametrize("answers", [True, False])
async def test_a_hold_keeps_the_content(
    graph: Caller,
    answers: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """Licence gone for 45 days: nothing is lost; whether the mailbox answers is a switch.

    Source: medium.com/365uc, "Recovering Leaver mailboxes".
    """
    box = {"purpose": "user", "hold": True}
    held = {"heldMailboxAnswers": answers}
    await graph.load(users=[person(**LOST, mailbox=box)], switches=held)

    before = await graph.truth(SOMEBODY)
    seen = await reached(graph)
    await graph.assign(SOMEBODY)

    assert (before["mailbox"]["content"], before["mailbox"]["gone"]) == ("original", False)
    assert seen is answers
    assert (await graph.truth(SOMEBODY))["mailbox"]["content"] == "original"


async def test_without_a_hold_forty_five_days_are_the_end(graph: Caller) -> None:
    """The other side of the same state."""
    await graph.load(users=[person(**LOST)])

    before = await graph.truth(SOMEBODY)
    await graph.assign(SOMEBODY)

    assert before["mailbox"]["gone"] is True
    assert (await graph.truth(SOMEBODY))["mailbox"]["content"] == "empty"


async def test_delayed_delicensing_holds_for_losses_in_the_document(graph: Caller) -> None:
    """The mailbox answers as before for 30 days, and its own 30 days begin after them.

    Source: Exchange PowerShell "Set-OrganizationConfig", DelayedDelicensingEnabled.
    """
    lost = {**LOST, "licenseRemovedDaysAgo": 20}
    await graph.load(users=[person(**lost)], switches={"delayedDelicensing": True})

    working = await reached(graph)
    await graph.advance(days=11)
    silent = await reached(graph)
    await graph.advance(days=28)
    await graph.assign(SOMEBODY)

    assert (working, silent) == (True, False)
    assert (await graph.truth(SOMEBODY))["mailbox"]["content"] == "original"


async def test_a_mailbox_can_stay_silent(graph: Caller) -> None:
    """Licensed, and 404 for days, until somebody mends it; nothing is lost meanwhile.

    Source: benw, 2018-09-18, "Why isn't a mailbox being provisioned".
    """
    box = {"purpose": "user", "silent": True}
    await graph.load(users=[person(licenses=["ENTERPRISEPACK"], mailbox=box)])

    codes = [(await graph.mailbox(SOMEBODY)).code]
    await graph.advance(days=3)
    codes.append((await graph.mailbox(SOMEBODY)).code)
    await graph.control("POST", f"/users/{SOMEBODY}", {"mailbox": {"silent": False}})

    assert codes == [NOT_THERE, NOT_THERE]
    assert await reached(graph)


@pytest.mark.parametrize(("synced", "content"), [(True, "original"), (False, "empty")])
async def test_a_mailbox_on_premises_never_answers(
    graph: Caller,
    synced: bool,  # noqa: FBT001 - whether the mailbox's GUID is synced
    content: str,
) -> None:
    """Neither licence nor time makes it answer; without its GUID a licence makes a second one.

    Source: c7solutions.com, 2018-01.
    """
    box = {"purpose": "user", "hosted": "onPremises", "guidSynced": synced}
    lost = {**LOST, "licenseRemovedDaysAgo": 3}
    await graph.load(users=[person(**lost, onPremisesSyncEnabled=True, mailbox=box)])

    before, seen = await graph.truth(SOMEBODY), await reached(graph)
    await graph.assign(SOMEBODY)
    after = (await graph.truth(SOMEBODY))["mailbox"]

    assert (before["mailbox"]["lostAt"], seen) == (None, False)
    assert after["content"] == content
    assert await reached(graph) is (not synced)


async def test_a_new_account_gets_an_empty_mailbox(graph: Caller) -> None:
    """Nobody had a mailbox before it: content never, then empty."""
    await graph.load(users=[person(createdDaysAgo=3)])

    before = (await graph.truth(SOMEBODY))["mailbox"]
    await graph.assign(SOMEBODY)

    assert (before["content"], before["gone"]) == ("never", False)
    assert (await graph.truth(SOMEBODY))["mailbox"]["content"] == "empty"
    assert await reached(graph)


@pytest.mark.parametrize("change", [{"afterLooks": 1}, {"at": "2026-11-22T12:05:00Z"}])
async def test_the_purpose_can_change_between_two_looks(
    graph: Caller, change: dict[str, Any]
) -> None:
    """First a person's, minutes later shared; from then on it needs no licence.

    Source: CIPP issues 1494 and 1565.
    """
    box = {"purpose": "user", "becomes": {"purpose": "shared", **change}}
    await graph.load(users=[person(licenses=["ENTERPRISEPACK"], mailbox=box)])

    first = (await graph.mailbox(SOMEBODY)).body["userPurpose"]
    await graph.advance(seconds=600)
    second = (await graph.mailbox(SOMEBODY)).body["userPurpose"]
    await graph.assign(SOMEBODY, "", remove=[E3])

    assert (first, second) == ("user", "shared")
    assert await reached(graph)
    assert (await graph.truth(SOMEBODY))["mailbox"]["lostAt"] is None


async def test_becoming_shared_stops_the_clock(graph: Caller) -> None:
    """Converted while it still answers without its licence, nothing is lost any more."""
    box = {"purpose": "user", "becomes": {"purpose": "shared"}}
    lost = {**LOST, "licenseRemovedDaysAgo": 10}
    delayed = {"delayedDelicensing": True}
    await graph.load(users=[person(**lost, mailbox=box)], switches=delayed)

    before = (await graph.truth(SOMEBODY))["mailbox"]["lostAt"]
    for _ in range(2):
        await graph.mailbox(SOMEBODY)
    await graph.advance(days=60)

    assert before == "2026-12-12T12:00:00Z"
    assert (await graph.truth(SOMEBODY))["mailbox"]["lostAt"] is None
    assert await reached(graph)


async def test_an_access_policy_closes_one_mailbox(graph: Caller) -> None:
    """403 in Outlook's words though the permission is in the token; other mailboxes answer."""
    other = person("f0000002-0000-4000-8000-000000000002", userPrincipalName="b@contoso.example")
    licensed = {"licenses": ["ENTERPRISEPACK"]}
    closed = person(**licensed, mailbox={"purpose": "user", "accessDenied": True})
    await graph.load(users=[closed, {**other, **licensed}])

    refused = await graph.mailbox(SOMEBODY)

    assert (refused.status, refused.code) == (403, "ErrorAccessDenied")
    assert (await graph.mailbox(other["id"])).status == 200


@pytest.mark.parametrize(("as_object", "shown"), [(False, "user"), (True, {"value": "user"})])
async def test_the_purpose_may_be_an_object(
    graph: Caller,
    as_object: bool,  # noqa: FBT001 - the answer of the switch
    shown: object,
) -> None:
    """A string by the CSDL and a capture, an object by Microsoft's page."""
    await graph.load(
        users=[person(licenses=["ENTERPRISEPACK"])], switches={"purposeAsObject": as_object}
    )

    assert (await graph.mailbox(SOMEBODY)).body["userPurpose"] == shown


@pytest.mark.parametrize("code", ["ErrorInvalidUser", "Request_ResourceNotFound"])
async def test_the_mailbox_of_nobody(graph: Caller, code: str) -> None:
    """Outlook has its own word for a user that is not there; the directory's is a switch.

    Source: microsoft-graph-docs issue 4097.
    """
    await graph.switch(mailboxOfNobody=code)

    reply = await graph.mailbox("nobody@contoso.example")

    assert (reply.status, reply.code) == (404, code)


@pytest.mark.parametrize("answers", [True, False])
@pytest.mark.parametrize("state", ["Suspended", "LockedOut"])
async def test_a_disabled_subscription_loses_nothing(
    graph: Caller,
    state: str,
    answers: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """The plan is disabled on the person, the mailbox is kept; whether it answers is a switch.

    Source: Microsoft "What happens to my data and access when my subscription ends".
    """
    await graph.load(
        users=[person(licenses=["ENTERPRISEPACK"], planStatus=state)],
        switches={"suspendedMailboxAnswers": answers},
    )

    await graph.advance(days=40)
    truth = (await graph.truth(SOMEBODY))["mailbox"]

    assert (truth["lostAt"], truth["gone"], truth["content"]) == (None, False, "original")
    assert await reached(graph) is answers


async def test_the_settings_are_a_property_of_the_user(graph: Caller) -> None:
    """With the permission for them; null without. Source: a capture at martin-machacek.com."""
    await graph.load(users=[person(licenses=["ENTERPRISEPACK"])])
    path = f"/users/{SOMEBODY}?$select=mailboxSettings"

    shown = (await graph.get(path)).body["mailboxSettings"]
    await graph.switch(tokenRoles=["User.Read.All"])

    assert shown["userPurpose"] == "user"
    assert (await graph.get(path)).body["mailboxSettings"] is None


async def test_a_shared_mailbox_needs_no_licence_to_stay(graph: Caller) -> None:
    """Its licence went four days ago, and it answers.

    Source: Microsoft 365 docs "About shared mailboxes".
    """
    lost = {**LOST, "licenseRemovedDaysAgo": 4}
    await graph.load(users=[person(**lost, mailbox="shared")])

    assert await reached(graph)
    assert (await graph.truth(SOMEBODY))["mailbox"]["lostAt"] is None


async def test_of_two_losses_the_earlier_clock_counts(graph: Caller) -> None:
    """Licence off 29.5 days ago, deleted a day ago: half a day is left of the mailbox."""
    lost = {**LOST, "licenseRemovedDaysAgo": 29.5}
    await graph.load(deletedUsers=[person(**lost, deletedDaysAgo=1)])

    await graph.restore(SOMEBODY)
    before = (await graph.truth(SOMEBODY))["mailbox"]
    await graph.advance(days=0.6)
    after = (await graph.truth(SOMEBODY))["mailbox"]

    assert before["lostAt"] == "2026-10-24T00:00:00Z"
    assert NOW.startswith("2026-11-22T12")
    assert (before["gone"], after["gone"]) == (False, True)


@pytest.mark.parametrize(
    "order", [{"mailbox": "shared"}, {"archive": True}], ids=["box", "archive"]
)
async def test_a_mailbox_set_as_in_a_document_is_a_mistaken_order(
    graph: Caller, order: dict[str, Any]
) -> None:
    """It is answered 400, and changes nothing: the user is still shown."""
    await graph.load(users=[person()])
    before = await graph.truth(SOMEBODY)

    answer = await graph.client.request("POST", f"/_control/users/{SOMEBODY}", json=order)

    assert answer.status == 400
    assert "is an object" in (await answer.json())["error"]
    assert await graph.truth(SOMEBODY) == before
