"""Read the query of a journal, and write that of its next page."""

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from shared.domain.lists.journal import JournalQuery
from shared.domain.text import text
from shared.errors import InvalidRequestError
from shared.intake.paging import decode_token, encode_token, page_faults, strangers

# Of a journal; each entry takes about 300 bytes.
MOST_ENTRIES = 999

_KNOWN = frozenset({"top", "skipToken"})
_PLACE = re.compile(r"journal-([0-9]{1,9})")
_LONGEST_TOKEN = 40


def parse_journal_query(given: Mapping[str, str]) -> JournalQuery:
    """The part of a journal that is asked for; an empty parameter is as good as left out.

    Raises:
        InvalidRequestError: with every fault; the pointer is the name of the parameter.
    """
    values = {name: value for name, value in given.items() if value or name not in _KNOWN}
    wrong_page = page_faults(values, lambda token: _place(token) is not None, most=MOST_ENTRIES)
    elsewhere = text("fault", "restores-of-one")
    faults = (*strangers(values, _KNOWN, of_a_person=elsewhere), *wrong_page)
    if faults:
        raise InvalidRequestError(faults)
    top = int(values.get("top", JournalQuery().top))
    return JournalQuery(top, _place(values.get("skipToken", "")) or 0)


def next_journal_query(query: JournalQuery) -> str:
    """The query string of the page after this one."""
    token = encode_token(f"journal-{query.skip + query.top}")
    return urlencode({"top": query.top, "skipToken": token})


def _place(token: str) -> int | None:
    match = _PLACE.fullmatch(decode_token(token, longest=_LONGEST_TOKEN) or "")
    return None if match is None else int(match[1])
