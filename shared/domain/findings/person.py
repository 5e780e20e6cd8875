"""Make the findings about whom the request means: nobody, several, or somebody deleted."""

from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, block, info
from shared.domain.outcomes import Code
from shared.domain.person import Person
from shared.domain.values.ids import is_guid


def nobody(asked: str, was_seen: bool) -> Finding:  # noqa: FBT001 - the value of one field, matched by position
    """The user does not exist any more, or never did."""
    if was_seen:
        return block(Code.USER_PURGED, asked=asked)
    if is_guid(asked):
        return block(Code.USER_NOT_FOUND, "by-id", asked=asked)
    return block(Code.USER_NOT_FOUND, asked=asked)


def similar(near: tuple[Person, ...]) -> Finding | None:
    """Others are nearly called so."""
    if not near:
        return None
    names = tuple(f"{one.display_name or one.id} ({one.user_principal_name})" for one in near)
    return info(FindingCode.SIMILAR_NAMES, count=len(near), other_names=names)


def several(asked: str, candidates: tuple[Person, ...]) -> Finding:
    """More than one user answers to the name; the candidates are listed beside it."""
    return block(Code.AMBIGUOUS_USER, asked=asked, count=len(candidates))


def deleted_not_licensed(person: Person) -> Finding:
    """A licence was asked for, but the user itself is deleted."""
    return block(Code.USER_IS_DELETED, user=person.user_principal_name)
