"""Define a call, an answer, and Graph's error envelope."""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any

from infra.local.graph.tenant.clock import iso_seconds

type Json = dict[str, Any]

JSON_TYPE = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"  # noqa: E501


@dataclass(frozen=True, slots=True)
class Call:
    """One Graph request, from the network or as part of a batch."""

    method: str
    path: str  # after /v1.0, decoded and in canonical form
    query: Mapping[str, str]  # lower-case keys without the dollar sign
    query_text: str  # as sent
    headers: Mapping[str, str]  # lower-case keys
    body: bytes
    base_url: str  # http://host:port/v1.0
    params: Mapping[str, str] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    request_id: str = ""

    @property
    def target(self) -> str:
        """Answer the path with its query, as the log shows it."""
        return f"{self.path}?{self.query_text}" if self.query_text else self.path

    @property
    def eventual(self) -> bool:
        """Tell whether the caller accepts the index (`ConsistencyLevel: eventual`)."""
        return self.headers.get("consistencylevel", "").lower() == "eventual"


@dataclass(slots=True)
class Answer:
    """What goes back: a JSON document, a plain text, or nothing."""

    status: int = 200
    body: Json | None = None
    headers: dict[str, str] = field(default_factory=dict)
    text: str | None = None
    content_type: str = JSON_TYPE
    truncated: bool = False


class GraphError(Exception):
    """A refusal in Graph's words."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        details: list[Json] | None = None,
        headers: dict[str, str] | None = None,
        inner: Json | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        self.headers = headers or {}
        self.inner = inner or {}

    def answer(self, *, request_id: str, client_request_id: str, at: datetime) -> Answer:
        """Put the refusal into Graph's envelope.

        Source: Microsoft "Combine multiple HTTP requests using JSON batching";
        `details`: microsoft-graph-docs issue 1508.
        """
        error: Json = {"code": self.code, "message": self.message}
        if self.details:
            error["details"] = self.details
        error["innerError"] = {
            **self.inner,
            "date": iso_seconds(at)[:-1],
            "request-id": request_id,
            "client-request-id": client_request_id,
        }
        return Answer(self.status, {"error": error}, dict(self.headers))


class ConnectionDroppedError(Exception):
    """The connection is to be cut without an answer (a fault was asked for)."""


class HangError(Exception):
    """The call is to stay without an answer until the caller goes away."""


def words(text: str) -> frozenset[str]:
    """Answer the words of a text, for long lists of names."""
    return frozenset(text.split())


def new_guid() -> str:
    """Answer a fresh random GUID."""
    return str(uuid.UUID(bytes=secrets.token_bytes(16), version=4))


def bad_request(message: str, *, details: list[Json] | None = None) -> GraphError:
    """Answer the directory's usual 400."""
    return GraphError(HTTPStatus.BAD_REQUEST, "Request_BadRequest", message, details=details)


def unsupported(message: str) -> GraphError:
    """Answer the 400 for a query the directory does not run."""
    return GraphError(HTTPStatus.BAD_REQUEST, "Request_UnsupportedQuery", message)


def not_found(name: str) -> GraphError:
    """Answer the 404 for an object that is not there.

    Source of the message: msgraph-sdk-powershell issue 987. That a restore answers with this
    code and status is not confirmed by a source.
    """
    return GraphError(
        HTTPStatus.NOT_FOUND,
        "Request_ResourceNotFound",
        f"Resource '{name}' does not exist or one of its queried "
        "reference-property objects are not present.",
    )
