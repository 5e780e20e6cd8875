"""What a failure means for the effect: every kind of failure, through the SDK's own code."""

from collections.abc import Awaitable, Callable

import aiohttp
import httpx
import pytest
from aiohttp import client_exceptions
from aiohttp.client_reqrep import ConnectionKey
from azure.core.exceptions import (
    ClientAuthenticationError,
    HttpResponseError,
    ServiceRequestError,
    ServiceResponseTimeoutError,
)
from azure.identity import CredentialUnavailableError
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from shared.domain.person import Person
from shared.errors import (
    AnsweredError,
    DirectoryError,
    NotSentError,
    OutcomeUnknownError,
    ThrottledError,
)
from shared.graph.audit_log import GraphAuditLog
from shared.graph.effects import GraphEffects
from shared.graph.people import GraphPeople
from shared.graph.tenant import GraphTenant
from shared.graph.wire.client import GraphClient
from shared.graph.wire.connections import AnswerLostError
from tests.builders import NOW
from tests.unit.graph.wire import HOST, USER_ID, Credential, Wire, ok, refused

_URL = URL(f"https://{HOST}/v1.0/users")
_KEY = ConnectionKey(HOST, 443, True, True, None, None, None)  # noqa: FBT003 - aiohttp's own record
_INFO = aiohttp.RequestInfo(_URL, "POST", CIMultiDictProxy(CIMultiDict()), _URL)

CONCURRENCY = "Directory_ConcurrencyViolation"


async def _restore(wire: Wire, credential: Credential | None = None) -> None:
    client = wire.client(credential=credential)
    await GraphEffects(client).restore_user(USER_ID, new_upn=None, drop_addresses=False)


async def _failure(wire: Wire, credential: Credential | None = None) -> DirectoryError:
    with pytest.raises(DirectoryError) as raised:
        await _restore(wire, credential)
    return raised.value


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (aiohttp.ClientConnectorError(_KEY, OSError("refused")), NotSentError),
        (aiohttp.ClientConnectorDNSError(_KEY, OSError("no such name")), NotSentError),
        (aiohttp.ClientConnectorCertificateError(_KEY, ValueError("self-signed")), NotSentError),
        (aiohttp.ClientConnectorSSLError(_KEY, OSError("no handshake")), NotSentError),
        (aiohttp.ConnectionTimeoutError("slow, or none was free"), NotSentError),
        (aiohttp.InvalidUrlClientError("what"), NotSentError),
        (aiohttp.NonHttpUrlClientError("ftp"), NotSentError),
        (AnswerLostError("reset"), OutcomeUnknownError),
        (aiohttp.SocketTimeoutError("silence"), OutcomeUnknownError),
        (aiohttp.ServerTimeoutError("silence"), OutcomeUnknownError),
        (aiohttp.ServerDisconnectedError(), OutcomeUnknownError),
        (aiohttp.ClientConnectionResetError("stuck"), OutcomeUnknownError),
        (aiohttp.ClientOSError(104, "reset"), OutcomeUnknownError),
        (aiohttp.ClientPayloadError("half an answer"), OutcomeUnknownError),
        (aiohttp.ClientResponseError(_INFO, ()), OutcomeUnknownError),
        (aiohttp.ClientConnectionError("closed"), OutcomeUnknownError),
        (TimeoutError("long"), OutcomeUnknownError),
        (OSError("what"), OutcomeUnknownError),
    ],
)
async def test_a_failure_of_the_wire_says_whether_the_request_was_sent(
    error: Exception, expected: type[DirectoryError]
) -> None:
    """Before the first byte: not sent. After: nobody knows. One attempt, and the cause is kept."""
    wire = Wire(error)

    failure = await _failure(wire)
    assert type(failure) is expected
    assert failure.__cause__ is error
    assert len(wire.sent) == 1


def test_every_exception_of_aiohttp_is_known() -> None:
    """A new kind in a new aiohttp would be an unknown outcome, and should be looked at.

    Besides those above: of proxies, redirects, web sockets, fingerprints, sockets of this machine
    uploads and types of content, which are not asked for.
    """
    known = (
        "ClientConnectionError ClientConnectionResetError ClientConnectorCertificateError "
        "ClientConnectorDNSError ClientConnectorError ClientConnectorSSLError ClientError "
        "ClientHttpProxyError ClientOSError ClientPayloadError ClientProxyConnectionError "
        "ClientResponseError ClientSSLError ConnectionTimeoutError ContentTypeError "
        "InvalidURL InvalidUrlClientError InvalidUrlRedirectClientError NonHttpUrlClientError "
        "NonHttpUrlRedirectClientError RedirectClientError ServerConnectionError "
        "ServerDisconnectedError ServerFingerprintMismatch ServerTimeoutError "
        "SocketTimeoutError TooManyRedirects UnixClientConnectorError "
        "UploadAbortedError WSServerHandshakeError"
    )

    found = {
        name
        for name in dir(client_exceptions)
        if isinstance(kind := getattr(client_exceptions, name), type)
        and issubclass(kind, aiohttp.ClientError)
    }
    assert found == set(known.split())


