"""Build the Graph client: identity, address and time-outs, and one way to send every request.

The SDK's builders make the requests; they are sent by `connections.py`. One call is one request:
the SDK would wait for minutes inside an invocation and send an effect again (kiota's RetryHandler
repeats a POST on 429, 503 and 504). The single exception is harmless: what was refused for its
token (401) had no effect, and is sent once more with a fresh one.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import batched
from typing import Any
from urllib.parse import urlsplit

import httpx
from azure.core.credentials_async import AsyncTokenCredential
from azure.identity.aio import ManagedIdentityCredential
from kiota_abstractions.authentication import AnonymousAuthenticationProvider
from kiota_abstractions.headers_collection import HeadersCollection
from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph.graph_service_client import GraphServiceClient

from shared import telemetry
from shared.domain.records.trace_id import trace_headers
from shared.errors import AnsweredError
from shared.graph.models.shapes import Shape
from shared.graph.models.tenant import Page
from shared.graph.wire import failed_calls
from shared.graph.wire.addresses import settle_address
from shared.graph.wire.batch import MOST_PARTS, answers_in, batch_request
from shared.graph.wire.clouds import host_of, settled
from shared.graph.wire.connections import Carrier, Connections
from shared.graph.wire.http_answer import HttpAnswer
from shared.graph.wire.together import Together

# The identity endpoint is on the same machine. One quick second try to connect covers its restart;
# more would hold up an invocation for what the next one does better. In seconds.
_IDENTITY_PATIENCE: dict[str, Any] = {
    "retry_total": 1,
    "retry_connect": 1,
    "retry_read": 0,
    "retry_status": 0,
    "retry_backoff_factor": 0.1,
    "connection_timeout": 2,
    "read_timeout": 5,
}

# 999 users are on the largest page; no tenant has a thousand such pages of hits for one name.
_MOST_PAGES = 1000

# No claims at all: whoever asks for some is given a token that was not kept. One of a managed
# identity lasts a day, and Graph may refuse it sooner. Source: azure-identity,
# managed_identity_client.py.
_ANEW = "{}"


@dataclass(frozen=True, slots=True)
class Answer[S: Shape]:
    """An answer of Graph, with the request id that Microsoft's support asks for."""

    value: S | None
    request_id: str | None


