"""A field by a name that others give it: whoever wrote it is told the one that was meant."""

import json

import pytest

from shared.errors import InvalidRequestError
from shared.intake.batches.from_json import parse_batch
from shared.intake.checks import parse_checks
from shared.intake.guards import parse_guard
from shared.intake.retries import parse_retries
from shared.texts.reader import Language, Reader
from shared.texts.render import words
from tests.unit.intake.requests_of import MINIMAL, http_faults, message_faults

_READER = Reader(Language.ENGLISH)
_LISTS = ("users", "items", "requests", "people", "mailboxes", "accounts", "value", "rows", "list")
_PERSONS = ("users", "people", "username", "userNames", "address", "mailbox", "account", "name")


def _said(refused: pytest.ExceptionInfo[InvalidRequestError], name: str) -> str:
    """What is said of the field of this name."""
    wrong = {fault.pointer: fault.text for fault in refused.value.faults}
    return words(wrong[f"/{name}"], _READER).message


@pytest.mark.parametrize("name", _LISTS)
async def test_a_list_of_people_by_another_name_is_told_its_own(name: str) -> None:
    """The body of a batch, and of many checks, calls its list restores."""
    body = json.dumps({name: [MINIMAL]}).encode()

    with pytest.raises(InvalidRequestError) as of_batch:
        await parse_batch(body, header_key=None, callback_hosts=(), may_override=False)
    with pytest.raises(InvalidRequestError) as of_checks:
        parse_checks(body)

    for refused in (of_batch, of_checks):
        assert 'did you mean "restores"?' in _said(refused, name)


@pytest.mark.parametrize("name", _PERSONS)
def test_a_person_by_another_name_is_told_user_at_every_door(name: str) -> None:
    """A restore, a scheduled one, a message and a guard each have one person, called user."""
    body = {"kind": "mailbox", name: "megan.bowen@contoso.com"}
    later = body | {"notBefore": "2026-11-23T07:00:00Z"}
    with pytest.raises(InvalidRequestError) as of_guard:
        parse_guard(json.dumps(body | {"act": "at-once"}).encode())

    meant = 'did you mean "user"?'
    assert meant in http_faults(body)[f"/{name}"]
    assert meant in http_faults(later)[f"/{name}"]
    assert meant in message_faults(body | {"version": 1})[f"/{name}"]
    assert meant in _said(of_guard, name)


def test_a_single_check_is_none_of_many_because_one_field_of_it_is_a_list() -> None:
    """Somebody who names the person means one check, whatever else stands there."""
    assert parse_checks(json.dumps(MINIMAL | {"items": []}).encode()) is None


@pytest.mark.parametrize("name", ["ids", "id", "items"])
def test_a_list_of_restores_to_retry_is_told_its_name(name: str) -> None:
    """The ids of a retry stand under restoreIds."""
    with pytest.raises(InvalidRequestError) as refused:
        parse_retries(json.dumps({name: ["0" * 32]}).encode())

    assert 'did you mean "restoreIds"?' in _said(refused, name)
