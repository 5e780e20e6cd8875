"""Say in our own words where a text stops being JSON, with the line and the column.

Nothing of the text is told but a quotation mark: it may hold secrets.
"""

import json
import re
from typing import Final

from shared.domain.text import Text, text

# Quotation marks of other languages and programs, which word processors and shells put in place of
# the one that JSON knows. Source: RFC 8259, section 7; Unicode, "Quotation Marks".
_OTHER_QUOTES: Final = frozenset(
    "'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb"
)

# What `Invoke-RestMethod` and curl make of a table or of fields, and PowerShell of an object that
# is put into a text. Source: Microsoft Learn, "Invoke-RestMethod", -Body; curl(1), --data.
_OF_A_TOOL = re.compile(r"\s*(System\.Collections\.|@\{|[\w.%$-]+=)")


def not_json(error: json.JSONDecodeError) -> Text:
    """What is wrong at the place where reading stopped."""
    line, column = error.lineno, error.colno
    found = error.doc[error.pos : error.pos + 1]
    if found in _OTHER_QUOTES:
        return text("fault", "wrong-quotes", found=found, line=line, column=column)
    if _OF_A_TOOL.match(error.doc):
        return text("fault", "json-form")
    if error.doc.lstrip()[:1] not in {"{", "[", '"'} and error.msg.startswith("Expecting value"):
        return text("fault", "json-no-beginning", line=line, column=column)
    is_missing = error.msg.startswith("Expecting ")
    if is_missing and not error.doc[error.pos :].strip():
        return text("fault", "json-cut-off", line=line, column=column)
    if is_missing:
        return _expecting(error, found)
    return _misplaced(error)


def _expecting(error: json.JSONDecodeError, found: str) -> Text:
    """Something is missing here, or something else stands in its place."""
    line, column = error.lineno, error.colno
    if found.isalpha() or found == "_":
        return text("fault", "unquoted", line=line, column=column)
    match error.msg:
        case "Expecting value":
            return text("fault", "json-no-value", line=line, column=column)
        case "Expecting ',' delimiter":
            return text("fault", "json-no-comma", line=line, column=column)
        case "Expecting ':' delimiter":
            return text("fault", "json-no-colon", line=line, column=column)
        case "Expecting property name enclosed in double quotes":
            return text("fault", "json-no-name", line=line, column=column)
    return text("fault", "not-json", line=line, column=column)


def _misplaced(error: json.JSONDecodeError) -> Text:
    """Something stands here that may not. The reader's own words end with a reason or a comma."""
    line, column, said = error.lineno, error.colno, error.msg
    if said.startswith("Illegal trailing comma"):
        return text("fault", "json-last-comma", line=line, column=column)
    if said.startswith("Unterminated string"):
        return text("fault", "json-open-text", line=line, column=column)
    if said.startswith("Invalid control character"):
        return text("fault", "json-control", line=line, column=column)
    if said.startswith("Invalid \\"):
        return text("fault", "json-escape", line=line, column=column)
    if said.startswith("Extra data"):
        return text("fault", "json-more", line=line, column=column)
    return text("fault", "not-json", line=line, column=column)
