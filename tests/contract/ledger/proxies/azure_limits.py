"""Apply the limits of Azure Storage that its emulator lacks: what is refused, and how.

Source: Microsoft Learn, "Understanding the Table service data model" (sizes, properties, keys),
"Performing entity group transactions" (100 operations, 4 MiB), "Insert Entity (REST API)" and
"Table service error codes", "Scalability and performance targets for Queue storage" (64 KiB).
The sum of an entity: Microsoft's blog "How to estimate the size of a Table storage entity".
"""

import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote
from xml.etree import ElementTree as ET

KIB = 1024
MOST_ENTITY = KIB * KIB
MOST_PROPERTY = 64 * KIB
MOST_PROPERTIES = 252
MOST_KEY = KIB
MOST_OPERATIONS = 100
MOST_TRANSACTION = 4 * KIB * KIB
MOST_MESSAGE = 64 * KIB

type Refusal = tuple[int, str]
"""Status and error code."""

_KEYS = ("PartitionKey", "RowKey")
_NOT_IN_KEYS = re.compile(r"[/\\#?\x00-\x1f\x7f-\x9f]")
_OPERATION = re.compile(rb"^(POST|PUT|PATCH|MERGE|DELETE) http", re.MULTILINE)
_KEYS_IN_ADDRESS = re.compile(rb"\(PartitionKey='(.*?)',RowKey='(.*?)'\)")
_SYSTEM = {"PartitionKey", "RowKey", "Timestamp"}


def table_refusal(method: str, path: str, body: bytes) -> Refusal | None:
    """Why table storage would not take this request; None if it would."""
    if path.endswith("/$batch"):
        return _transaction_refusal(body)
    is_write = method in {"POST", "PUT", "PATCH", "MERGE"} and not path.endswith("/Tables")
    return _entity_refusal(body) if is_write and body else None


def queue_refusal(method: str, path: str, body: bytes) -> Refusal | None:
    """Why queue storage would not take this request; None if it would."""
    if method not in {"POST", "PUT"} or "/messages" not in path or not body:
        return None
    text = ET.fromstring(body).findtext("MessageText") or ""  # noqa: S314 - ours
    return (413, "RequestBodyTooLarge") if len(text.encode()) > MOST_MESSAGE else None


def _transaction_refusal(body: bytes) -> Refusal | None:
    if len(body) > MOST_TRANSACTION:
        return 413, "RequestBodyTooLarge"
    if len(_OPERATION.findall(body)) > MOST_OPERATIONS:
        return 400, "InvalidInput"
    keys = list(_keys_of(body))
    if len({partition for partition, _ in keys}) > 1:
        return 400, "CommandsInBatchActOnDifferentPartitions"
    if len(set(keys)) < len(keys):
        return 400, "InvalidDuplicateRow"
    refusals = (_entity_refusal(entity) for entity in _entities(body))
    return next((refusal for refusal in refusals if refusal is not None), None)


def _keys_of(body: bytes) -> Iterator[tuple[str, str]]:
    """The keys of the row that each operation is about: by its address, or of one to be added."""
    for operation in _OPERATION.split(body)[2::2]:
        address, _, rest = operation.partition(b"\r\n")
        named = _KEYS_IN_ADDRESS.search(address)
        if named is not None:
            yield unquote(named[1].decode()), unquote(named[2].decode())
        else:
            row = json.loads(next(_entities(rest)))
            yield row["PartitionKey"], row["RowKey"]


def _entities(body: bytes) -> Iterator[bytes]:
    """The JSON documents in a multipart body: each begins and ends a line."""
    for line in body.splitlines():
        if line.startswith(b"{") and line.endswith(b"}"):
            yield line


def _entity_refusal(body: bytes) -> Refusal | None:
    entity = json.loads(body)
    if not isinstance(entity, Mapping):
        return None
    values = {name: value for name, value in entity.items() if "@odata" not in name}
    for name in _KEYS:
        key = str(values.get(name, ""))
        if _NOT_IN_KEYS.search(key):
            return 400, "InvalidInput"
        if _utf16(key) > MOST_KEY:
            return 400, "PropertyValueTooLarge"
    if len(values.keys() - _SYSTEM) > MOST_PROPERTIES:
        return 400, "TooManyProperties"
    if any(_size(value) > MOST_PROPERTY for value in values.values()):
        return 400, "PropertyValueTooLarge"
    return (400, "EntityTooLarge") if _entity_size(values) > MOST_ENTITY else None


def _entity_size(values: Mapping[str, object]) -> int:
    keys = sum(_utf16(str(values.get(name, ""))) for name in _KEYS)
    rest = (item for item in values.items() if item[0] not in _SYSTEM)
    return 4 + keys + sum(8 + _utf16(name) + _size(value) for name, value in rest)


def _size(value: object) -> int:
    return _utf16(value) + 4 if isinstance(value, str) else 8


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass"))
