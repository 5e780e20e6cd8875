"""Under which name a deleted user comes back, and who may choose it."""

from dataclasses import replace

import pytest

from shared.domain.comeback_name import is_same_name
from shared.domain.decide import decide
from shared.domain.decision import Decision
from shared.domain.evidence.timeline_of import Remembered
from shared.domain.observations.observation import RememberedNames
from shared.domain.person import Conflict, ConflictProperty, HolderKind, Person
from shared.domain.requests.request import Door, RequestedBy, RestoreKind, RestoreRequest
from shared.domain.requests.roles import Role
from shared.domain.snapshot import Policy, Snapshot
from shared.domain.text import text
from tests.builders import NOW, UPN, an_observation
from tests.reading import said
from tests.unit.domain.table import DELETED, UPN_TAKEN

_MADE_UP = "ExRemoved-0a1b2c3d@contoso.com"
_ASKED = "megan2@contoso.com"
_OLD = "m.bowen@contoso.com"
_REMOVED = replace(DELETED, user_principal_name=_MADE_UP, mail=_OLD, proxy_addresses=())


def _decided(
    person: Person,
    how: str = "fail",
    name: str | None = None,
    *,
    roles: tuple[Role, ...] = (Role.REQUEST,),
    conflicts: tuple[Conflict, ...] = (),
    not_seen: frozenset[HolderKind] = frozenset(),
    **around: object,
) -> Decision:
    request = RestoreRequest(
        RestoreKind.USER,
        person.id,
        on_upn_conflict=how,  # type: ignore[arg-type]
        new_user_principal_name=name,
    )
    snapshot = Snapshot(
        person,
        conflicts=conflicts,
        holders_not_seen=not_seen,
        **around,  # type: ignore[arg-type]
    )
    by = RequestedBy(Door.HTTP, roles=roles)
    return decide(snapshot, request, Policy(), now=NOW, by=by)


def _codes(decision: Decision) -> set[str]:
    return {f"{item.severity} {item.code}" for item in decision.findings}


@pytest.mark.parametrize("roles", [(Role.REQUEST,), (Role.OVERRIDE, Role.REQUEST)])
def test_another_name_at_all_events_takes_the_right_to(roles: tuple[Role, ...]) -> None:
    """`always` is for Override, unless the name is the old primary address."""
    told = _decided(DELETED, "always", _ASKED, roles=roles)

    assert ("block new-name-not-allowed" in _codes(told)) is (Role.OVERRIDE not in roles)
    assert told.new_name == _ASKED


def test_the_old_primary_address_may_be_asked_for_by_all() -> None:
    """It was the person's own, in any case."""
    person = replace(DELETED, mail=_OLD, proxy_addresses=(f"SMTP:{_OLD}",))

    told = _decided(person, "always", _OLD.upper())

    assert told.ending is None
    assert told.new_name == _OLD.upper()


def test_rename_keeps_the_own_name_where_it_is_free() -> None:
    """A new name that is not needed is not used, and that is said."""
    told = _decided(DELETED, "rename", _ASKED)

    assert told.new_name is None
    assert "warn new-name-not-used" in _codes(told)


def test_rename_uses_the_new_name_where_the_own_one_is_taken() -> None:
    """And nothing is said of a name that was not used."""
    told = _decided(DELETED, "rename", _ASKED, conflicts=(UPN_TAKEN,))

    assert told.new_name == _ASKED
    assert "warn new-name-not-used" not in _codes(told)
    assert told.ending is None


def test_a_new_name_that_is_taken_as_well_is_refused() -> None:
    """By its own words, since the fix is another one."""
    also = replace(UPN_TAKEN, value=_ASKED)

    told = _decided(DELETED, "rename", _ASKED, conflicts=(UPN_TAKEN, also))

    assert told.ending is not None
    assert (told.ending.text.code, told.ending.text.variant) == ("upn-conflict", "new-name")


@pytest.mark.parametrize("made_up", [_MADE_UP, _MADE_UP.lower()])
def test_a_mailbox_deleted_in_exchange_gets_its_old_name_back(made_up: str) -> None:
    """The old primary address becomes the name, without anybody asking for it."""
    told = _decided(replace(_REMOVED, user_principal_name=made_up))

    assert told.new_name == _OLD
    assert told.ending is None
    assert "warn removed-in-exchange" in _codes(told)