class GraphClient:
    """Sends requests made with `api`, one each; owns the connections and the credential."""

    def __init__(
        self, *, credential: AsyncTokenCredential, wire: Carrier, base_url: str, scope: str
    ) -> None:
        self.base_url = base_url
        self.scope = scope
        self._credential = credential
        self._renewing = asyncio.Lock()
        self._wire = wire
        parts = urlsplit(base_url)
        self._origin = f"{parts.scheme}://{parts.netloc}/"
        self.api = _builders(base_url)
        self._together = Together(self._batched)

    async def send[S: Shape](self, request: RequestInformation, shape: type[S]) -> Answer[S]:
        """Send one request, once; the value is None if the answer has no body.

        Raises:
            DirectoryError: shared/errors says of each kind whether the effect may have happened.
        """
        response = await self._response(request)
        value = failed_calls.read_body(response, shape) if response.has_body else None
        return Answer(value, failed_calls.request_id(response))

    async def batch(self, parts: Sequence[RequestInformation]) -> list[HttpAnswer]:
        """Send these reads as one request for each twenty; each answer is judged by `taken`.

        What the same restore asks for at the same moment goes with them.

        Raises:
            DirectoryError: nothing was learnt of any.
        """
        return await self._together.ask(parts)

    async def _batched(self, parts: Sequence[RequestInformation]) -> list[HttpAnswer]:
        if len(parts) == 1:
            return [await self._answer(parts[0])]
        answers: list[HttpAnswer] = []
        for some in batched(parts, MOST_PARTS, strict=False):
            answers += await self._answers(some)
        return answers

    async def _answers(self, parts: Sequence[RequestInformation]) -> list[HttpAnswer]:
        """The answers to up to twenty reads.

        Where Graph refuses the request as a whole, one of them may be the reason: each is asked
        alone then, and has an answer of its own.
        """
        try:
            response = await self._response(batch_request(self.base_url, parts))
        except AnsweredError:
            return [await self._answer(part) for part in parts]
        return answers_in(response, parts)

    async def _response(self, request: RequestInformation) -> HttpAnswer:
        response = await self._answer(request)
        if not response.is_success:
            raise failed_calls.refusal(response)
        return response

    async def _answer(self, request: RequestInformation) -> HttpAnswer:
        settle_address(request, self.base_url)
        token = await self._token_for(request.url)
        response = await self._sent(request, token)
        if token is not None and response.status == HTTPStatus.UNAUTHORIZED:
            response = await self._sent(request, await self._other_token(token))
        return response

    async def _sent(self, request: RequestInformation, token: str | None) -> HttpAnswer:
        headers = dict(trace_headers(telemetry.trace_id()))
        headers |= {name: ", ".join(texts) for name, texts in request.headers.get_all().items()}
        if token is not None:
            headers["authorization"] = f"Bearer {token}"
        method = request.http_method or Method.GET
        with failed_calls.translated():
            return await self._wire.send(method.value, request.url, headers, request.content)

    async def _token_for(self, url: str) -> str | None:
        """The token, which goes to no other host than Graph's."""
        return await self.token() if url.startswith(self._origin) else None

    async def _other_token(self, refused: str) -> str:
        """A token in place of one that was refused.

        A claims challenge that may have come with the refusal is not passed on: a managed identity
        has no other claims to give.
        """
        async with self._renewing:
            # Of many that are refused at once, the first fetches one for all.
            if await self.token() == refused:
                with failed_calls.translated():
                    await self._credential.get_token(self.scope, claims=_ANEW)
            return await self.token()

    async def read[S: Shape](self, request: RequestInformation, shape: type[S]) -> S:
        """Send one request whose answer has a body.

        Raises:
            DirectoryError: nothing was learnt.
        """
        answer = await self.send(request, shape)
        if answer.value is None:
            raise failed_calls.unreadable("no-body")
        return answer.value

    async def read_all[S: Shape](
        self, request: RequestInformation, page: type[Page[S]]
    ) -> AsyncIterator[S]:
        """Every item of a list, page after page.

        Raises:
            DirectoryError: nothing more was learnt, also if a page leads to another host.
        """
        first = await self.read(request, page)
        async for item in self.rest_of(first, request.headers, page):
            yield item

    async def read_all_together[S: Shape](
        self, request: RequestInformation, page: type[Page[S]]
    ) -> AsyncIterator[S]:
        """Every item of a list, the first page with what else is asked for at this moment.

        Raises:
            DirectoryError: nothing more was learnt, also if a page leads to another host.
        """
        [answer] = await self.batch([request])
        first = failed_calls.taken(answer, page)
        async for item in self.rest_of(first, request.headers, page):
            yield item

    async def rest_of[S: Shape](
        self, current: Page[S], headers: HeadersCollection, page: type[Page[S]]
    ) -> AsyncIterator[S]:
        """The items of a page that was read, and of all that follow it.

        Raises:
            DirectoryError: nothing more was learnt, also if a page leads to another host.
        """
        for more in reversed(range(_MOST_PAGES)):
            if current.value is None:
                raise failed_calls.unreadable("page-without-list")
            for item in current.value:
                yield item
            if current.next_link is None:
                return
            if more == 0:
                break
            current = await self.read(self.following(current.next_link, headers), page)
        raise failed_calls.unreadable("too-many-pages")

    def at(self, link: str) -> RequestInformation:
        """The request for a page that a link of Graph's leads to.

        Raises:
            OutcomeUnknownError: it leads to another host; nothing was sent.
        """
        headers = HeadersCollection()
        headers.add("Accept", "application/json")
        return self.following(link, headers)

    async def token(self) -> str:
        """The access token that requests are sent with; it is a secret.

        Raises:
            NotSentError: the identity gave none.
        """
        with failed_calls.translated():
            return (await self._credential.get_token(self.scope)).token

    async def close(self) -> None:
        """Close the connections and the credential."""
        await self._wire.close()
        await self._credential.close()

    def following(self, link: str, headers: HeadersCollection) -> RequestInformation:
        """The request for a link of Graph's own, sent with these headers.

        Raises:
            OutcomeUnknownError: the link leads to another host; no token is sent there.
        """
        self._check_host(link)
        request = RequestInformation(Method.GET)
        request.url = link
        request.headers = headers
        return request

    def _check_host(self, link: str) -> None:
        if not link.startswith(self._origin):
            raise failed_calls.unreadable(f"link-to {urlsplit(link).netloc}")


def build_client(*, cloud: str, base_url: str | None, client_id: str | None) -> GraphClient:
    """A client with the managed identity; nothing is sent yet. The caller closes it.

    `base_url` stands in for the cloud's own address, with or without `/v1.0`; tokens are still
    asked for the cloud. `client_id` names a user-assigned identity.

    Raises:
        ConfigurationError: no such cloud, or a `base_url` to which no token may be sent.
    """
    host = host_of(cloud)
    address = settled(base_url) if base_url else f"https://{host}/v1.0"
    credential = ManagedIdentityCredential(client_id=client_id, **_IDENTITY_PATIENCE)
    return GraphClient(
        credential=credential,
        wire=Connections(),
        base_url=address,
        scope=f"https://{host}/.default",
    )


def _builders(base_url: str) -> GraphServiceClient:
    """The SDK's builders of requests; what they would send by themselves cannot be sent."""
    nothing = httpx.AsyncClient(transport=httpx.AsyncBaseTransport())
    adapter = GraphRequestAdapter(AnonymousAuthenticationProvider(), client=nothing)
    api = GraphServiceClient(request_adapter=adapter)
    # The constructor above puts the global cloud's address into an adapter that has none yet.
    adapter.base_url = base_url
    return api
