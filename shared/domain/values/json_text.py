"""Write values as JSON text that queues, tables and HTTP all accept, whatever is in them."""

import json
import re
from datetime import UTC, datetime

# Half of a surrogate pair without the other is no text: neither UTF-8 nor XML can carry it. JSON
# from outside can smuggle one in as an escape, and it leaves the same way.
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def to_json(value: object) -> str:
    """Compact JSON that UTF-8 can carry whatever text is in it; instants in UTC.

    Raises:
        ValueError: an instant without a zone, or a number JSON does not know.
        TypeError: a value that has no JSON form.
    """
    text = json.dumps(
        value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain
    )
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _plain(value: object) -> str:
    if not isinstance(value, datetime):
        raise TypeError(f"{type(value).__name__} has no JSON form")
    if value.utcoffset() is None:
        raise ValueError("an instant without a time zone cannot be stored")
    return value.astimezone(UTC).isoformat()
