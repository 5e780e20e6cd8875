"""Whoever asks a list for one person is told which one knows people, and by which parameter."""

from collections.abc import Callable, Mapping

import pytest

from shared.errors import InvalidRequestError
from shared.intake.journal import parse_journal_query
from shared.intake.losses import parse_loss_query
from shared.intake.wire.trail import parse_trail_query
from shared.texts.reader import Language, Reader
from shared.texts.render import words


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", ["user", "UPN", "userId", "email"])
@pytest.mark.parametrize(
    ("parse", "leads_to"),
    [
        (parse_trail_query, "GET /api/restores?user="),
        (parse_journal_query, "GET /api/restores?user="),
        (parse_loss_query, "search"),
    ],
    ids=["trail", "journal", "losses"],
)
def test_a_list_that_has_no_person_names_the_one_that_has(
    parse: Callable[[Mapping[str, str]], object], leads_to: str, name: str, language: Language
) -> None:
    """In place of the parameters that this one has."""
    with pytest.raises(InvalidRequestError) as refused:
        parse({name: "emma@contoso.com"})

    ((pointer, told),) = [
        (fault.pointer, words(fault.text, Reader(language)).message)
        for fault in refused.value.faults
    ]
    assert pointer == f"/{name}"
    assert leads_to in told
    assert "skipToken" not in told


def test_any_other_parameter_is_told_what_there_is() -> None:
    """A typo is not taken for a person."""
    with pytest.raises(InvalidRequestError) as refused:
        parse_trail_query({"form": "2026-05-01T08:00:00Z"})

    (fault,) = refused.value.faults
    assert "it has: from, skipToken, to, top" in words(fault.text, Reader()).message
