"""Texts become words: the right ones for who reads, whatever anybody wrote into the parameters."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.documents.outcome import (
    LONGEST_FAULT,
    fault_document,
    outcome_document,
    whole_clauses,
)
from shared.domain.outcomes import Code, outcome
from shared.domain.requests.roles import Role
from shared.domain.text import Param, Text, text
from shared.errors import Fault
from shared.texts.reader import Language, Reader
from shared.texts.render import LONGEST_PARAM, catalogue, words
from tests.reading import EVERYBODY
from tests.unit.texts.samples import READERS, params_in

DANE = Reader(Language.DANISH)
HOSTILE = ("{user}", "{0}", "}{", "{a!r}", "%s", "<b>", "\x00\x1b[31m", "\ud800", "\u202e", "")

anything: st.SearchStrategy[Param] = st.recursive(
    st.text(st.characters(), max_size=50) | st.sampled_from(HOSTILE) | st.integers() | st.floats(),
    lambda inner: (
        st.lists(st.text(max_size=5) | st.builds(Text, st.text()), max_size=15).map(tuple)
        | st.builds(lambda value: text("fault-at", pointer="/x", wrong=value), inner)
    ),
    max_leaves=4,
)
KEYS = sorted(catalogue(Language.ENGLISH))


@given(
    st.sampled_from(KEYS), st.sampled_from(Language), st.sampled_from(sorted(READERS)), st.data()
)
def test_any_parameters_make_words(
    key: str, language: Language, who: str, data: st.DataObject
) -> None:
    """Control characters and half characters included; and JSON carries what comes of it."""
    code, _, variant = key.partition("/")
    names = params_in(catalogue(language)[key])
    given_ = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(names, anything)))

    found = words(
        Text(code, variant, tuple(sorted(given_.items()))),
        Reader(language, READERS[who].roles, READERS[who].by_keys),
    )

    assert json.loads(json.dumps([found.message, found.fix])) == [found.message, found.fix]


@pytest.mark.parametrize("value", HOSTILE)
def test_what_is_written_into_a_parameter_stays_data(value: str) -> None:
    """Never read as a form, never left out, never doubled."""
    found = words(text("user-purged", asked=value), EVERYBODY)

    before, _, behind = catalogue(Language.ENGLISH)["user-purged"].message.partition("{asked}")
    assert found.message == f"{before}{value}{behind}"


@pytest.mark.parametrize(
    ("made", "english", "danish"),
    [
        (text("more", count=1), "one more", "én mere"),
        (text("more", count=12345), "12,345 more", "12.345 mere"),
        (
            text("mailbox-not-verified", "silent", hours=1.5),
            "No mailbox has answered for 1.5 hours.",
            "Ingen postkasse har svaret i 1,5 timer.",
        ),
        (
            text("fault", "time-far", first=1970, last=2999),
            "is not in the years 1970 to 2999;",
            "er ikke i årene 1970 til 2999;",
        ),
        (
            text("wait", "schedule", at="2026-11-28T06:27:00+01:00"),
            "The restore begins at 2026-11-28 05:27 UTC,",
            "Gendannelsen begynder 2026-11-28 05:27 UTC,",
        ),
        (
            text("seats-free", seats=("SPE_E3: 2", "SPE_E5: 1")),
            "Free licences: SPE_E3: 2, SPE_E5: 1.",
            "Ledige licenser: SPE_E3: 2, SPE_E5: 1.",
        ),
        (
            text("license-chosen", licenses=("SPE_E3",), source=text("source", "named")),
            "To be assigned: SPE_E3 (named in the request).",
            "Bliver tildelt: SPE_E3 (angivet i anmodningen).",
        ),
        (text("wait", "schedule", at="soon"), "begins at soon,", "begynder soon,"),
        (text("wait", "schedule"), "begins at ?,", "begynder ?,"),
    ],
)
def test_parameters_are_shown_in_their_form(made: Text, english: str, danish: str) -> None:
    """Numbers, instants, lists and texts, as each language writes them."""
    assert english in words(made, EVERYBODY).message
    assert danish in words(made, DANE).message


def test_a_long_list_is_cut_after_ten() -> None:
    """A person reads no more, and the documents have all of them."""
    names = tuple(f"n{number}" for number in range(13))

    found = words(text("upn-conflict", names=names, other_holders=()), Reader())

    assert found.message.endswith(" n8, n9, 3 more.")
    assert len(found.message) < 100


def test_a_long_parameter_is_cut() -> None:
    """A text is as long as a person wrote it, whatever stands in the directory."""
    found = words(text("user-purged", asked="x" * 100_000), EVERYBODY)

    assert "x" * (LONGEST_PARAM - 1) + "…" in found.message
    assert "x" * LONGEST_PARAM not in found.message


def test_a_fault_has_a_bound() -> None:
    """Whatever is in it; of a list as many whole entries as fit."""
    hosts = tuple(f"{number:060}.example.com" for number in range(10))

    told = fault_document(Fault("/x", text("fault", "host-not-allowed", hosts=hosts)), EVERYBODY)

    assert len(str(told["message"])) <= LONGEST_FAULT
    assert str(told["message"]).endswith(f"{hosts[2]}, …")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("is short", "is short"),
        ("is no field; take it out, or write another name", "is no field."),
        ("Is no field. Take it out, or write another name", "Is no field."),
        ("must be one of: mailbox, user, license", "must be one of: mailbox, …"),
        ("says nothing that would ever end anywhere", "says nothing that would…"),
        ("x" * 40, "x" * 27 + "…"),
    ],
)
def test_a_cut_leaves_whole_clauses(written: str, kept: str) -> None:
    """Half a word, or half a sentence, tells nobody what to do."""
    assert whole_clauses(written, 30) == kept


@pytest.mark.parametrize(
    ("reader", "shown"),
    [
        (Reader(roles=frozenset({Role.REQUEST})), "somebody else"),
        (Reader(roles=frozenset({Role.REQUEST, Role.OVERRIDE, Role.ADMIN})), "somebody else"),
        (Reader(roles=frozenset({Role.READ})), "a@b.c (Jan de Wit, 5eed)"),
    ],
)
def test_other_people_are_shown_to_readers_of_everything_only(reader: Reader, shown: str) -> None:
    """To all others the holder of a name is somebody else, and no more."""
    held = text("upn-conflict", names=("a@b.c",), other_holders=("a@b.c (Jan de Wit, 5eed)",))

    found = words(held, reader).message

    assert shown in found
    assert ("Jan" in found) == reader.sees_others


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("keys", ["UNKNOWN_WINDOW=attempt", "AUTH_MODE=entra"]),
        ("request", ["somebody with the role Restore.Override"]),
        ("read", ["somebody with the role Restore.Override"]),
        ("override", ["licenseRemovedAt", "acceptUnknownWindow: true"]),
        ("admin", ["somebody with the role Restore.Override"]),
    ],
)
def test_a_fix_is_for_the_one_who_reads_it(who: str, names: list[str]) -> None:
    """Who may go on is told how; all others, who may."""
    fix = words(text("window-unknown", user="megan"), READERS[who]).fix

    assert [name for name in names if name not in fix] == []


@pytest.mark.parametrize("who", READERS)
def test_only_an_admin_is_told_to_retry(who: str) -> None:
    """The others send it again, with a new key."""
    fix = words(text("mailbox-not-seen", hours=24), READERS[who]).fix

    assert ("retry the restore" in fix) == (who == "admin")
    assert ("send the request again, with a new idempotencyKey" in fix) == (who != "admin")


def test_what_was_done_before_is_said_first() -> None:
    """Half a restore is told as such, in one message."""
    ending = outcome(Code.NO_SEAT, licenses=("SPE_E3",), until="2026-11-28T05:27:00Z")
    half = type(ending)(ending.text, text("before", "user-restored"))

    message = str(outcome_document(half, EVERYBODY)["message"])

    assert message.startswith(
        "The user was restored; the licence was not given. No licence of this"
    )
