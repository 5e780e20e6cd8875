"""Parse a message that was put back on the poison queue: its body, and its first message id.

A request without a key of its own goes by the id of its message. Each time it is put back it is a
new message with a new id; so the first one is carried along, and stays the key.
"""

import json
import re
from dataclasses import dataclass

# Of a queue message, in UTF-8. Source: Microsoft Learn, "Put Message (REST API)".
_LARGEST = 64 * 1024

_NAME = "reprieve-put-back"
_PREFIX = f'{{"{_NAME}":'.encode()
_MESSAGE_ID = re.compile(r"[!-~]{1,128}")


@dataclass(frozen=True, slots=True)
class SetAside:
    """A message of the poison queue, as it was before it was put back for the first time."""

    body: bytes
    message_id: str

    def put_back(self) -> bytes:
        """The body of the message to put back; without the first id if it has no room for it."""
        try:
            inner = {"messageId": self.message_id, "body": self.body.decode()}
        except UnicodeDecodeError:
            return self.body
        text = json.dumps({_NAME: inner}, ensure_ascii=False, separators=(",", ":"))
        wrapped = text.encode("utf-8", "surrogatepass")
        return wrapped if len(wrapped) <= _LARGEST else self.body


def read_set_aside(body: bytes, message_id: str) -> SetAside:
    """The message, unwrapped if it was put back. Only the service writes to the poison queue."""
    if not body.startswith(_PREFIX):
        return SetAside(body, message_id)
    try:
        wrapped = json.loads(body)
    except (ValueError, RecursionError):
        return SetAside(body, message_id)
    match wrapped.get(_NAME):
        case {"messageId": str(first), "body": str(text)} if _MESSAGE_ID.fullmatch(first):
            return SetAside(text.encode("utf-8", "backslashreplace"), first)
        case _:
            return SetAside(body, message_id)
