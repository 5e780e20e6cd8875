"""Write the body of a transaction of table storage, and take the answer to it apart, on bytes.

Source: Microsoft, "Performing entity group transactions" (the format, and that of several
operations the first that fails is answered alone).
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from shared.ledger.tables.table_requests import TableRequest

_END = b"\r\n"
_PART = b"Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"
# JSON has no line end inside a text, so that neither of these is ever in an operation's own body.
_STATUS = re.compile(rb"\r\n\r\nHTTP/1\.[01] (\d{3})")
_ETAG = re.compile(rb"\r\netag:([^\r\n]*)", re.IGNORECASE)


class OperationAnswer(NamedTuple):
    """The answer to one operation of a transaction; the ETag is empty if it came without."""

    status: int
    etag: str
    body: bytes


def written(operations: Iterable[TableRequest], at: str, mark: str) -> bytes:
    """The body of the transaction: one change set, of which all is done or nothing."""
    batch, change_set = f"--batch_{mark}".encode(), f"changeset_{mark}"
    lines = [batch, f"Content-Type: multipart/mixed; boundary={change_set}".encode(), b""]
    between = f"--{change_set}".encode()
    for number, asked in enumerate(operations):
        first = f"Content-ID: {number}\r\n\r\n{asked.method} {at}{asked.path} HTTP/1.1"
        lines += (between, _PART + first.encode(), _head(tuple(asked.headers.items())), asked.body)
    lines += [between + b"--", batch + b"--", b""]
    return _END.join(lines)


def parts_of(body: bytes) -> list[OperationAnswer]:
    """The answers to the operations, in the order in which they were sent.

    Raises:
        ValueError, IndexError: it is no such answer.
    """
    parts = _raw_parts(body)
    statuses, etags = _STATUS.findall(body), _ETAG.findall(body)
    if len(parts) == len(statuses) == len(etags) and all(one.startswith(b"2") for one in statuses):
        # Each has an ETag: rows were added or replaced, and nothing else is told of them.
        return [
            OperationAnswer(int(status), etag.strip().decode(), b"")
            for status, etag in zip(statuses, etags, strict=True)
        ]
    return [_part(raw) for raw in parts]


@lru_cache(64)
def _head(headers: tuple[tuple[str, str], ...]) -> bytes:
    """The headers of an operation, which many have in common, and the line end behind them."""
    return "".join(f"{name}: {text}\r\n" for name, text in headers).encode()


def _raw_parts(body: bytes) -> list[bytes]:
    """The parts of the change set, each from its own headers on."""
    _, _, rest = body.partition(b"boundary=")
    mark, _, rest = rest.partition(_END)
    return rest.split(b"--" + mark.strip(b'"'))[1:-1]


def _part(raw: bytes) -> OperationAnswer:
    _, _, answer = raw.partition(_END * 2)
    head, _, body = answer.partition(_END * 2)
    first, _, _ = head.partition(_END)
    etag = _ETAG.search(head)
    text = etag[1].strip().decode() if etag is not None else ""
    return OperationAnswer(int(first.split(b" ", 2)[1]), text, body)
