"""The archive: a licence of its own, and thirty days of its own."""

from typing import Any

import pytest

from tests.unit.local_graph.caller import E3, P1, SOMEBODY, Caller, person

ADD_ON = "ee02fd1b-340e-4a4b-b355-4a514e4c8943"
PLANS = {
    "EXCHANGE_S_ARCHIVE_ADDON": "176a09a6-7ec5-4039-ac02-b2791c6ba793",
    "EXCHANGE_S_ARCHIVE": "da040e0a-b393-4bea-bb76-928b3fa1cf5a",
}


def skus(plan: str) -> list[dict[str, Any]]:
    """Answer a tenant's SKUs: a mailbox without archive, one with, and the add-on."""

    def one(sku_id: str, name: str, **plans: str) -> dict[str, Any]:
        rows = [{"servicePlanId": key, "servicePlanName": label} for label, key in plans.items()]
        return {"skuId": sku_id, "skuPartNumber": name, "servicePlans": rows}

    plan_1 = "9aaf7827-d63c-4b61-89c3-182f06f82e5c"
    plan_2 = "efb87545-963c-4e0d-99df-69c6916d9eb0"
    return [
        one(P1, "EXCHANGESTANDARD", EXCHANGE_S_STANDARD=plan_1),
        one(E3, "ENTERPRISEPACK", EXCHANGE_S_ENTERPRISE=plan_2),
        one(ADD_ON, "EXCHANGEARCHIVE_ADDON", **{plan: PLANS[plan]}),
    ]


BOTH = ["EXCHANGESTANDARD", "EXCHANGEARCHIVE_ADDON"]


@pytest.mark.parametrize("plan", PLANS)
async def test_the_archive_runs_out_by_itself(graph: Caller, plan: str) -> None:
    """Both licences went; the mailbox's alone is given back: the archive's 30 days run on.

    Source: techcommunity.microsoft.com 3409767.
    """
    lost = {"lostLicenses": BOTH, "licenseRemovedDaysAgo": 10}
    await graph.load(skus=skus(plan), users=[person(**lost)])

    await graph.assign(SOMEBODY, P1)
    early = await graph.truth(SOMEBODY)
    await graph.advance(days=21)
    late = await graph.truth(SOMEBODY)
    await graph.assign(SOMEBODY, ADD_ON)
    again = await graph.truth(SOMEBODY)

    assert (early["mailbox"]["lostAt"], early["archive"]["gone"]) == (None, False)
    assert (late["mailbox"]["content"], late["archive"]["gone"]) == ("original", True)
    assert again["archive"]["content"] == "empty"


@pytest.mark.parametrize(("sku", "content"), [(ADD_ON, "original"), (E3, "original")])
async def test_either_licence_with_an_archive_keeps_it(
    graph: Caller, sku: str, content: str
) -> None:
    """The add-on within 30 days, or Plan 2, which has an archive in it.

    Source: Microsoft "Exchange Online service description".
    """
    lost = {"lostLicenses": BOTH, "licenseRemovedDaysAgo": 29}
    await graph.load(skus=skus("EXCHANGE_S_ARCHIVE_ADDON"), users=[person(**lost)])

    await graph.assign(SOMEBODY, sku)
    await graph.advance(days=5)

    archive = (await graph.truth(SOMEBODY))["archive"]
    assert (archive["content"], archive["lostAt"], archive["gone"]) == (content, None, False)


async def test_an_archive_is_lost_alone(graph: Caller) -> None:
    """The mailbox has its licence; only the add-on went."""
    one = person(
        licenses=["EXCHANGESTANDARD"],
        lostLicenses=["EXCHANGEARCHIVE_ADDON"],
        licenseRemovedDaysAgo=4,
    )
    await graph.load(skus=skus("EXCHANGE_S_ARCHIVE_ADDON"), users=[one])

    truth = await graph.truth(SOMEBODY)

    assert truth["mailbox"]["lostAt"] is None
    assert truth["archive"]["lostAt"] == "2026-11-18T12:00:00Z"
    assert (await graph.mailbox(SOMEBODY)).status == 200


async def test_an_archive_stays_while_the_mailbox_licence_goes(graph: Caller) -> None:
    """The add-on is still there; only the licence of the mailbox went."""
    one = person(
        licenses=["EXCHANGEARCHIVE_ADDON"],
        lostLicenses=["EXCHANGESTANDARD"],
        licenseRemovedDaysAgo=40,
    )
    await graph.load(skus=skus("EXCHANGE_S_ARCHIVE_ADDON"), users=[one])

    truth = await graph.truth(SOMEBODY)

    assert truth["archive"] == {"content": "original", "lostAt": None, "gone": False}
    assert truth["mailbox"]["gone"] is True


async def test_a_shared_mailbox_loses_its_archive_with_the_licence(graph: Caller) -> None:
    """The mailbox stays, the archive goes 30 days after its licence."""
    lost = {"lostLicenses": BOTH, "licenseRemovedDaysAgo": 31}
    await graph.load(
        skus=skus("EXCHANGE_S_ARCHIVE_ADDON"), users=[person(**lost, mailbox="shared")]
    )

    truth = await graph.truth(SOMEBODY)

    assert (truth["mailbox"]["lostAt"], truth["archive"]["gone"]) == (None, True)


@pytest.mark.parametrize(
    ("given", "has"), [(True, True), ({"lostAt": None}, True), (None, False), (False, False)]
)
async def test_a_document_says_who_has_an_archive(
    graph: Caller,
    given: Any,
    has: bool,  # noqa: FBT001 - expected
) -> None:
    """It may be switched on under Plan 2, and off in spite of an add-on."""
    await graph.load(
        skus=skus("EXCHANGE_S_ARCHIVE_ADDON"), users=[person(licenses=[E3, ADD_ON], archive=given)]
    )

    assert ((await graph.truth(SOMEBODY))["archive"] is not None) is has


async def test_deleting_and_restoring_brings_the_archive_back(graph: Caller) -> None:
    """Within 30 days, with its user and its licence."""
    await graph.load(
        skus=skus("EXCHANGE_S_ARCHIVE_ADDON"),
        deletedUsers=[person(licenses=BOTH, deletedDaysAgo=9)],
    )
    before = (await graph.truth(SOMEBODY))["archive"]["lostAt"]

    await graph.restore(SOMEBODY)

    archive = (await graph.truth(SOMEBODY))["archive"]
    assert before == "2026-11-13T12:00:00Z"
    assert (archive["content"], archive["lostAt"]) == ("original", None)
