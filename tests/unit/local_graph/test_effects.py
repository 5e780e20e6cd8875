"""What the control tells of effects: on whom, how often, and what was done twice."""

from tests.unit.local_graph.caller import BRAM, E3, E5, EMMA, HANNA, LOTTE, Caller

ROLES = [
    "User.ReadWrite.All",
    "User.DeleteRestore.All",
    "LicenseAssignment.ReadWrite.All",
]


async def test_every_effect_is_told_with_its_difference(graph: Caller) -> None:
    """In order, with SKUs given and taken; what Graph refused is not among them."""
    await graph.switch(tokenRoles=ROLES)

    await graph.restore(EMMA)
    await graph.restore(EMMA)
    await graph.assign(BRAM)
    await graph.assign(BRAM, E5, remove=[E3])
    await graph.send("DELETE", f"/users/{HANNA}")

    told = await graph.control("GET", "/effects")
    story = [(row["effect"], row["id"], row["added"], row["removed"]) for row in told["effects"]]
    assert story == [
        ("restore", EMMA, [], []),
        ("assignLicense", BRAM, [E3], []),
        ("assignLicense", BRAM, [E5], [E3]),
        ("delete", HANNA, [], []),
    ]
    assert all(row["requestId"] and row["changed"] for row in told["effects"])
    bram = told["byUser"][BRAM]
    assert bram["counts"] == {"assignLicense": 2}
    assert (bram["licensesAssigned"], bram["licensesRemoved"]) == ([E3, E5], [E3])
    assert bram["mailbox"]["content"] == "original"
    assert told["byUser"][HANNA]["mailbox"]["reachable"] is False


async def test_doubled_and_repeated_are_told_apart(graph: Caller) -> None:
    """Two licences where one would do is doubled; the same one again only repeated."""
    await graph.assign(BRAM)
    await graph.assign(BRAM, E5)
    await graph.assign(LOTTE)
    await graph.assign(LOTTE)

    told = await graph.control("GET", "/effects")

    assert told["doubled"] == {BRAM: {"assignLicense": 2}}
    assert told["repeated"] == {LOTTE: {"assignLicense": 1}}
    assert told["byUser"][LOTTE]["changed"] == 1


async def test_zeroing_the_counters_forgets_the_story(graph: Caller) -> None:
    """A test may begin to count anew."""
    await graph.assign(BRAM)

    await graph.control("DELETE", "/counters")

    told = await graph.control("GET", "/effects")
    assert told == {"effects": [], "byUser": {}, "doubled": {}, "repeated": {}}


async def test_a_purged_user_has_no_mailbox_to_tell_of(graph: Caller) -> None:
    """The effect stays in the story."""
    await graph.send("DELETE", f"/directory/deletedItems/{EMMA}")

    told = await graph.control("GET", "/effects")

    assert told["byUser"][EMMA]["counts"] == {"purge": 1}
    assert "mailbox" not in told["byUser"][EMMA]
    assert EMMA not in await graph.control("GET", "/mailboxes")


async def test_every_mailbox_is_told_of(graph: Caller) -> None:
    """Content, loss and end of each, whether or not anybody looked."""
    told = await graph.control("GET", "/mailboxes")

    assert len(told) == 20
    assert told[BRAM]["mailbox"]["content"] == "original"
    assert told[BRAM]["mailbox"]["lostAt"] == "2026-11-18T12:00:00Z"
    assert told[LOTTE]["mailbox"]["gone"] is True
    assert told[EMMA]["deleted"] is True
    assert told[HANNA]["mailbox"]["reachable"] is True
