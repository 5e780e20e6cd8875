"""Make the findings about whom the request means: nobody, several, or somebody deleted."""

from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, block, info
from shared.domain.outcomes import Code
from shared.domain.person import Person
from shared.domain.snapshot import Nobody
from shared.domain.values.ids import is_guid, may_be_address


def nobody(asked: str, found: Nobody) -> Finding:
    """The user does not exist any more, or never did; whoever is nearly called so is named."""
    if found.was_seen:
        return block(Code.USER_PURGED, asked=asked)
    if is_guid(asked):
        return block(Code.USER_NOT_FOUND, "by-id", asked=asked)
    if found.near:
        return _nearly(asked, found.near)
    if not may_be_address(asked):
        return block(Code.USER_NOT_FOUND, "no-address", asked=asked)
    if found.is_elsewhere and (domain := asked.rpartition("@")[2]):
        return block(Code.USER_NOT_FOUND, "elsewhere", asked=asked, domain=domain)
    return block(Code.USER_NOT_FOUND, asked=asked)


def _nearly(asked: str, near: tuple[Person, ...]) -> Finding:
    """Whether it is the whole display name of exactly one is told: nobody is looked up by it."""
    called_so = [one for one in near if _plain(one.display_name or "") == _plain(asked)]
    names, count = named(near), len(near)
    if len(called_so) != 1:
        return block(Code.USER_NOT_FOUND, "similar", asked=asked, count=count, other_names=names)
    (name,) = named(tuple(called_so))
    return block(Code.USER_NOT_FOUND, "display-name", asked=asked, count=count, other_name=name)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def similar(near: tuple[Person, ...]) -> Finding | None:
    """Others are nearly called so."""
    if not near:
        return None
    return info(FindingCode.SIMILAR_NAMES, count=len(near), other_names=named(near))


def named(near: tuple[Person, ...]) -> tuple[str, ...]:
    """Each as people know them: the display name and the user name."""
    return tuple(f"{one.display_name or one.id} ({one.user_principal_name})" for one in near)


def several(asked: str, candidates: tuple[Person, ...]) -> Finding:
    """More than one user answers to the name; the candidates are listed beside it."""
    return block(Code.AMBIGUOUS_USER, asked=asked, count=len(candidates))


def deleted_not_licensed(person: Person) -> Finding:
    """A licence was asked for, but the user itself is deleted."""
    return block(Code.USER_IS_DELETED, user=person.user_principal_name)
