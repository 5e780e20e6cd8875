"""What a row of the change feed means beside what is remembered."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.observations.extend import SeenNames, first_look, with_look
from shared.domain.observations.rounds import RoundLog
from shared.domain.person import AssignedLicense, LicenseState
from shared.domain.watch.delta_changes import (
    ChangedUser,
    ChangeMeaning,
    RemovedUser,
    has_plan_in,
    look_of,
    meaning_of,
    one_per_user,
)
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    SHAREPOINT_PLAN_ID,
    TEAMS_PLAN_ID,
    USER_ID,
    a_sku,
    an_observation,
)

SKUS = (a_sku(),)
E3 = AssignedLicense(ENTERPRISEPACK_ID)
WITHOUT_EXCHANGE = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID,))
DIRECT = LicenseState(ENTERPRISEPACK_ID, None, "Active")
FROM_GROUP = LicenseState(ENTERPRISEPACK_ID, "a-group", "Active")
SEEN = an_observation(USER_ID, E3)
LOST = an_observation(USER_ID, E3, lost_at=NOW)


def a_sighting(*licenses: AssignedLicense, **fields: object) -> ChangedUser:
    """Return Megan as the feed shows her."""
    return replace(ChangedUser(USER_ID, licenses, (), (DIRECT,)), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "changed", "expected"),
    [
        (None, a_sighting(E3), ChangeMeaning.REMEMBER),
        (None, a_sighting(), ChangeMeaning.NOTHING),
        (None, a_sighting(licenses=None), ChangeMeaning.NOTHING),
        (SEEN, a_sighting(E3), ChangeMeaning.NOTHING),
        (SEEN, a_sighting(E3, license_states=None), ChangeMeaning.NOTHING),
        (SEEN, a_sighting(E3, license_states=(FROM_GROUP,)), ChangeMeaning.REMEMBER),
        (SEEN, a_sighting(AssignedLicense(E3.sku_id, (TEAMS_PLAN_ID,))), ChangeMeaning.REMEMBER),
        (SEEN, a_sighting(), ChangeMeaning.MAYBE_LOST),
        (SEEN, a_sighting(WITHOUT_EXCHANGE), ChangeMeaning.MAYBE_LOST),
        (SEEN, a_sighting(licenses=None), ChangeMeaning.MAYBE_LOST),
        (LOST, a_sighting(), ChangeMeaning.NOTHING),
        (LOST, a_sighting(E3), ChangeMeaning.MAYBE_BACK),
        (replace(LOST, deleted_at=NOW), a_sighting(), ChangeMeaning.MAYBE_BACK),
        (replace(SEEN, deleted_at=NOW), a_sighting(E3), ChangeMeaning.MAYBE_BACK),
        (SEEN, a_sighting(E3, names=SeenNames("new@contoso.com")), ChangeMeaning.REMEMBER),
        (LOST, a_sighting(names=SeenNames("new@contoso.com")), ChangeMeaning.REMEMBER),
        (LOST, a_sighting(licenses=None), ChangeMeaning.NOTHING),
        (replace(SEEN, is_doubted=True), a_sighting(E3), ChangeMeaning.REMEMBER),
        (SEEN, a_sighting(AssignedLicense("unlisted")), ChangeMeaning.MAYBE_LOST),
    ],
)
def test_a_row_that_changes_something_is_told_apart(
    before: object, changed: ChangedUser, expected: ChangeMeaning
) -> None:
    """A plan switched off inside its SKU counts as gone; what the row does not say is asked."""
    assert expected is meaning_of(before, changed, SKUS)  # type: ignore[arg-type]


plans = st.sampled_from([EXCHANGE_PLAN_ID, SHAREPOINT_PLAN_ID, TEAMS_PLAN_ID])
licenses = st.lists(
    st.builds(
        AssignedLicense,
        st.sampled_from([ENTERPRISEPACK_ID, "other-sku"]),
        st.lists(plans, unique=True).map(tuple),
    ),
    max_size=3,
    unique_by=lambda one: one.sku_id,
).map(tuple)


@given(licenses, st.randoms())
def test_the_order_of_licences_is_no_news(
    held: tuple[AssignedLicense, ...], random: object
) -> None:
    """Graph lists licences and disabled plans in any order; that alone costs no write."""
    before = first_look(USER_ID, look_of(a_sighting(*held), NOW, has_plan=True))
    mixed = [AssignedLicense(one.sku_id, one.disabled_plans[::-1]) for one in held]
    random.shuffle(mixed)  # type: ignore[attr-defined]

    result = meaning_of(before, a_sighting(*mixed), SKUS)

    assert result in {ChangeMeaning.NOTHING, ChangeMeaning.MAYBE_LOST}


@given(licenses)
def test_what_is_remembered_is_no_news_again(held: tuple[AssignedLicense, ...]) -> None:
    """Taking the same row in twice writes once; in doubt it is looked at again, and found equal."""
    row = a_sighting(*held, license_states=())
    look = look_of(row, NOW, has_plan=has_plan_in(row, SKUS))
    if meaning_of(None, row, SKUS) is ChangeMeaning.REMEMBER:
        seen = first_look(USER_ID, look)
        again = meaning_of(seen, row, SKUS)
        assert again is (ChangeMeaning.REMEMBER if seen.is_doubted else ChangeMeaning.NOTHING)
        assert with_look(seen, look, RoundLog()) == seen


def test_a_user_with_two_rows_has_two_turns() -> None:
    """Each turn names a user once, and rows keep their order."""
    first, second = a_sighting(E3), RemovedUser(USER_ID, is_purged=False)
    other = RemovedUser("other", is_purged=True)

    assert one_per_user((first, second, other)) == [
        {USER_ID: first, "other": other},
        {USER_ID: second},
    ]
    assert one_per_user(()) == []
