"""What is told of names, addresses and successors: each text once, with all that it names."""

from dataclasses import replace

import pytest

from shared.domain.consequences import consequences_of
from shared.domain.decide import decide
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, block, info, warn
from shared.domain.marks.do_not_restore import MarkLook, MarkRule
from shared.domain.outcomes import Code
from shared.domain.person import Conflict, ConflictProperty, HolderKind, Person
from shared.domain.requests.request import RestoreRequest
from shared.domain.snapshot import Nobody, Policy, Snapshot
from tests.builders import NOW, UPN, USER_ID
from tests.unit.domain.findings.telling import REQUESTS_ONLY, told_of
from tests.unit.domain.table import BY, DAY, DELETED, UPN_TAKEN, ask, seen

_NEW, _THERE = "new@contoso.com", "other@contoso.com, 1234"
_LOST = frozenset({"fabrikam.com"})
_KEPT = frozenset({"contoso.com"})
_NEW_TAKEN = replace(UPN_TAKEN, value=_NEW)
_ALIAS = "megan@contoso.com"


def _renaming(how: str = "rename") -> RestoreRequest:
    return ask(on_upn_conflict=how, new_user_principal_name=_NEW)


@pytest.mark.parametrize(
    ("conflicts", "request_", "told"),
    [
        (
            (UPN_TAKEN,),
            ask(),
            [block(Code.UPN_CONFLICT, names=(UPN,), other_holders=(f"{UPN} ({_THERE})",))],
        ),
        (
            (UPN_TAKEN, _NEW_TAKEN),
            _renaming(),
            [
                block(
                    Code.UPN_CONFLICT, "new-name", name=_NEW, other_holders=(f"{_NEW} ({_THERE})",)
                )
            ],
        ),
        ((), _renaming(), [warn(FindingCode.NEW_NAME_NOT_USED, user=UPN)]),
        ((_NEW_TAKEN,), _renaming(), [warn(FindingCode.NEW_NAME_NOT_USED, user=UPN)]),
        ((UPN_TAKEN,), _renaming(), []),
        ((), _renaming("always"), []),
    ],
)
def test_a_name_that_is_taken_is_told_with_its_holder(
    conflicts: tuple[Conflict, ...], request_: RestoreRequest, told: list[Finding]
) -> None:
    """Whichever the person is to come back under; and that a new one was not needed."""
    assert told_of(seen(DELETED, conflicts=conflicts), request_) == told


def test_another_name_at_all_events_is_told_to_whoever_may_not_ask_for_it() -> None:
    """With the name."""
    assert told_of(seen(DELETED), _renaming("always"), by=REQUESTS_ONLY) == [
        block(Code.NEW_NAME_NOT_ALLOWED, name=_NEW)
    ]


@pytest.mark.parametrize("is_dropped", [True, False])
def test_addresses_on_a_lost_domain_are_told_all(*, is_dropped: bool) -> None:
    """Of a person whose own name is on it, the name comes first; X500 and SIP stay as they are."""
    person = replace(
        DELETED,
        proxy_addresses=(f"SMTP:{UPN}", "x500:/o=A", f"smtp:{_ALIAS}", "smtp:m@fabrikam.com"),
    )
    asked = ask(on_address_conflict="drop" if is_dropped else "fail")
    lost = (UPN, _ALIAS)

    told = told_of(seen(person, verified_domains=_LOST), asked)

    assert told == [
        block(Code.UPN_CONFLICT, "domain", name=UPN),
        warn(FindingCode.ADDRESSES_DROPPED, "domain", addresses=lost)
        if is_dropped
        else block(Code.ADDRESS_CONFLICT, "domain", addresses=lost),
    ]
    assert told_of(seen(person, verified_domains=_KEPT | _LOST), asked) == []
    assert told_of(seen(person, verified_domains=None), asked) == []


def test_a_new_name_on_a_domain_that_is_not_verified_is_told() -> None:
    """Nobody can come back under it."""
    away = replace(DELETED, proxy_addresses=())
    told = told_of(seen(away, verified_domains=_LOST), _renaming())

    assert told == [block(Code.NEW_NAME_NOT_ALLOWED, "domain", name=_NEW)]


