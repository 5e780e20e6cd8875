"""Hold what came back for one request: status, headers and body, or those of a part of a batch."""

import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """An answer; the names of its headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    path: str
    """That of the address which was asked."""
    content: bytes = b""
    part: object = None
    """The body of a part of a batch, which was JSON within JSON and so is read already."""

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300  # noqa: PLR2004 - RFC 9110, 15.3

    @property
    def has_body(self) -> bool:
        """Whether anything came beside status and headers."""
        return bool(self.content) or self.part is not None

    def document(self) -> object:
        """The body, which is JSON.

        Raises:
            ValueError: it is not.
            RecursionError: it is nested too deeply.
        """
        return self.part if self.part is not None else json.loads(self.content)
