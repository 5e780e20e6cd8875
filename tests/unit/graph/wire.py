"""Run the real SDK over a wire held in memory: requests are kept, answers are queued."""

import json
from collections import deque
from collections.abc import Mapping
from typing import Any, Self

import httpx
from azure.core.credentials import AccessToken

from shared.graph.wire.client import GraphClient
from shared.graph.wire.http_answer import HttpAnswer

HOST = "graph.microsoft.com"
USER_ID = "8d1f6f0e-4c5b-4a37-9f0a-0b6a5f6c2d11"


class Credential:
    """A credential that always has a token, or always fails."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.scopes: list[str] = []
        self.is_closed = False
        self._failure = failure

    async def get_token(self, *scopes: str, **_: Any) -> AccessToken:
        """A token that never ends."""
        self.scopes += scopes
        if self._failure is not None:
            raise self._failure
        return AccessToken("secret", 2**33)

    async def close(self) -> None:
        """Note that it was closed."""
        self.is_closed = True

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class Wire:
    """Answers in the order queued; the last one is repeated. Each part of a batch takes one.

    `sent` are the requests as they came, `asked` the same with the parts in place of a batch.
    """

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.sent: list[httpx.Request] = []
        self.asked: list[httpx.Request] = []
        self._answers = deque(answers)

    def client(
        self, *, base_url: str = f"https://{HOST}/v1.0", credential: Credential | None = None
    ) -> GraphClient:
        """A Graph client over this wire."""
        return GraphClient(
            credential=credential or Credential(),
            wire=self,
            base_url=base_url,
            scope=f"https://{HOST}/.default",
        )

    async def send(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None
    ) -> HttpAnswer:
        """Answer as queued."""
        request = httpx.Request(method, url, headers=dict(headers), content=content)
        return answered(self._answer(request), request)

    async def close(self) -> None:
        """Nothing is open."""

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        if not request.url.path.endswith("/$batch"):
            return self._next(request)
        base = str(request.url).removesuffix("/$batch")
        rows = []
        for part in json.loads(request.content)["requests"]:
            url, headers = f"{base}{part['url']}", part.get("headers", {})
            rows.append(_row(part["id"], self._next(httpx.Request("GET", url, headers=headers))))
        # Graph answers parts in any order.
        return httpx.Response(200, json={"responses": rows[::-1]}, headers={"request-id": "whole"})

    def _next(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self._answers[0] if len(self._answers) == 1 else self._answers.popleft()
        if isinstance(answer, Exception):
            raise answer
        return answer


def answered(answer: httpx.Response, request: httpx.Request) -> HttpAnswer:
    """The answer as the wire gives it."""
    return HttpAnswer(answer.status_code, dict(answer.headers), request.url.path, answer.content)


def _row(part_id: str, answer: httpx.Response) -> dict[str, Any]:
    row = {"id": part_id, "status": answer.status_code, "headers": dict(answer.headers)}
    return {**row, "body": json.loads(answer.content)} if answer.content else row


def ok(body: object = None, **headers: str) -> httpx.Response:
    """A good answer; an empty object unless said otherwise."""
    return httpx.Response(200, json={} if body is None else body, headers=headers)


def page(*items: dict[str, Any], next_link: str | None = None) -> httpx.Response:
    """A page of a list."""
    link = {} if next_link is None else {"@odata.nextLink": next_link}
    return ok({"value": list(items), **link})


def refused(
    status: int, code: str = "", *, details: list[dict[str, str]] | None = None, **headers: str
) -> httpx.Response:
    """One of Graph's refusals."""
    error = {
        "code": code,
        "message": "No.",
        "details": details or [],
        "innerError": {"request-id": "inner-id", "date": "2026-11-22T12:00:00"},
    }
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, json={"error": error}, headers=named)


def body_of(request: httpx.Request) -> object:
    """The JSON that was sent."""
    return json.loads(request.content)
