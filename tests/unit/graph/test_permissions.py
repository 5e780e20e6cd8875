"""The permissions in the identity's own token."""

import base64
import json

import pytest
from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError

from shared.errors import NotSentError
from shared.graph.permissions import GraphPermissions
from tests.unit.graph.wire import Credential, Wire, ok


class Giving(Credential):
    """A credential that gives one certain token."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    async def get_token(self, *_: str, **__: object) -> AccessToken:
        """The token."""
        return AccessToken(self._token, 2**33)


def a_token(claims: object) -> str:
    """A token as Entra ID shapes it, signed by nobody."""
    payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"e30.{payload}.not-signed"


async def test_the_roles_of_the_token_are_what_is_held() -> None:
    """Read from the token itself: no call to Graph, no further permission."""
    wire = Wire(ok())
    token = a_token({"roles": ["User.Read.All", "AuditLog.Read.All"]})

    held = await GraphPermissions(wire.client(credential=Giving(token))).held()

    assert held == {"User.Read.All", "AuditLog.Read.All"}
    assert wire.sent == []


async def test_a_token_without_roles_holds_nothing() -> None:
    """Nothing was granted yet: Entra ID leaves the claim out."""
    held = await GraphPermissions(Wire(ok()).client(credential=Giving(a_token({})))).held()

    assert held == frozenset()


@pytest.mark.parametrize("token", ["", "a.b", "a.!!!.c", a_token([1]), a_token({"roles": "all"})])
async def test_a_broken_token_is_reported_without_quoting_it(token: str) -> None:
    """It may be a secret all the same."""
    with pytest.raises(NotSentError) as raised:
        await GraphPermissions(Wire(ok()).client(credential=Giving(token))).held()

    assert not token or token not in str(raised.value)


async def test_an_identity_without_a_token_is_told_apart() -> None:
    """As for any call: certainly nothing was sent."""
    credential = Credential(ClientAuthenticationError("no identity"))

    with pytest.raises(NotSentError):
        await GraphPermissions(Wire(ok()).client(credential=credential)).held()
