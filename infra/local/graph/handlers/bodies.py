"""Read request bodies as Graph does."""

import json
from typing import Any

from infra.local.graph.web.wire import Call, GraphError


def json_body(call: Call) -> Any:
    """Answer the JSON body, or None if there is none; raises GraphError (400) for other text."""
    if not call.body.strip():
        return None
    kind = call.headers.get("content-type", "")
    if kind and "json" not in kind.lower():
        raise GraphError(
            400,
            "RequestBodyRead",
            f"A supported MIME type could not be found that matches the content type '{kind}'.",
        )
    try:
        return json.loads(call.body)
    except ValueError as error:
        raise GraphError(
            400,
            "BadRequest",
            "Unable to read JSON request payload. Please ensure Content-Type "
            "header is set and payload is of valid JSON format.",
        ) from error
