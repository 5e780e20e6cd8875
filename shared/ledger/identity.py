"""Build the identity that signs in to storage where there is no connection string."""

from typing import Any

from azure.core.credentials import AccessTokenInfo
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError
from azure.identity.aio import ManagedIdentityCredential


class Identity(ManagedIdentityCredential):
    """A managed identity whose failures cannot be taken for an answer of storage.

    Why: azure-identity passes some answers of the platform's token endpoint on as they are, and a
    404 from there, read as "no such row", would make the ledger look empty. `get_token_info` is
    what azure-core's bearer policy calls.
    """

    async def get_token_info(self, *scopes: str, **options: Any) -> AccessTokenInfo:
        """A token, or ClientAuthenticationError: no request went to storage."""
        try:
            token: AccessTokenInfo = await super().get_token_info(*scopes, **options)
        except HttpResponseError as error:
            raise ClientAuthenticationError(f"no token: {error.message}") from error
        return token