_COUNTED = replace(DELETED, employee_id="100")


def _successor(**fields: object) -> Conflict:
    return replace(UPN_TAKEN, **{"holder_employee_id": "200", **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("conflicts", "names"),
    [
        ((_successor(),), (UPN,)),
        ((_successor(), _successor(property=ConflictProperty.ADDRESS)), (UPN,)),
        ((_successor(property=ConflictProperty.ADDRESS, value=_ALIAS),), (_ALIAS,)),
        ((_successor(holder_employee_id=" 100 "),), None),
        ((_successor(holder_employee_id=None),), None),
        ((_successor(value=_NEW),), None),
    ],
)
def test_a_successor_is_told_once_with_the_names(
    conflicts: tuple[Conflict, ...], names: tuple[str, ...] | None
) -> None:
    """Both have a number, and they differ; a name that was never the person's is none."""
    told = told_of(seen(_COUNTED, conflicts=conflicts))
    of_rehire = [one for one in told if one.code == "rehire-blocked"]

    if names is None:
        assert of_rehire == []
        return
    holders = tuple(f"{name} ({_THERE})" for name in names)
    assert of_rehire == [block(Code.REHIRE_BLOCKED, names=names, other_holders=holders)]
    accepted = told_of(seen(_COUNTED, conflicts=conflicts), ask(accept_rehire=True))
    assert "rehire-blocked" not in [one.code for one in accepted]


_RULE = MarkRule(attribute="extensionAttribute15", value="gone", group_id="g")
_MARKED = [
    block(Code.REHIRE_BLOCKED, "marked", user=UPN, mark="extensionAttribute15=gone"),
    block(Code.REHIRE_BLOCKED, "member", user=UPN, group="g"),
]
_BLIND = [
    warn(FindingCode.CONFLICTS_NOT_CHECKED, "mark", user=UPN, attribute="extensionAttribute15"),
    warn(
        FindingCode.CONFLICTS_NOT_CHECKED,
        "mark-group",
        user=UPN,
        group="g",
        permission="GroupMember.Read.All",
    ),
]


@pytest.mark.parametrize(
    ("rule", "look", "told"),
    [
        (_RULE, MarkLook(has_value=True, is_member=True), _MARKED),
        (_RULE, MarkLook(has_value=True, is_member=False), _MARKED[:1]),
        (_RULE, MarkLook(has_value=False, is_member=True), _MARKED[1:]),
        (_RULE, MarkLook(has_value=None, is_member=None), _BLIND),
        (replace(_RULE, group_id=None), MarkLook(has_value=None, is_member=None), _BLIND[:1]),
        (
            replace(_RULE, attribute=None, value=None),
            MarkLook(has_value=None, is_member=None),
            _BLIND[1:],
        ),
        (_RULE, MarkLook(has_value=False, is_member=False), []),
    ],
)
def test_a_mark_is_told_and_so_is_one_that_was_not_looked_for(
    rule: MarkRule, look: MarkLook, told: list[Finding]
) -> None:
    """With what marks whom, and the permission that is missing."""
    assert told_of(seen(DELETED, mark=look), ask(), policy=Policy(do_not_restore=rule)) == told


_LEE = Person("id-lee", "lee@contoso.com", "Lee  Gu", deleted_at=NOW - DAY)
_KIM = Person("id-kim", "kim@contoso.com")
_NAMED = ("Lee  Gu (lee@contoso.com)", "id-kim (kim@contoso.com)")


@pytest.mark.parametrize(
    ("asked", "nobody", "told"),
    [
        (UPN, Nobody(was_seen=True), [block(Code.USER_PURGED, asked=UPN)]),
        (USER_ID, Nobody(), [block(Code.USER_NOT_FOUND, "by-id", asked=USER_ID)]),
        (
            UPN,
            Nobody(is_elsewhere=True),
            [block(Code.USER_NOT_FOUND, "elsewhere", asked=UPN, domain="contoso.com")],
        ),
        (
            "a@b@contoso.com",
            Nobody(is_elsewhere=True),
            [
                block(
                    Code.USER_NOT_FOUND,
                    "elsewhere",
                    asked="a@b@contoso.com",
                    domain="contoso.com",
                )
            ],
        ),
        ("hanna@", Nobody(is_elsewhere=True), [block(Code.USER_NOT_FOUND, asked="hanna@")]),
        (
            "lee gu",
            Nobody(near=(_LEE, _KIM)),
            [
                block(
                    Code.USER_NOT_FOUND,
                    "display-name",
                    asked="lee gu",
                    count=2,
                    other_name=_NAMED[0],
                ),
                info(FindingCode.SIMILAR_NAMES, count=2, other_names=_NAMED),
            ],
        ),
        (
            "le",
            Nobody(near=(_LEE, _KIM), is_elsewhere=True),
            [
                block(Code.USER_NOT_FOUND, "similar", asked="le", count=2, other_names=_NAMED),
                info(FindingCode.SIMILAR_NAMES, count=2, other_names=_NAMED),
            ],
        ),
        (
            "Lee Gu",
            Nobody(near=(_LEE, replace(_LEE, id="2"))),
            [
                block(
                    Code.USER_NOT_FOUND,
                    "similar",
                    asked="Lee Gu",
                    count=2,
                    other_names=(_NAMED[0], _NAMED[0]),
                ),
                info(FindingCode.SIMILAR_NAMES, count=2, other_names=(_NAMED[0], _NAMED[0])),
            ],
        ),
    ],
)
def test_who_is_not_found_is_told_with_those_nearly_called_so(
    asked: str, nobody: Nobody, told: list[Finding]
) -> None:
    """Exactly one whose whole display name it is gets named first."""
    assert told_of(Snapshot(nobody), replace(ask(), user=asked)) == told


@pytest.mark.parametrize(
    ("around", "asked", "told"),
    [
        (
            {"conflicts": (UPN_TAKEN,)},
            _renaming(),
            [warn(FindingCode.USER_RENAMED, old=UPN, other_holders=(f"{UPN} ({_THERE})",))],
        ),
        (
            {"verified_domains": frozenset({"fabrikam.com"})},
            ask(on_upn_conflict="rename", new_user_principal_name="m@fabrikam.com"),
            [warn(FindingCode.USER_RENAMED, "domain", old=UPN)],
        ),
        ({}, _renaming("always"), [warn(FindingCode.USER_RENAMED, "asked", old=UPN, name=_NEW)]),
        ({}, ask(), []),
        ({}, _renaming(), []),
        ({}, ask(on_upn_conflict="always", new_user_principal_name=UPN.upper()), []),
        (
            {"conflicts": (replace(UPN_TAKEN, property=ConflictProperty.ADDRESS),)},
            _renaming("always"),
            [warn(FindingCode.USER_RENAMED, "asked", old=UPN, name=_NEW)],
        ),
        ({"conflicts": (UPN_TAKEN, _NEW_TAKEN)}, _renaming(), []),
    ],
)
def test_a_person_who_comes_back_under_another_name_is_told_why(
    around: dict[str, object], asked: RestoreRequest, told: list[Finding]
) -> None:
    """Where it would come back at all."""
    snapshot = seen(replace(DELETED, proxy_addresses=()), **around)
    decision = decide(snapshot, asked, Policy(), now=NOW, by=BY)

    foretold = consequences_of(decision, snapshot)

    assert [one for one in foretold if one.code == "user-renamed"] == told


def test_groups_and_contacts_that_were_not_looked_through_are_told() -> None:
    """Each with its permission."""
    both = frozenset({HolderKind.GROUP, HolderKind.CONTACT})

    assert told_of(seen(DELETED, holders_not_seen=both), ask()) == [
        warn(
            FindingCode.CONFLICTS_NOT_CHECKED,
            "groups",
            permission=("GroupMember.Read.All", "OrgContact.Read.All"),
        )
    ]
    assert told_of(seen(DELETED, conflicts=None), ask()) == [
        warn(FindingCode.CONFLICTS_NOT_CHECKED)
    ]
