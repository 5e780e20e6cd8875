"""Call the stand-in with Microsoft's own SDK."""

import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from tests.unit.local_graph.caller import Caller

with warnings.catch_warnings():
    # The SDK's modules warn of their own deprecated classes while they are imported.
    warnings.simplefilter("ignore", DeprecationWarning)
    from kiota_abstractions.authentication import (
        AccessTokenProvider,
        AllowedHostsValidator,
        BaseBearerTokenAuthenticationProvider,
    )
    from msgraph.generated.directory.deleted_items.graph_user.graph_user_request_builder import (
        GraphUserRequestBuilder,
    )
    from msgraph.generated.users.item.assign_license.assign_license_post_request_body import (
        AssignLicensePostRequestBody,
    )
    from msgraph.graph_request_adapter import GraphRequestAdapter
    from msgraph.graph_service_client import GraphServiceClient
    from msgraph_core import GraphClientFactory  # type: ignore[import-untyped]

__all__ = ["AssignLicensePostRequestBody", "GraphServiceClient", "GraphUserRequestBuilder", "sdk"]


class TokenFromCaller(AccessTokenProvider):
    """Hands the SDK the caller's token."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def get_authorization_token(
        self, uri: str, additional_authentication_context: dict[str, object] | None = None
    ) -> str:
        """Answer the token for any address."""
        del uri, additional_authentication_context
        return self._token

    def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
        """Answer a validator that allows the stand-in."""
        return AllowedHostsValidator(["127.0.0.1"])


@asynccontextmanager
async def sdk(graph: Caller) -> AsyncIterator[GraphServiceClient]:
    """Answer Microsoft's client, pointed at the stand-in; its connections end with the block."""
    provider = BaseBearerTokenAuthenticationProvider(TokenFromCaller(graph.token))
    # The middleware does not pass the closing on, so the connections are closed here.
    async with httpx.AsyncHTTPTransport() as connections:
        plain = httpx.AsyncClient(transport=connections)
        adapter = GraphRequestAdapter(
            provider, client=GraphClientFactory.create_with_default_middleware(client=plain)
        )
        adapter.base_url = f"{graph.origin}/v1.0"
        yield GraphServiceClient(request_adapter=adapter)