@pytest.mark.parametrize(
    "error",
    [
        CredentialUnavailableError("no identity here"),
        ClientAuthenticationError("wrong client id"),
        ServiceRequestError("connection refused"),
        ServiceResponseTimeoutError("no answer"),
        HttpResponseError("500 from the identity endpoint"),
    ],
)
async def test_no_token_is_not_sent(error: Exception) -> None:
    """Without a token nothing reaches Graph."""
    wire = Wire(ok())

    failure = await _failure(wire, Credential(error))
    assert type(failure) is NotSentError
    assert wire.sent == []


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (400, "Request_BadRequest", AnsweredError),
        (401, "InvalidAuthenticationToken", NotSentError),
        (403, "Authorization_RequestDenied", AnsweredError),
        (404, "Request_ResourceNotFound", AnsweredError),
        (408, "RequestTimeout", OutcomeUnknownError),
        (409, "Request_BadRequest", AnsweredError),
        (409, CONCURRENCY, NotSentError),
        (400, CONCURRENCY, AnsweredError),
        (412, "Request_BadRequest", AnsweredError),
        (423, "Locked", AnsweredError),
        (429, "TooManyRequests", ThrottledError),
        (429, "", ThrottledError),
        (500, "InternalServerError", OutcomeUnknownError),
        (502, "BadGateway", OutcomeUnknownError),
        (503, "serviceNotAvailable", OutcomeUnknownError),
        (503, CONCURRENCY, NotSentError),
        (504, "GatewayTimeout", OutcomeUnknownError),
        (504, CONCURRENCY, OutcomeUnknownError),
        (302, "", OutcomeUnknownError),
        (307, "", OutcomeUnknownError),
    ],
)
async def test_an_answer_is_classified_by_status_and_code(
    status: int, code: str, expected: type[DirectoryError]
) -> None:
    """The status decides, with the code where one status has two meanings.

    Sent once, always, but for what was refused for its token: that had no effect.
    """
    wire = Wire(refused(status, code, location="https://elsewhere.example/"))

    failure = await _failure(wire)
    assert type(failure) is expected
    assert len(wire.sent) == (2 if status == 401 else 1)


async def test_a_concurrency_violation_may_hide_in_the_details() -> None:
    """The code is looked for in both places where Graph writes codes."""
    details = [{"code": CONCURRENCY, "target": ""}]

    assert type(await _failure(Wire(refused(409, "Request_BadRequest", details=details)))) is (
        NotSentError
    )


async def test_an_answered_no_keeps_graphs_own_words() -> None:
    """Status, code, message, details and the request id, for whoever has to explain it."""
    details = [{"code": "ObjectConflict", "target": "userPrincipalName", "message": "Taken."}]
    answer = refused(400, "Request_BadRequest", details=details, request_id="header-id")

    failure = await _failure(Wire(answer))
    assert isinstance(failure, AnsweredError)
    assert (failure.status, failure.code, failure.message) == (400, "Request_BadRequest", "No.")
    assert failure.details == (("ObjectConflict", "userPrincipalName"),)
    assert failure.request_id == "header-id"


async def test_the_request_id_is_also_in_the_body() -> None:
    """Where a proxy has eaten the header."""
    failure = await _failure(Wire(refused(400, "Request_BadRequest")))

    assert isinstance(failure, AnsweredError)
    assert failure.request_id == "inner-id"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(404, html="<h1>Not here</h1>"),
        httpx.Response(404, text="", headers={"content-type": "application/json"}),
        httpx.Response(404, text="{", headers={"content-type": "application/json"}),
        httpx.Response(404, json=[]),
        httpx.Response(404, json={"error": "text"}),
        httpx.Response(404, json={"error": {"code": 7, "details": "none", "innerError": []}}),
    ],
)
async def test_a_refusal_that_is_not_graphs_is_marked(answer: httpx.Response) -> None:
    """The status still tells that nothing was done; the code tells that Graph did not say it."""
    failure = await _failure(Wire(answer))

    assert isinstance(failure, AnsweredError)
    assert (failure.status, failure.code) == (404, "unreadable-answer")


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<h1>Welcome</h1>"),
        httpx.Response(200, content=b"{}"),
        httpx.Response(200, text='{"id": ', headers={"content-type": "application/json"}),
        httpx.Response(200, content=b"\xff\xfe", headers={"content-type": "application/json"}),
        httpx.Response(200, text="[" * 100_000, headers={"content-type": "application/json"}),
        httpx.Response(200, json={"id": USER_ID, "proxyAddresses": 7}),
        httpx.Response(200, json={"id": USER_ID, "deletedDateTime": "2026-11-22T12:00:00"}),
    ],
)
async def test_a_good_answer_that_makes_no_sense_is_an_unknown_outcome(
    answer: httpx.Response,
) -> None:
    """The status says done, the body says nothing: look before anything else."""
    assert type(await _failure(Wire(answer))) is OutcomeUnknownError


@pytest.mark.parametrize(
    "call",
    [
        lambda client: GraphPeople(client).active(USER_ID),
        lambda client: GraphPeople(client).deleted(USER_ID),
        lambda client: GraphPeople(client).ids("m@x"),
        lambda client: GraphPeople(client).conflicts(Person(USER_ID, "m@x"), also_upn=None),
        lambda client: GraphTenant(client).skus(),
        lambda client: GraphTenant(client).roles_held(USER_ID, is_deleted=False),
        lambda client: GraphTenant(client).group(USER_ID, USER_ID),
        lambda client: GraphAuditLog(client).changes_since(NOW),
        lambda client: GraphTenant(client).mailbox(USER_ID),
    ],
)
@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refused(429, "TooManyRequests"), ThrottledError),
        (aiohttp.ClientConnectorError(_KEY, OSError("refused")), NotSentError),
        (refused(503, "serviceNotAvailable"), OutcomeUnknownError),
    ],
)
async def test_no_read_takes_a_failure_for_an_answer(
    call: Callable[[GraphClient], Awaitable[object]],
    answer: httpx.Response | Exception,
    expected: type[DirectoryError],
) -> None:
    """Also those that answer None where Graph will not say."""
    with pytest.raises(expected):
        await call(Wire(answer).client())
