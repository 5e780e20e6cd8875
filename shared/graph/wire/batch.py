"""Send several reads in one request (`$batch`); Graph answers and throttles each part alone.

Source: Microsoft "Combine multiple HTTP requests using JSON batching": at most 20 parts, ids that
are unique, addresses relative to the version, answers in any order.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation

from shared.graph.wire import failed_calls
from shared.graph.wire.addresses import settle_address
from shared.graph.wire.http_answer import HttpAnswer

MOST_PARTS = 20

_SHARED = ("date", "request-id")


def batch_request(base_url: str, parts: Sequence[RequestInformation]) -> RequestInformation:
    """The one request for these reads; their ids are their places."""
    requests = [_part(str(place), part, base_url) for place, part in enumerate(parts)]
    request = RequestInformation(Method.POST)
    request.url = f"{base_url}/$batch"
    request.headers.try_add("Accept", "application/json")
    request.set_stream_content(json.dumps({"requests": requests}).encode(), "application/json")
    return request


def answers_in(response: HttpAnswer, parts: Sequence[RequestInformation]) -> list[HttpAnswer]:
    """The answers to the parts, in the order in which they were asked.

    Raises:
        OutcomeUnknownError: it cannot be read, or a part has no answer.
    """
    try:
        body = response.document()
    except (ValueError, RecursionError) as error:
        raise failed_calls.unreadable("batch-without-json") from error
    listed = body.get("responses") if isinstance(body, dict) else None
    rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    by_id = {str(row.get("id")): row for row in rows}
    return [_answer(by_id.get(str(place)), part.url, response) for place, part in enumerate(parts)]


def _part(part_id: str, request: RequestInformation, base_url: str) -> dict[str, object]:
    settle_address(request, base_url)
    headers = {
        name: ", ".join(values)
        for name, values in request.headers.get_all().items()
        if name.lower() != "accept"
    }
    part: dict[str, object] = {
        "id": part_id,
        "method": str(request.http_method.value if request.http_method else "GET"),
        "url": request.url.removeprefix(base_url),
    }
    return {**part, "headers": headers} if headers else part


def _answer(row: Mapping[str, Any] | None, url: str, whole: HttpAnswer) -> HttpAnswer:
    """The answer to one part, as if it had come alone; its request id is that of the whole."""
    status = row.get("status") if row is not None else None
    if row is None or not isinstance(status, int):
        raise failed_calls.unreadable("batch-without-an-answer")
    given = row.get("headers")
    named = given.items() if isinstance(given, dict) else ()
    of_the_whole = {name: whole.headers[name] for name in _SHARED if name in whole.headers}
    headers = of_the_whole | {str(name).lower(): str(text) for name, text in named}
    # The part's body is JSON inside the batch's body, whatever its headers say.
    headers["content-type"] = "application/json"
    return HttpAnswer(status, headers, urlsplit(url).path, part=row.get("body"))
