"""Say who must not be brought back: whoever is marked so, or whose name is a successor's by now.

A name that somebody else has is a clash, and callers may ask for another name. Where both have an
employee number and the numbers differ, the name went to another person on purpose, and mail for
one would reach the other: that stops the restore whatever name it asks for.
"""

from collections.abc import Iterator

from shared.domain.comeback_name import is_same_name, old_address_of
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, block, holders_of, values_of, warn
from shared.domain.outcomes import Code
from shared.domain.person import Conflict, ConflictProperty
from shared.domain.situation import Situation

# What lets the members of a group be looked up. Source: Microsoft "directoryObject:
# checkMemberGroups".
_PERMISSION = "GroupMember.Read.All"


def of_rehire(matter: Situation) -> Iterator[Finding]:
    """What speaks against bringing this person back at all; what blocks comes first."""
    if not matter.request.accept_rehire:
        yield from _successors(matter)
        yield from _marked(matter)
    yield from _not_looked(matter)


def _successors(matter: Situation) -> Iterator[Finding]:
    taken = [item for item in matter.snapshot.conflicts or () if _is_successor(item, matter)]
    if taken:
        yield block(Code.REHIRE_BLOCKED, names=values_of(taken), other_holders=holders_of(taken))


def _is_successor(item: Conflict, matter: Situation) -> bool:
    own, theirs = _number(matter.person.employee_id), _number(item.holder_employee_id)
    if own is None or theirs is None or own == theirs:
        return False
    if item.property is not ConflictProperty.UPN:
        return True
    # A name that only the request asks for was never the person's.
    names = (matter.person.user_principal_name, old_address_of(matter))
    return any(is_same_name(item.value, name) for name in names)


def _number(employee_id: str | None) -> str | None:
    return (employee_id or "").strip().casefold() or None


def _marked(matter: Situation) -> Iterator[Finding]:
    rule, look = matter.policy.do_not_restore, matter.snapshot.mark
    user = matter.person.user_principal_name
    if look.has_value:
        mark = f"{rule.attribute}={rule.value}"
        yield block(Code.REHIRE_BLOCKED, "marked", user=user, mark=mark)
    if look.is_member and rule.group_id is not None:
        yield block(Code.REHIRE_BLOCKED, "member", user=user, group=rule.group_id)


def _not_looked(matter: Situation) -> Iterator[Finding]:
    rule, look = matter.policy.do_not_restore, matter.snapshot.mark
    user = matter.person.user_principal_name
    if rule.attribute is not None and look.has_value is None:
        yield warn(FindingCode.CONFLICTS_NOT_CHECKED, "mark", user=user, attribute=rule.attribute)
    if rule.group_id is not None and look.is_member is None:
        yield warn(
            FindingCode.CONFLICTS_NOT_CHECKED,
            "mark-group",
            user=user,
            group=rule.group_id,
            permission=_PERMISSION,
        )
