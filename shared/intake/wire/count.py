"""Count the values of a JSON text in its bytes, before any of them is built.

A value takes a byte or two to write and a hundred to hold, so a body of four megabytes could become
two million of them. The count costs less than reading them, and ends with the last one allowed.
"""

import re
from typing import Final

# A string, a comma, or the beginning of an object or array that is not empty: a document has one
# value, and one more for each comma and each such beginning that stands outside of strings. The
# possessive quantifiers keep no place to return to, so a long text costs no memory.
_TOKEN: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|,|[{\[]\s*+(?![}\]])', re.DOTALL)
_QUOTE: Final = ord('"')
_SEPARATORS: Final = (b",", b"{", b"[")


def has_more_values(body: bytes, most: int) -> bool:
    """Whether the JSON text in these bytes has more than `most` values, objects and arrays too.

    Of a text that is no JSON the answer says nothing, but it takes no longer.
    """
    if 1 + sum(map(body.count, _SEPARATORS)) <= most:
        # Those in strings counted as well: most requests need no closer look.
        return False
    values, strings = 1, 0
    for token in _TOKEN.finditer(body):
        if body[token.start()] == _QUOTE:
            # A value, or the name of one.
            strings += 1
        else:
            values += 1
        if max(values, strings // 2) > most:
            return True
    return False
