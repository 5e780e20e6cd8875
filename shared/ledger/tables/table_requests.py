"""Write the requests of table storage: read, add, replace or delete one row, or read a page.

The SDK's generated builders spend more on each than the network does; the same few lines serve for
a row alone and for the parts of a transaction.
Source: Microsoft, "Table service REST API": Get, Insert, Insert Or Replace, Update and Delete
Entity, Query Entities; "Payload format for Table service operations" (texts, whole numbers of 32
bits and truth values need no type beside them, an instant does).
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import quote

from azure.core import MatchConditions
from azure.data.tables import UpdateMode
from pydantic_core import to_json

_JSON = "application/json;odata=nometadata"
_TYPED = "application/json;odata=minimalmetadata"
_ANY = {"Accept": _JSON, "DataServiceVersion": "3.0"}
_ADDING = {**_ANY, "Prefer": "return-no-content", "Content-Type": _JSON}
_PUTTING = {**_ANY, "Content-Type": _JSON}

# What `quote` changes nothing of, but for the two that stand in many keys.
_NEARLY_PLAIN = re.compile(r"[A-Za-z0-9_.~=@-]*")
_LARGEST = 2**31


class TableRequest(NamedTuple):
    """One request; the path begins behind the account's address."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


def reading(table: str, partition: str, row: str) -> TableRequest:
    """The request for one row; its ETag comes in the header."""
    headers = {"Accept": _TYPED, "DataServiceVersion": "3.0"}
    return TableRequest("GET", _path(table, partition, row), headers)


def filled(query: str, parameters: Mapping[str, object]) -> str:
    """The filter with its parameters, which are words that begin with `@`, in quotation marks.

    Raises:
        KeyError: there is no such parameter.
        TypeError: one is no text.
    """
    words = (
        _quoted(parameters[word[1:]]) if word.startswith("@") else word for word in query.split(" ")
    )
    return " ".join(words)


def querying(
    table: str, wanted: str, columns: Sequence[str], most: int | None, after: Mapping[str, str]
) -> TableRequest:
    """The request for a page of the rows that match, of all columns if none is named.

    `after`: as the page before this one told where it goes on; nothing for the first.
    """
    asked = {"$top": str(most or ""), "$select": ",".join(columns), "$filter": wanted, **after}
    query = "&".join(f"{name}={quote(text, safe='')}" for name, text in asked.items() if text)
    headers = {"Accept": _TYPED, "DataServiceVersion": "3.0"}
    return TableRequest("GET", f"/{table}()?{query}", headers)


def adding(table: str, row: Mapping[str, Any]) -> TableRequest:
    """The request that adds the row, which storage is not to send back."""
    return TableRequest("POST", f"/{table}", _ADDING, _body(row))


def putting(table: str, row: Mapping[str, Any], etag: str | None) -> TableRequest:
    """The request that puts the row in place of the one with this ETag; None: of whatever is there.

    Why a row is always replaced and never merged: nothing here writes a part of one.
    """
    headers = _PUTTING if etag is None else {**_PUTTING, "If-Match": etag}
    path = _path(table, row["PartitionKey"], row["RowKey"])
    return TableRequest("PUT", path, headers, _body(row))


def deleting(table: str, partition: str, row: str, etag: str | None) -> TableRequest:
    """The request that deletes the row with this ETag; None: whatever it says."""
    headers = {**_ANY, "If-Match": etag or "*"}
    return TableRequest("DELETE", _path(table, partition, row), headers)


def operation(table: str, asked: tuple[Any, ...]) -> TableRequest:
    """The request for an operation as the SDK's `submit_transaction` takes it.

    Raises:
        ValueError: nothing here asks for an operation of this kind; nothing was sent.
    """
    what, row, options = asked if len(asked) > 2 else (*asked, {})  # noqa: PLR2004 - see the SDK
    etag = _condition(options)
    match what, options.get("mode", UpdateMode.REPLACE):
        case "create", _:
            return adding(table, row)
        case "update", UpdateMode.REPLACE:
            return putting(table, row, etag or "*")
        case "upsert", UpdateMode.REPLACE:
            return putting(table, row, None)
        case "delete", _:
            return deleting(table, row["PartitionKey"], row["RowKey"], etag)
    raise ValueError(f"an operation that is not asked for here: {what} {options}")


def _condition(options: Mapping[str, Any]) -> str | None:
    """The ETag that the row has to have still; None: whatever is there is written over."""
    etag, condition = options.get("etag"), options.get("match_condition")
    if etag is None and condition is None:
        return None
    if etag and condition is MatchConditions.IfNotModified:
        return str(etag)
    msg = f"a condition that is not asked for here, or one without an ETag: {options}"
    raise ValueError(msg)


def _path(table: str, partition: str, row: str) -> str:
    return f"/{table}(PartitionKey='{_key(partition)}',RowKey='{_key(row)}')"


def _quoted(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a query is by texts: {value!r:.80}")
    doubled = value.replace("'", "''")
    return f"'{doubled}'"


def _key(text: str) -> str:
    if _NEARLY_PLAIN.fullmatch(text):
        return text.replace("=", "%3D").replace("@", "%40")
    return quote(text.replace("'", "''"), safe="")


def _body(row: Mapping[str, Any]) -> bytes:
    """The row as JSON; of properties that are None nothing is written.

    Raises:
        TypeError: a value of another kind, which nothing here writes.
    """
    if all(type(value) is str for value in row.values()):
        return _json(row)
    body: dict[str, object] = {}
    for name, value in row.items():
        match value:
            case bool() | str():
                body[name] = value
            case None:
                continue
            case datetime():
                at = value.astimezone(UTC).replace(tzinfo=None)
                body[name] = f"{at.isoformat(timespec='microseconds')}Z"
                body[f"{name}@odata.type"] = "Edm.DateTime"
            case int() if -_LARGEST <= value < _LARGEST:
                body[name] = value
            case _:
                raise TypeError(f"{name} cannot be written: {type(value).__name__} {value!r:.80}")
    return _json(body)


def _json(body: Mapping[str, object]) -> bytes:
    try:
        return to_json(body, ensure_ascii=True)
    except ValueError:
        # Half a surrogate pair, which is no UTF-8; as an escape it can be sent.
        return json.dumps(body, separators=(",", ":")).encode()
