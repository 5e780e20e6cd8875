"""Write down that a person was erased, where nobody can write it later on.

The bytes of its hash are written out in infra/trail/README.md.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from shared.domain.records.chain import canonical
from shared.domain.requests.request import Door, RequestedBy
from shared.domain.requests.roles import Role
from shared.domain.values.json_values import Json, instant
from shared.errors import UnreadableTextError

ERASURES: Final = "erasures/"
"""How the names of the blobs of erasures begin."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """Who was erased, when and on whose order; the entries `erased` bear the same instant."""

    user_id: str
    at: datetime
    by: RequestedBy
    """Without a name."""
    hash: str = ""

    @property
    def id(self) -> str:
        """Its id, by which erasures sort as they came."""
        return f"{self.at.astimezone(UTC):%Y%m%dT%H%M%S%f}-{self.user_id}"


def erasure_of(user_id: str, by: RequestedBy, at: datetime) -> Erasure:
    """The erasure of a person on this caller's order."""
    erasure = Erasure(user_id, at, replace(by, name=None))
    return replace(erasure, hash=hashlib.sha256(canonical(_hashed(erasure))).hexdigest())


def erasure_blob(erasure: Erasure) -> str:
    """The name of the blob of an erasure."""
    return f"{ERASURES}{erasure.id}.json"


def encode_erasure(erasure: Erasure) -> bytes:
    """The erasure as the bytes of its blob."""
    return canonical({**_hashed(erasure), "hash": erasure.hash})


def decode_erasure(content: bytes) -> Erasure:
    """The erasure of a blob.

    Raises:
        UnreadableTextError: it is none.
    """
    try:
        plain = json.loads(content)
        by = plain["by"]
        roles = tuple(Role(role) for role in by["roles"])
        asked_by = RequestedBy(Door(by["door"]), None, by["id"], roles)
        at = datetime.fromisoformat(plain["at"]).astimezone(UTC)
        return Erasure(plain["userId"], at, asked_by, plain["hash"])
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise UnreadableTextError("an erasure is damaged, or of another release") from error


def proof_of_erasure(erasure: Erasure) -> Json:
    """What goes into the hash of an erasure, apart from when, by whom and the hash before."""
    return {"erasureId": erasure.id, "userId": erasure.user_id}


def plain_by(by: RequestedBy) -> Json:
    """Whoever ordered it, as it goes into the hash."""
    roles = [role.value for role in by.roles]
    return {"door": by.door.value, "id": by.id, "name": by.name, "roles": roles}


def _hashed(erasure: Erasure) -> Json:
    at, by = instant(erasure.at), plain_by(erasure.by)
    return {**proof_of_erasure(erasure), "at": at, "by": by, "previousHash": None}
