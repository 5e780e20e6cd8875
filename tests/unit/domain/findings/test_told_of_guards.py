"""What is told of a guard whose person was not found: each text once, with all that it names."""

import pytest

from shared.domain.findings.finding import Finding, block
from shared.domain.findings.guard_names import unresolved
from shared.domain.outcomes import Code
from shared.domain.person import Person
from shared.domain.requests.roles import Role
from shared.domain.snapshot import Nobody, Several
from shared.texts.reader import Language, Reader
from shared.texts.render import words
from tests.builders import UPN, USER_ID

_LEE, _KIM = Person("1", "lee@contoso.com", "Lee"), Person("2", "kim@contoso.com", "Kim")
_NAMES = ("Lee (lee@contoso.com)", "Kim (kim@contoso.com)")


@pytest.mark.parametrize(
    ("asked", "found", "told"),
    [
        (
            UPN,
            Several((_LEE, _KIM)),
            block(Code.AMBIGUOUS_USER, "guard", asked=UPN, count=2, other_names=_NAMES),
        ),
        (UPN, Nobody(was_seen=True), block(Code.USER_PURGED, "guard", asked=UPN)),
        (USER_ID, Nobody(), block(Code.USER_NOT_FOUND, "guard-by-id", asked=USER_ID)),
        (
            UPN,
            Nobody(near=(_LEE, _KIM)),
            block(Code.USER_NOT_FOUND, "guard-similar", asked=UPN, count=2, other_names=_NAMES),
        ),
        (UPN, Nobody(), block(Code.USER_NOT_FOUND, "guard", asked=UPN)),
        ("E-1007", Nobody(), block(Code.USER_NOT_FOUND, "guard-no-address", asked="E-1007")),
        (
            "Lee",
            Nobody(near=(_LEE,)),
            block(
                Code.USER_NOT_FOUND,
                "guard-no-address-similar",
                asked="Lee",
                count=1,
                other_names=_NAMES[:1],
            ),
        ),
    ],
)
def test_a_guard_without_its_person_tells_whom_the_name_may_mean(
    asked: str, found: Nobody | Several, told: Finding
) -> None:
    """Whoever set it up corrects the name by that."""
    assert unresolved(asked, found) == told


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("near", [(), (_LEE,)])
def test_nobody_is_told_to_leave_a_guard_that_can_never_find_anybody(
    near: tuple[Person, ...], language: Language
) -> None:
    """What is no address today is none in an hour either: the guard has to be made anew."""
    leave = {Language.ENGLISH: "leave the guard", Language.DANISH: "lad vagten stå"}[language]
    reader = Reader(language, frozenset({Role.READ}))

    assert leave in words(unresolved(UPN, Nobody(near=near)).text, reader).fix
    assert leave not in words(unresolved("Lee", Nobody(near=near)).text, reader).fix
