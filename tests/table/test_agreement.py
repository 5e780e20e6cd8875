"""Preflight and run agree in every mix of tenant and request, also those nobody wrote a row for."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.snapshot import Policy
from tests.builders import ENTERPRISEPACK_ID, NOW, UPN
from tests.table.judge import judge_agreement, look_first
from tests.table.on_fakes import OnFakes
from tests.table.play import run
from tests.table.row import NO_WINDOW, Expected, Json, Row, ask, at
from tests.table.rows.conflicts import DROP, HAS_ALIAS, NAMESAKE, RENAME
from tests.table.tenant import (
    ACTIVE,
    ALEX,
    AUDITED,
    BOTH,
    DAY,
    DELETED,
    E3,
    EXO,
    FLOW,
    MEGAN,
    NOBODY,
    SALES,
    SHARED,
    TICK,
    UNLICENSED,
    Held,
    Seen,
    State,
    User,
)

PEOPLE: dict[str, tuple[User, ...]] = {
    "nobody": (),
    "purged": (replace(UNLICENSED, is_purged=True, observed=Seen(None)),),
    "active": (ACTIVE,),
    "unlicensed": (UNLICENSED,),
    "unlicensed, audited": (AUDITED,),
    "unlicensed, observed": (replace(UNLICENSED, observed=Seen(NOW - 5 * DAY)),),
    "unlicensed, from a group": (
        replace(UNLICENSED, observed=Seen(NOW - 5 * DAY, (Held(group=SALES),))),
    ),
    "no usage location": (replace(AUDITED, usage_location=None),),
    "shared, active": (replace(UNLICENSED, mailbox="shared"),),
    "deleted": (DELETED,),
    "deleted, synchronised": (replace(DELETED, synced=True),),
    "deleted, an admin": (replace(DELETED, roles=("Global Administrator",)),),
    "shared": (SHARED,),
    "shared, observed": (replace(SHARED, observed=Seen(NOW - 5 * DAY)),),
    "both": (BOTH,),
    "both, audited": (replace(BOTH, audited=(NOW - 5 * DAY,)),),
    "closing": (replace(DELETED, deleted_at=NOW - 28 * DAY),),
    "the last microsecond": (replace(DELETED, deleted_at=NOW - 30 * DAY + TICK),),
    "closed": (replace(DELETED, deleted_at=NOW - 30 * DAY),),
    "name taken": (DELETED, NAMESAKE),
    "address taken": (DELETED, HAS_ALIAS),
    "ambiguous": (DELETED, replace(SHARED, id=ALEX, deleted_at=NOW - 9 * DAY)),
}
NAMED: Json = {"license": {"skuIds": [ENTERPRISEPACK_ID]}}
REQUESTS: dict[str, Json] = {
    "mailbox": ask(),
    "by id": ask(user=MEGAN.upper()),
    "user": ask("user"),
    "license": ask("license"),
    "named": ask(**NAMED),
    "license named": ask("license", **NAMED),
    "declared": ask(licenseRemovedAt=at(NOW - 3 * DAY), **NAMED),
    "declared too late": ask(licenseRemovedAt=at(NOW - 31 * DAY), **NAMED),
    "accepted unknown": ask(acceptUnknownWindow=True, **NAMED),
    "dry run": ask(dryRun=True),
    "everything allowed": ask(allowSynced=True, **RENAME, **DROP),
    "in a week": ask(notBefore=at(NOW + 7 * DAY)),
    "in a month": ask(notBefore=at(NOW + 29 * DAY)),
    "not before yesterday": ask(notBefore=at(NOW - DAY)),
}
NOTHING = Expected("", window=NO_WINDOW)


async def agree(row: Row) -> None:
    """Hold preflight and run of the same instant against each other, and the run against itself."""
    first, second = OnFakes(row), OnFakes(row)
    await first.load()
    await second.load()

    told = await look_first(row, first)
    played = await run(row, second)

    assert told is not None
    judge_agreement(told, played)
    restores, assignments = await second.made()
    assert max(restores, assignments) <= 1
    if told.block is not None or "dryRun" in row.request:
        assert await second.sent() == ()


@pytest.mark.parametrize("what", REQUESTS)
@pytest.mark.parametrize("who", PEOPLE)
async def test_every_request_to_every_tenant(who: str, what: str) -> None:
    """Window, plan and blocking code of the preflight are those of the run."""
    await agree(Row(f"{who}: {what}", State(PEOPLE[who]), REQUESTS[what], NOTHING))


instants = st.integers(min_value=-40 * 86_400, max_value=86_400).map(
    lambda seconds: NOW + timedelta(seconds=seconds)
)
past = instants.filter(lambda at_: at_ < NOW)
helds = st.builds(
    Held,
    sku=st.sampled_from([E3.id, EXO.id, FLOW.id]),
    disabled=st.sampled_from([(), tuple(E3.plans)[:1], tuple(E3.plans)[1:]]),
    group=st.sampled_from([None, None, SALES]),
)
licenses = st.lists(helds, max_size=2, unique_by=lambda held: held.sku).map(tuple)
megans = st.builds(
    User,
    mail=st.sampled_from([UPN, None, "m.bowen@contoso.com"]),
    deleted_at=st.none() | past,
    licenses=licenses,
    usage_location=st.sampled_from(["DE", "DE", None]),
    enabled=st.booleans(),
    synced=st.sampled_from([False, False, True]),
    mailbox=st.sampled_from(["user", "shared", "room", None]),
    roles=st.sampled_from([(), (), ("User Administrator",)]),
    audited=st.lists(past, max_size=2).map(tuple),
    observed=st.none() | st.builds(Seen, lost_at=st.none() | past, licenses=licenses),
)
states = st.builds(
    State,
    users=st.tuples(megans).flatmap(
        lambda one: st.sampled_from([one, (*one, NAMESAKE), (*one, HAS_ALIAS)])
    ),
    lacks=st.sampled_from(
        [
            (),
            (),
            ("RoleManagement.Read.Directory",),
            ("AuditLog.Read.All",),
            ("MailboxSettings.Read",),
        ]
    ),
    switches=st.fixed_dictionaries(
        {},
        optional={
            "deletedKeepsLicenses": st.just(value=False),
            "deletedKeepsAddresses": st.just(value=False),
            "conflictStatus": st.just(409),
            "organizationWithUserRead": st.just(value=False),
        },
    ),
)
requests = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["mailbox", "user", "license"]),
        "user": st.sampled_from([UPN, MEGAN, "megan@contoso.com", NOBODY]),
    },
    optional={
        "license": st.sampled_from(
            [
                {"skuIds": [E3.id]},
                {"skuPartNumbers": ["EXCHANGESTANDARD"]},
                {"skuPartNumbers": ["FLOW_FREE"]},
                {"skuIds": [E3.id], "disabledPlans": [tuple(E3.plans)[2]]},
            ]
        ),
        "licenseRemovedAt": instants.map(at),
        "onAddressConflict": st.just("drop"),
        "acceptUnknownWindow": st.booleans(),
        "allowSynced": st.booleans(),
        "dryRun": st.just(value=True),
    },
)
policies = st.builds(
    Policy,
    unknown_window=st.sampled_from(["refuse", "attempt"]),
    default_sku_ids=st.sampled_from([(), (E3.id,)]),
    protect_privileged=st.booleans(),
    verify_mailbox=st.booleans(),
    mailbox_deadline=st.just(timedelta(hours=1)),
)


@given(state=states, request=requests, policy=policies)
@settings(max_examples=300, deadline=None, derandomize=True)
async def test_any_request_to_any_tenant(state: State, request: Json, policy: Policy) -> None:
    """The same holds for mixes that nobody thought of."""
    await agree(Row("any", state, request, NOTHING, policy))
