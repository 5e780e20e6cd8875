"""Make the findings of a guard whose name fits nobody, or several people.

A guard stays, and is looked up again at each round, so its fix is another one than a restore's.
"""

from shared.domain.findings.finding import Finding, block
from shared.domain.findings.person import named
from shared.domain.outcomes import Code
from shared.domain.snapshot import Nobody, Several
from shared.domain.values.ids import is_guid, may_be_address


def unresolved(asked: str, found: Nobody | Several) -> Finding:
    """Why it is not known whom the guard is about, with those who are nearly called so."""
    if isinstance(found, Several):
        several = found.candidates
        return block(
            Code.AMBIGUOUS_USER,
            "guard",
            asked=asked,
            count=len(several),
            other_names=named(several),
        )
    if found.was_seen:
        return block(Code.USER_PURGED, "guard", asked=asked)
    if is_guid(asked):
        return block(Code.USER_NOT_FOUND, "guard-by-id", asked=asked)
    return _unknown(asked, named(found.near))


def _unknown(asked: str, names: tuple[str, ...]) -> Finding:
    """Nobody has this name; what is no address will not be anybody's in an hour either."""
    count = len(names)
    match may_be_address(asked), names:
        case True, ():
            return block(Code.USER_NOT_FOUND, "guard", asked=asked)
        case False, ():
            return block(Code.USER_NOT_FOUND, "guard-no-address", asked=asked)
        case True, _:
            return block(
                Code.USER_NOT_FOUND, "guard-similar", asked=asked, count=count, other_names=names
            )
    return block(
        Code.USER_NOT_FOUND,
        "guard-no-address-similar",
        asked=asked,
        count=count,
        other_names=names,
    )
