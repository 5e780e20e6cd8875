"""Read the Graph permissions out of the managed identity's own access token.

The token is read, not verified: Graph verifies it, and nobody gets access here by it. Only the
roles that Entra ID put into it are of interest.
Source: Microsoft identity platform, "Access token claims reference", roles.
"""

import base64
import json

from shared.domain.text import text
from shared.errors import NotSentError
from shared.graph.wire.client import GraphClient


class GraphPermissions:
    """The permissions of the identity that Graph is asked with."""

    def __init__(self, client: GraphClient) -> None:
        self._client = client

    async def held(self) -> frozenset[str]:
        """The token's application permissions.

        Raises:
            NotSentError: no token, or not one that can be read. Nothing was sent to Graph.
        """
        roles = _claims(await self._client.token()).get("roles", [])
        if not isinstance(roles, list):
            raise _unreadable("roles")
        return frozenset(str(role) for role in roles)


def _claims(token: str) -> dict[str, object]:
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, IndexError) as error:
        # Never the text of the cause: it may quote the token.
        raise _unreadable(type(error).__name__) from None
    if not isinstance(claims, dict):
        raise _unreadable("claims")
    return claims


def _unreadable(cause: str) -> NotSentError:
    return NotSentError(text("directory", "token-unreadable", cause=cause))