def test_the_old_name_comes_before_the_one_that_is_asked_for() -> None:
    """Under another one the mailbox would stay away; only where it is taken is there a choice."""
    holder = replace(UPN_TAKEN, value=_OLD.upper())
    as_name = replace(holder, property=ConflictProperty.ADDRESS, is_name=True)
    as_address = replace(as_name, is_name=False)

    assert _decided(_REMOVED, "rename", _ASKED).new_name == _OLD
    assert _decided(_REMOVED, "rename", _ASKED, conflicts=(as_address,)).new_name == _OLD
    for taken in (holder, as_name):
        assert _decided(_REMOVED, "rename", _ASKED, conflicts=(taken,)).new_name == _ASKED
        assert _decided(_REMOVED, conflicts=(taken,)).new_name == _OLD


def test_the_old_name_may_be_known_by_what_is_remembered_alone() -> None:
    """The primary address from when the person had a plan, else the name of then."""
    bare = replace(_REMOVED, mail=None)
    names = RememberedNames(UPN, addresses=(_OLD, "second@contoso.com"))
    for known, name in ((names, _OLD), (replace(names, addresses=()), UPN)):
        remembered = Remembered(an_observation(names=known))
        assert _decided(bare, remembered=remembered).new_name == name


def test_of_two_addresses_the_primary_one_is_the_old_name() -> None:
    """A made-up one among them is none; then the mail address is."""
    two = replace(_REMOVED, proxy_addresses=("smtp:alias@contoso.com", f"SMTP:{UPN}"))
    made_up = replace(two, proxy_addresses=(f"SMTP:{_MADE_UP}", "smtp:alias@contoso.com"))

    assert _decided(two).new_name == UPN
    assert _decided(made_up).new_name == _OLD


@pytest.mark.parametrize(
    ("domains", "name"),
    [(frozenset({"fabrikam.com"}), _ASKED), (frozenset({"contoso.com"}), None), (None, None)],
    ids=["lost", "verified", "not read"],
)
def test_rename_uses_the_new_name_where_the_own_domain_is_lost(
    domains: frozenset[str] | None, name: str | None
) -> None:
    """Nobody can come back under a domain that the tenant has no more."""
    odd = replace(DELETED, user_principal_name="megan@home@Contoso.com")

    assert _decided(odd, "rename", _ASKED, verified_domains=domains).new_name == name


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [(UPN, UPN.upper(), True), (UPN, _OLD, False), (None, UPN, False), (None, None, True)],
)
def test_case_tells_no_two_names_apart(
    one: str | None, other: str | None, *, is_same: bool
) -> None:
    """As the directory has it; a name that is not there is like none that is."""
    assert is_same_name(one, other) is is_same
    assert is_same_name(other, one) is is_same


def test_without_an_old_address_a_name_is_needed() -> None:
    """The mailbox would stay away for good under the made-up name."""
    bare = replace(_REMOVED, mail=None)

    assert "block new-name-needed" in _codes(_decided(bare))
    assert _decided(bare, "rename", _ASKED).new_name == _ASKED


_TAKEN_OLD = replace(UPN_TAKEN, value=_OLD)


@pytest.mark.parametrize(
    ("old", "how", "conflicts", "variant", "fix"),
    [
        (_OLD, "fail", (), "", "Nothing to do"),
        (_OLD, "rename", (), "", "Nothing to do"),
        (_OLD, "fail", (_TAKEN_OLD,), "kept-away", "First put right"),
        (_OLD, "always", (), "kept-away", "First put right"),
        (_OLD, "rename", (_TAKEN_OLD,), "other", f"Free {_OLD}"),
        (None, "fail", (), "unknown", "newUserPrincipalName to the old main address"),
        (None, "rename", (), "asked", "Make sure that"),
    ],
)
def test_there_is_nothing_to_do_only_where_the_old_name_comes_back(
    old: str | None, how: str, conflicts: tuple[Conflict, ...], variant: str, fix: str
) -> None:
    """With any other name, and with none, the mailbox stays away, and the fix leads on."""
    name = None if how == "fail" else _ASKED

    told = _decided(replace(_REMOVED, mail=old), how, name, conflicts=conflicts)

    [removed] = [item for item in told.findings if item.code == "removed-in-exchange"]
    assert removed.text.variant == variant
    names = {"": {"name": _OLD}, "unknown": {}, "asked": {"name": _ASKED}}
    names |= {"other": {"name": _ASKED, "old": _OLD}}
    names |= {"kept-away": {"name": _OLD if how == "fail" else _ASKED}}
    assert dict(removed.text.params) == names[variant]
    assert fix in said(removed).fix


