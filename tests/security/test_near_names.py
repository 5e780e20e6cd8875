"""Near names are found by how much alike they are, at a cost that no name can drive up."""

import random
from difflib import SequenceMatcher
from typing import Final

import pytest

from shared.graph.models.shapes import HitShape
from shared.graph.near_names import nearest
from tests.security.meter import time_of

MOST_MILLISECONDS: Final = 50
FORENAMES: Final = ("anna", "anders", "andrea", "hanna", "johanna", "susanna")
SURNAMES: Final = ("andersen", "hansen", "annasen", "jansen", "petersen", "vos")


def tenant(size: int) -> list[HitShape]:
    """People whose names are much alike, the same each time."""
    draw = random.Random(7)  # noqa: S311 - no secret
    people = ((draw.choice(FORENAMES), draw.choice(SURNAMES)) for _ in range(size))
    return [
        HitShape.of(
            {
                "id": f"{at:08x}-0000-4000-8000-000000000000",
                "userPrincipalName": f"{forename}.{surname}{at}@contoso.com",
                "displayName": f"{forename} {surname}".title(),
            }
        )
        for at, (forename, surname) in enumerate(people)
    ]


@pytest.mark.parametrize(
    "asked", ["an" * 155 + "@c.com", "anna hansen " * 26, "a" * 310 + "@c.com", "anna " * 63]
)
async def test_a_long_name_costs_no_more_than_a_short_one(asked: str) -> None:
    """Nobody is called so, and that is seen before letters are compared."""
    people = tenant(400)

    async def look() -> None:
        assert nearest(asked, people) == ()

    assert await time_of(look, enough=MOST_MILLISECONDS) <= MOST_MILLISECONDS


@pytest.mark.parametrize("asked", ["anna.hansen@contoso.com", "Hansen, Ana", "johana vos", "x y"])
def test_the_same_people_are_near_as_by_the_ratio_alone(asked: str) -> None:
    """What is left out early would have been left out at the end."""
    people = tenant(300)
    plain = {"Hansen, Ana": "ana hansen"}.get(asked, asked.partition("@")[0].replace(".", " "))

    found = {one.id for one in nearest(asked, people)}

    def ratio(name: str) -> float:
        return SequenceMatcher(None, plain, name).ratio()

    alike = {
        hit.id: max(
            ratio((hit.user_principal_name or "").partition("@")[0].replace(".", " ")),
            ratio((hit.display_name or "").lower()),
        )
        for hit in people
        if hit.id
    }
    near = sorted(alike, key=lambda user_id: (-alike[user_id], user_id))
    assert found == {user_id for user_id in near if alike[user_id] >= 0.75} & set(near[:5])
