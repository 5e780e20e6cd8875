"""Chain the journal of a restore: each entry carries the hash of the one before.

What goes into a hash is written out byte for byte in infra/trail/README.md, and
infra/trail/check_trail.py computes it a second time, by itself.

Personal values, which are the name of who did something and the parameters of a text, go in as
salted digests: they can be taken out of an entry, and its hash stands.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from shared.domain.records.links import Head, Link, Seal
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.text import Param, Text
from shared.domain.values.json_values import Json, instant

type Salts = Callable[[], str]
"""Gives a new salt each time: 32 random bytes in hex."""

ERASED: Final = "erased"
"""What the entry says that is written when personal values are taken out of a journal."""

# Entries that tell of a decision. Those of a step do, too: each step is taken on that evidence.
_DECISIONS: Final = frozenset({"planned", "settled", "refused", "approved", "rejected"})


def chained(
    record: Record, head: Head, entries: Iterable[JournalEntry], salts: Salts
) -> Iterator[tuple[JournalEntry, Head]]:
    """Each entry linked to the one before, and the head of the chain after it.

    `record` is the one that is written together with them.
    """
    for entry in entries:
        link = Link(
            restore_id=record.id,
            number=head.number + 1,
            attempt=record.attempts,
            evidence=_evidence(record, entry),
            previous_hash=head.hash,
            hash="",
            name=_sealed(_name(entry), salts),
            params=_sealed(_params(entry), salts),
        )
        hash_ = link_hash(replace(entry, link=link))
        head = Head(link.number, hash_, entry.at)
        yield replace(entry, link=replace(link, hash=hash_)), head


def link_hash(entry: JournalEntry) -> str:
    """The hash of an entry that has a link: 64 hex digits; the link's own is not looked at."""
    return hashlib.sha256(canonical(_hashed(entry))).hexdigest()


def canonical(value: object) -> bytes:
    """The one way in which a value is written before it is hashed: JSON in ASCII, keys sorted."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def digest_of(salt: str, value: object) -> str:
    """The digest of a personal value under its salt: HMAC-SHA-256, 64 hex digits."""
    return hmac.new(bytes.fromhex(salt), canonical(value), hashlib.sha256).hexdigest()


def without_personal(
    entry: JournalEntry, *, name: bool = True, params: bool = True
) -> JournalEntry:
    """The entry without the name, the parameters and their salts; its hash stays true."""
    link, by, detail = entry.link, entry.by, entry.detail
    if name:
        by = by and replace(by, name=None)
        link = link and replace(link, name=_emptied(link.name))
    if params:
        detail = detail and Text(detail.code, detail.variant)
        link = link and replace(link, params=_emptied(link.params))
    return replace(entry, by=by, detail=detail, link=link)


def plain_params(params: Iterable[tuple[str, Param]]) -> Json:
    """The parameters of a text as JSON values; a text among them with its code and its own."""
    return {name: _plain(value) for name, value in params}


def _plain(value: Param) -> object:
    match value:
        case Text():
            params = plain_params(value.params)
            return {"code": value.code, "variant": value.variant, "params": params}
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value


def _hashed(entry: JournalEntry) -> Json:
    link, by, detail = entry.link, entry.by, entry.detail
    if link is None:
        msg = "an entry that was never written has no hash"
        raise ValueError(msg)
    return {
        "at": instant(entry.at),
        "attempt": link.attempt,
        "by": by
        and {
            "door": by.door.value,
            "id": by.id,
            "name": link.name and link.name.digest,
            "roles": [role.value for role in by.roles],
        },
        "detail": detail
        and {
            "code": detail.code,
            "params": link.params and link.params.digest,
            "variant": detail.variant,
        },
        "evidence": link.evidence,
        "graphRequestId": entry.graph_request_id,
        "number": link.number,
        "previousHash": link.previous_hash,
        "restoreId": link.restore_id,
        "step": entry.step and entry.step.value,
        "what": entry.event,
    }


def _evidence(record: Record, entry: JournalEntry) -> str | None:
    decides = entry.step is not None or entry.event in _DECISIONS
    if not decides or record.window is None:
        return None
    return record.window.evidence.value


def _name(entry: JournalEntry) -> str | None:
    return None if entry.by is None else entry.by.name


def _params(entry: JournalEntry) -> Json | None:
    return plain_params(entry.detail.params) if entry.detail and entry.detail.params else None


def _sealed(value: object, salts: Salts) -> Seal | None:
    if value is None:
        return None
    salt = salts()
    return Seal(digest_of(salt, value), salt)


def _emptied(seal: Seal | None) -> Seal | None:
    return seal and replace(seal, salt=None)
