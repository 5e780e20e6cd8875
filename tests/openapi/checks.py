"""Check every answer for what the API promises beyond its description, for schemathesis.

Named in `schemathesis.toml`. A check is true to the contract where that says more, or other, than
a schema can.
"""

from typing import Any, Final

import schemathesis
from schemathesis import Case, CheckContext, GenerationMode, HookContext, Response
from schemathesis.core.failures import AcceptedNegativeData, Failure

from shared.texts.reader import Language
from shared.texts.render import catalogue, parts_of

# Contract, section 2: codes are stable. Storage and Graph are there and well in these runs, so the
# one thing that may have to be tried again is a restore that is changing at that very moment.
_CODES: Final = {
    400: {"invalid-request"},
    401: {"not-signed-in"},
    403: {"role-missing"},
    404: {
        "restore-not-found",
        "batch-not-found",
        "guard-not-found",
        "subscription-not-found",
    },
    409: {"key-reused", "not-cancellable", "not-retryable", "not-undoable"},
    413: {"body-too-large"},
    415: {"wrong-content-type"},
    429: {"too-many"},
    503: {"busy"},
}

# The methods that functions can take; the Functions host answers any other itself, with 404.
_METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})

# Optional fields with a format or a pattern, which an empty text does not have.
_LEFT_OUT: Final = (
    "callbackUrl",
    "idempotencyKey",
    "license",
    "licenseRemovedAt",
    "newUserPrincipalName",
    "notBefore",
)

# Why a request that its schema allows may be refused all the same: what no schema can say.
_REASONS: Final = (
    # Another field, or the header beside it.
    "fault/rename-without-name",
    "fault/name-without-rename",
    "fault/filter-without-effect",
    "fault/names-no-license",
    "fault/all-alone",
    "fault/header-key-differs",
    "fault/same-key",
    # The caller's roles: an item of a batch that needs one more is a bad item.
    "fault/override",
    # Settings, and tokens of the service's own.
    "fault/host-not-allowed",
    "fault/no-token",
    # The blanks around a name are taken off, and nothing is left.
    "fault/empty",
    # Unicode's printable characters, and the instants of the calendar that make sense.
    "fault/invisible",
    "fault/search",
    # A name in a form in which nobody can be looked up.
    "fault/person-in-braces",
    "fault/person-with-name",
    "fault/person-of-domain",
    "fault/person-inside",
    "fault/person-in-link",
    "fault/person-number",
    "fault/person-broken-id",
    "fault/person-behind",
    "fault/person-in-quotes",
    "fault/person-with-mark",
    "fault/person-wide",
    "fault/several-people",
    "fault/one-person-at-a-time",
    # Ids, which are taken in several spellings.
    "fault/no-caller",
    "fault/no-batch",
    # The parameter beside it.
    "fault/ends-before",
    "fault/time-far",
    "fault/too-late",
)
# In whatever language was asked for: the longest words between parameters tell a reason.
_WORDS: Final = tuple(
    max((words for words, _, _ in parts_of(catalogue(language)[key].message)), key=len)
    for language in Language
    for key in _REASONS
)


@schemathesis.check
def answers_are_clear(ctx: CheckContext, response: Response, case: Case[Any]) -> None:  # noqa: ARG001
    """Refuse with a problem document and a stable code; know no method that is not described."""
    if case.method.upper() != case.operation.method.upper():
        _is_refused_with_the_methods_there_are(case, response)
        return
    if response.status_code < 400 or _is_of_the_platform(response):
        return
    assert _content_type(response) == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code
    assert problem["code"] in _CODES.get(response.status_code, ()), "the code is not a stable one"
    assert problem["type"] == f"urn:reprieve:problem:{problem['code']}"
    assert bool(problem["errors"]) == (problem["code"] == "invalid-request")


@schemathesis.check
def valid_requests_are_refused_for_a_reason(
    ctx: CheckContext,  # noqa: ARG001
    response: Response,
    case: Case[Any],
) -> None:
    """Refuse a request that its schema allows only for what no schema can say."""
    is_valid = case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE
    # Of a file the schema says no more than that it is one.
    if not is_valid or response.status_code != 400 or case.media_type == "text/csv":
        return
    told: dict[str, str] = {}
    for fault in response.json()["errors"]:
        # A value that breaks one rule may break others by it.
        told[fault["pointer"]] = f"{told.get(fault['pointer'], '')} {fault['message']}"
    for pointer, messages in told.items():
        assert any(words in messages for words in _WORDS), (pointer, messages)


@schemathesis.hook
def filter_failure(
    context: HookContext,  # noqa: ARG001
    failure: Failure,
    case: Case[Any],
    response: Response,
) -> bool:
    """Keep a failure, unless it is that of a batch which says that it has a bad item.

    Contract, section 2: every item becomes a restore of its own, and a bad one does not sink the
    others; what is wrong with the batch itself is refused like anything else. An empty text in
    an optional field counts as left out, since flows send it for a field that was not filled in.
    """
    is_batch = case.operation.definition.raw.get("operationId") == "StartBatch"
    if not isinstance(failure, AcceptedNegativeData):
        return True
    if _leaves_a_field_empty(case.body):
        return False
    return not (is_batch and response.json()["counts"].get("invalid", 0))


def _is_refused_with_the_methods_there_are(case: Case[Any], response: Response) -> None:
    if case.method.upper() not in _METHODS:
        assert response.status_code == 404, "the host itself knows no such method"
        return
    assert response.status_code == 405, "a method that is not described is not allowed"
    assert response.json()["code"] == "method-not-allowed"
    allowed = ",".join(response.headers.get("allow", [])).replace(" ", "").split(",")
    assert case.operation.method.upper() in allowed, "Allow names the methods that are described"


def _leaves_a_field_empty(body: object) -> bool:
    if not isinstance(body, dict):
        return False
    items = body.get("restores", [body])
    return isinstance(items, list) and any(
        isinstance(item, dict) and any(item.get(name) == "" for name in _LEFT_OUT) for item in items
    )


def _content_type(response: Response) -> str:
    return response.headers.get("content-type", [""])[0].split(";")[0]


def _is_of_the_platform(response: Response) -> bool:
    """The host itself refuses whoever has no function key, without a word."""
    return response.status_code == 401 and not response.content