_NO_OLD_DOMAIN = frozenset({"fabrikam.com"})


def test_an_old_name_on_a_lost_domain_is_refused_with_both_ways_on() -> None:
    """Nobody asked for another name yet, so none is at fault."""
    told = _decided(_REMOVED, verified_domains=_NO_OLD_DOMAIN)

    names = [item.text for item in told.findings if item.code == "upn-conflict"]
    assert names == [text("upn-conflict", "domain", name=_OLD)]
    assert "block new-name-not-allowed" not in _codes(told)


def test_where_the_domain_of_the_old_name_is_lost_the_new_one_is_used() -> None:
    """As where somebody else has the old name; how the mailbox follows is told."""
    asked = "megan2@fabrikam.com"

    told = _decided(_REMOVED, "rename", asked, verified_domains=_NO_OLD_DOMAIN)

    assert told.new_name == asked
    [removed] = [item for item in told.findings if item.code == "removed-in-exchange"]
    assert removed.text == text("removed-in-exchange", "domain", name=asked, old=_OLD)
    assert not _codes(told) & {"block upn-conflict", "block new-name-not-allowed"}


def test_an_address_that_is_taken_keeps_no_name_away() -> None:
    """The old name is free, so nothing is to be done for it."""
    alias = Conflict(ConflictProperty.ADDRESS, "sales@contoso.com", "1234", "Other")

    told = _decided(_REMOVED, conflicts=(alias,))

    [removed] = [item for item in told.findings if item.code == "removed-in-exchange"]
    assert removed.text.variant == ""
    assert "block address-conflict" in _codes(told)


@pytest.mark.parametrize(
    ("mail", "display_name", "named"),
    [("ExRemoved-1@contoso.com", "Sales", "ExRemoved-1@contoso.com"), (None, "Sales", "Sales")],
)
def test_whose_old_name_is_not_known_is_called_as_far_as_that_is(
    mail: str | None, display_name: str, named: str
) -> None:
    """A made-up address is no name to come back under."""
    told = _decided(replace(_REMOVED, mail=mail, display_name=display_name))

    [needed] = [item for item in told.findings if item.code == "new-name-needed"]
    assert needed.text.param("user") == named


def test_a_name_like_the_made_up_one_is_nothing_special() -> None:
    """Only the name that Exchange gives counts."""
    told = _decided(replace(DELETED, user_principal_name="exremove@contoso.com"))

    assert told.new_name is None
    assert "warn removed-in-exchange" not in _codes(told)


def test_the_anchor_of_another_user_is_told_before_the_restore() -> None:
    """Graph would refuse it; the holder is named to those who may know."""
    anchor = Conflict(ConflictProperty.IMMUTABLE_ID, "AAA=", "id", "Other")

    told = _decided(DELETED, conflicts=(anchor,))

    assert told.ending is not None
    assert told.ending.code == "immutable-id-conflict"


@pytest.mark.parametrize(
    ("kinds", "missing"),
    [
        ({HolderKind.GROUP}, ("GroupMember.Read.All",)),
        ({HolderKind.CONTACT}, ("OrgContact.Read.All",)),
        (
            {HolderKind.GROUP, HolderKind.CONTACT},
            ("GroupMember.Read.All", "OrgContact.Read.All"),
        ),
    ],
)
def test_who_was_not_asked_is_said(kinds: set[HolderKind], missing: tuple[str, ...]) -> None:
    """With the permissions that would let the service ask."""
    told = _decided(DELETED, not_seen=frozenset(kinds))

    unchecked = [item for item in told.findings if item.code == "conflicts-not-checked"]
    assert [item.text.param("permission") for item in unchecked] == [missing]
    # Graph says it by itself when the restore is sent, so a restore need not warn of it.
    assert not set(unchecked) & set(told.warnings)
