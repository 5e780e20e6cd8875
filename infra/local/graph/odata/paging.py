"""Cut a list into pages: how large, where each begins, and the links between them."""

import base64
import binascii
import json
from urllib.parse import quote

from infra.local.graph.web.wire import Call, Json, bad_request

# Source: Microsoft "List deletedItems".
DEFAULT_PAGE = 100
MAX_PAGE = 999


def page_size(call: Call, usual: int) -> int:
    """Answer the page size asked for; raises GraphError beyond 1 to 999."""
    raw = call.query.get("top")
    if raw is None:
        return usual
    if not raw.isdecimal() or not 1 <= int(raw) <= MAX_PAGE:
        raise bad_request(
            f"Invalid page size specified: '{raw}'. Must be between 1 and {MAX_PAGE} inclusive."
        )
    return int(raw)


def link(call: Call, name: str, token: str) -> str:
    """Answer the call's own address with a token put in place of an older one."""
    kept = [part for part in call.query_text.split("&") if part and not _is_token(part)]
    return f"{call.base_url}{quote(call.path)}?" + "&".join([*kept, f"{name}={token}"])


def encode_token(content: Json) -> str:
    """Answer an opaque token."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def decode_token(token: str) -> Json:
    """Read an own token; raises GraphError for anything else."""
    try:
        content = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, binascii.Error) as error:
        raise bad_request("Badly formed token.") from error
    if not isinstance(content, dict):
        raise bad_request("Badly formed token.")
    return content


def _is_token(part: str) -> bool:
    name = part.split("=", maxsplit=1)[0].lower().replace("%24", "").lstrip("$")
    return name in {"skiptoken", "deltatoken"}


def start_of(call: Call, items: list[Json]) -> int:
    """Answer where the page begins that a link asks for: after the last that was shown."""
    token = call.query.get("skiptoken")
    if token is None:
        return 0
    content = decode_token(token)
    last, usual = content.get("last"), content.get("next")
    if isinstance(usual, int) and 0 < usual <= len(items) and items[usual - 1].get("id") == last:
        return usual
    at = next((i for i, item in enumerate(items) if last and item.get("id") == last), None)
    if at is not None:
        return at + 1
    return usual if isinstance(usual, int) and usual >= 0 else 0
